"""Cut off of compiled modules what only a debugger reads. Runs while the image is built: `slim.py FOLDER`.

The loader follows the program headers; symbols and debugging sections stand behind the last of what those
name. That is what `strip` does, without bringing a compiler's tools into the build.
"""

import struct
import sys
from pathlib import Path

ELF_64_LITTLE_ENDIAN = b"\x7fELF\x02\x01"


def end_of_what_is_loaded(file: bytes) -> int:
    (table,) = struct.unpack_from("<Q", file, 0x20)
    size, count = struct.unpack_from("<HH", file, 0x36)
    headers = (table + size * index for index in range(count))
    segments = (struct.unpack_from("<Q", file, at + 0x08) + struct.unpack_from("<Q", file, at + 0x20) for at in headers)
    return max(table + size * count, *(offset + length for offset, length in segments))


def slim(path: Path) -> int:
    """Returns how many bytes went."""
    file = bytearray(path.read_bytes())
    if not file.startswith(ELF_64_LITTLE_ENDIAN):
        return 0
    end = end_of_what_is_loaded(file)
    struct.pack_into("<Q", file, 0x28, 0)  # no table of sections any more,
    struct.pack_into("<HH", file, 0x3C, 0, 0)  # of no entries, and no names
    path.write_bytes(file[:end])
    return len(file) - end


if __name__ == "__main__":
    saved = sum(slim(path) for path in Path(sys.argv[1]).rglob("*.so*") if not path.is_symlink())
    sys.stdout.write(f"{saved / 1e6:.1f} MB of debugging symbols left out\n")
