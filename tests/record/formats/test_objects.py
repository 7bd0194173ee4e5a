"""Objects of a JSON file come one by one with their places, and a file that breaks off is refused."""

from __future__ import annotations

import pytest

from cordon.errors import InputError
from cordon.record.formats.objects import json_rows


def test_objects_of_json_have_their_lines_and_bytes() -> None:
    raw = '[\n{"a": "é"},\n{"a":\n2}]'.encode()
    found = list(json_rows(raw, "a.json"))
    assert [given for _, given in found] == [{"a": "é"}, {"a": 2}]
    assert [(place.line, place.last) for place, _ in found] == [(2, 0), (3, 4)]
    assert [raw[place.start : place.end] for place, _ in found] == ['{"a": "é"}'.encode(), b'{"a":\n2}']


@pytest.mark.parametrize("raw", [b'[{"a": 1}', b"[1]", b'{"a": 1} x', b'{"results": [{"a": 1}', b"[" * 100_000])
def test_broken_json_is_refused(raw: bytes) -> None:
    with pytest.raises(InputError):
        list(json_rows(raw, "a.json", within="results"))
