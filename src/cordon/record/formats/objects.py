"""Objects of a JSON file one by one, each with its place: of an array, of an array inside an object, or JSON lines."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from cordon.errors import InputError
from cordon.record.formats.reading import Place, decoded

_BETWEEN = re.compile(r"[\s,]*\[?[\s,]*")


def json_rows(raw: bytes, origin: str, *, within: str = "") -> Iterator[tuple[Place, Mapping[str, object]]]:
    """Yield the objects of a JSON array or of JSON lines with their places.

    Args:
        raw: the file.
        origin: what to call the file in an error.
        within: where the array stands in an outer object, its key.

    Raises:
        InputError: it is not JSON, is cut off, or holds anything but objects.

    """
    text = decoded(raw, origin)
    key = re.search(rf'"{within}"\s*:\s*', text) if within and text.lstrip()[:1] == "{" else None
    position = key.end() if key else 0
    array = text[position : position + 256].lstrip()[:1] == "["
    position, line, offset, last = _skip(text, position), 1, len(raw[:3]) - len(raw[:3].lstrip(b"\xef\xbb\xbf")), 0
    decoder = json.JSONDecoder()
    while position < len(text) and text[position] != "]":
        line += text.count("\n", last, position)
        offset += len(text[last:position].encode())
        try:
            found, end = decoder.raw_decode(text, position)
        except (ValueError, RecursionError) as error:
            raise _bad_json(f"{origin}, line {line}: {error}") from error
        if not isinstance(found, dict):
            raise _bad_json(f"{origin}, line {line}: holds {text[position:end][:20]!r}, which is no object")
        size, lines = len(text[position:end].encode()), text.count("\n", position, end)
        yield Place(origin, line, line + lines if lines else 0, offset, offset + size), found
        last, offset, line, position = end, offset + size, line + lines, _skip(text, end)
    if array and position >= len(text):
        raise _bad_json(f"{origin}: ends before its array does")


def _bad_json(why: str) -> InputError:
    return InputError(why, hint="get the file again", code="bad-json")


def _skip(text: str, position: int) -> int:
    """Return where the next value begins: after white space, commas and the bracket that opens the array."""
    found = _BETWEEN.match(text, position)
    return found.end() if found else position
