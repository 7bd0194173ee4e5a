"""Where Cordon keeps its data: ``CORDON_HOME``, else the platform's own place for an application's data."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def data_folder() -> Path:
    """Return the data folder, which may not exist yet (XDG, Application Support or AppData, by platform)."""
    given = os.environ.get("CORDON_HOME")
    if given:
        return Path(given)
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "cordon"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local")) / "cordon"
    return Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local" / "share")) / "cordon"
