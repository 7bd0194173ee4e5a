"""The house rules that a machine can hold: one public door, one direction of imports, a light start."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import cordon

SOURCE = Path(cordon.__file__).parent
ROOMS = ["names", "record", "index", "matching", "screening", "reports", "cli"]
"""Lowest first: a room imports only from itself and from rooms before it (model and errors are for all)."""


def imported_rooms(path: Path) -> set[str]:
    """Return the rooms a module imports from, wherever in the module."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        modules = [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
        modules += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        found |= {module.split(".")[1] for module in modules if module.startswith("cordon.")}
    return found


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_nothing_from_a_higher_one(room: str) -> None:
    allowed = {*ROOMS[: ROOMS.index(room) + 1], "model", "errors"}
    for path in (SOURCE / room).rglob("*.py"):
        assert imported_rooms(path) <= allowed, path


def test_every_folder_of_the_package_is_a_known_room() -> None:
    assert {path.parent.name for path in SOURCE.glob("*/__init__.py")} == set(ROOMS)


def test_every_module_says_what_it_is_for() -> None:
    for path in SOURCE.rglob("*.py"):
        assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))), path


def test_the_public_door_is_sorted_and_opens() -> None:
    assert cordon.__all__ == sorted(cordon.__all__)
    for name in cordon.__all__:
        assert getattr(cordon, name).__name__ == name
    with pytest.raises(AttributeError, match="nonesuch"):
        _ = cordon.nonesuch


def test_importing_cordon_loads_nothing_heavy() -> None:
    code = "import sys, cordon; print(sorted({'click', 'msgspec', 'rapidfuzz', 'anyascii'} & set(sys.modules)))"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"


def test_the_data_files_are_in_the_package_and_name_their_source() -> None:
    tables = sorted(path for path in SOURCE.rglob("data/*") if path.suffix in (".tsv", ".txt"))
    assert len(tables) >= 8
    for table in tables:
        first = table.read_text(encoding="utf-8").splitlines()[0]
        assert first.startswith("#"), table
