"""Why files are not read: what they seem to be instead of a list, in words that say what to do next."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from cordon.record.formats.sheet import first_row
from cordon.record.formats.xml import root_name

_OWN = "--column name=COLUMN says which column holds what, see docs/sources.md"
_COLUMNS_SHOWN = 8

ROOTS: Mapping[str, str] = MappingProxyType(
    {
        "LEIData": "is GLEIF's register of legal entities, which lists nobody",
        "RelationshipData": "is GLEIF's register of who owns whom, which lists nobody",
        "ReportingExceptionData": "is GLEIF's register of owners not reported, which lists nobody",
        "RULE": "is a rule of the Federal Register, a text to read and not a list",
        "html": "is a web page, not the list's file",
    }
)
"""What an XML file is by its root element, where it is a known one and no list."""
_KEYS: Mapping[str, str] = MappingProxyType(
    {
        "statementId": "is beneficial ownership data (BODS), which lists nobody",
        "statementID": "is beneficial ownership data (BODS), which lists nobody",
        "LEI": ROOTS["LEIData"],
        "Relationship": ROOTS["RelationshipData"],
        "versions": "is an index of deltas, not a delta",
    }
)
"""What a JSON file is by its first key."""
_FIRST_KEY = re.compile(rb'\s*\[?\s*\{\s*"([^"]+)"')


def reason_not_read(name: str, raw: bytes) -> tuple[str, str]:
    """Return why a file is not read and what to do, as two clauses; the second may be empty.

    Args:
        name: name of the file.
        raw: its bytes, unpacked.

    """
    start = raw[:512].lstrip().lower()
    if not raw.strip():
        return "is empty", "get the file again"
    if start.startswith((b"<!doctype html", b"<html")):
        return ROOTS["html"], "get the file its publisher offers for download"
    if start.startswith(b"%pdf"):
        return "is a PDF", "get the publisher's XML, CSV or spreadsheet"
    if re.fullmatch(r"(?:cons_)?(?:alt|add|(?:sdn_)?comments)\.csv", name.lower()):
        return "belongs to OFAC's sdn.csv, without which it names nobody", "give it together with sdn.csv"
    if start.startswith(b"<"):
        root = root_name(raw)
        if not root:
            return "is no well-formed XML", "get the file again"
        return ROOTS.get(root, f"is XML that begins with <{root}>, which no list does"), ""
    if start.startswith((b"{", b"[")):
        key = _FIRST_KEY.match(raw[:4096])
        known = _KEYS.get(key[1].decode(errors="replace")) if key else None
        return known or "is JSON in no form that is known", "" if known else _OWN
    return _table(name, raw)


def _table(name: str, raw: bytes) -> tuple[str, str]:
    columns = [cell for cell in first_row(raw, name) if cell]
    if "amendmentCelex" in columns:
        return "says what one act of the EU amended", "give the consolidated tables, which hold it"
    if len(columns) < 2:
        return "is in no form that is known", ""
    shown = ", ".join(columns[:_COLUMNS_SHOWN]) + (" ..." if len(columns) > _COLUMNS_SHOWN else "")
    return f"is a table of {shown[:200]}, which no list has", _OWN
