"""As whom the server runs: as we are, or, where we are root, as somebody without rights."""

import contextlib
import os
import pwd
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from .binaries import ServerTrouble

PATIENCE = 60  # seconds for one step of a start; a server that comes back from a crash reads its log first


class Account:
    def __init__(self, data: Iterable[Path]) -> None:
        """`data`: where its data may stand already; then their owner it is."""
        self.user = _chosen(data) if os.geteuid() == 0 else None

    @property
    def popen(self) -> dict[str, Any]:
        """What subprocess needs to become this user, without any of our groups."""
        if self.user is None:
            return {}
        return {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []}

    def run(self, command: list[str], text: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command,
            input=text,
            capture_output=True,
            text=True,
            cwd="/",
            env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
            timeout=PATIENCE,
            **self.popen,
        )

    def may_enter(self, folder: Path) -> bool:
        return self.run(["test", "-x", str(folder)]).returncode == 0

    def may_run(self, program: Path) -> bool:
        return self.user is None or self.may_enter(program)

    def own(self, path: Path) -> Path:
        if self.user is not None:
            os.chown(path, self.user.pw_uid, self.user.pw_gid)
        return path


def _chosen(data: Iterable[Path]) -> pwd.struct_passwd:
    for folder in data:
        with contextlib.suppress(OSError, KeyError):
            return pwd.getpwuid(folder.stat().st_uid)
    for name in ("postgres", "_postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise ServerTrouble(
        "PostgreSQL does not run as root, and neither a user postgres nor nobody exists here. "
        "Add one (useradd --system postgres), or start as an ordinary user."
    )
