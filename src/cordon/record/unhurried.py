"""Work that makes very many objects without the garbage collector walking through them again and again."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator


@contextlib.contextmanager
def unhurried() -> Iterator[None]:
    """Hold the garbage collector back for a while; parsing a list takes half the time (see `bench/record.py`)."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
