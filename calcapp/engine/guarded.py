"""The engine as the web calls it."""

from __future__ import annotations

from calcapp.engine import evaluate as evaluate_guarded

__all__ = ["evaluate_guarded"]
