"""What several tests need: the starter record, shared data where it is there, and a way to read a text."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from cordon.record import Record, starter_record
from cordon.reports import Dossier, load_document, read
from cordon.screening import policy_named

SHARED = Path(os.environ.get("CORDON_SHARED", Path(__file__).resolve().parents[2] / "shared"))


@pytest.fixture(scope="session", autouse=True)
def _no_record_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Let no test see the record of whoever runs it."""
    os.environ["CORDON_HOME"] = str(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="session")
def record() -> Record:
    return starter_record()


@pytest.fixture(scope="session")
def shared() -> Path:
    if not SHARED.is_dir():
        pytest.skip("needs ../shared with the official files (or CORDON_SHARED)")
    return SHARED


@pytest.fixture(scope="session")
def read_text(record: Record) -> Callable[..., Dossier]:
    """Read a text as a report of a given date."""

    def reading(text: str, published: str = "2024-03-09", as_of: str | None = None) -> Dossier:
        document = load_document(f"{published}\n\n{text}\n".encode())
        return read(document, record, policy=policy_named("onboarding"), as_of=as_of)

    return reading
