"""Verifying reads and hashes everything that is kept, and names what is not as it was."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from cordon.errors import RecordError
from cordon.model import Entity
from cordon.record import Store
from cordon.record.formats.reading import Parsed
from cordon.record.verify import verify


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A store of one snapshot."""
    store = Store(tmp_path)
    store.add(
        "x-list",
        "2024-01-01",
        {"f.csv": b"as received"},
        Parsed((Entity(id="a", schema="Person", caption="A"),), (), {}),
    )
    return store


def test_what_is_as_it_was_has_no_problem(store: Store, tmp_path: Path) -> None:
    assert verify(store) == (1, 1, 1, ())
    assert verify(Store(tmp_path / "none")) == (0, 0, 0, ())


def test_an_original_that_is_damaged_or_missing_is_named_with_its_snapshot(store: Store) -> None:
    (kept,) = store.originals.folder.rglob("*.z")
    kept.write_bytes(kept.read_bytes()[:-3])
    (problem,) = verify(store).problems
    assert problem.startswith("x-list of 2024-01-01, f.csv")
    with pytest.raises(RecordError, match="verify"):
        store.files("x-list", "2024-01-01")
    kept.unlink()
    assert "is missing" in verify(store).problems[0]


def test_a_version_or_digest_that_was_changed_is_named(store: Store, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "record.sqlite") as connection:
        connection.execute("UPDATE version SET body = x'789c0300000000 01'".replace(" 01", "01"))
        connection.execute("UPDATE snapshot SET sha256 = 'else'")
    problems = verify(store).problems
    assert any("version 1" in problem for problem in problems)
    assert any("digest of its files" in problem for problem in problems)
