"""The lists Cordon knows by code, and which parser reads the files of each."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Mapping
from functools import reduce
from importlib import import_module
from types import MappingProxyType
from typing import NamedTuple, Protocol, cast

from cordon.errors import InputError
from cordon.record.formats import ftm
from cordon.record.formats.reading import Parsed
from cordon.record.formats.xml import root_name
from cordon.record.refusals import reason_not_read


class Source(NamedTuple):
    """A publisher's list.

    Attributes:
        code: what it is called on the command line and in answers.
        authority: who lists.
        title: what the publisher calls it.
        formats: modules of `cordon.record.formats` that read its files, most telling first.
        expected: the files, in words, for an error.

    """

    code: str
    authority: str
    title: str
    formats: tuple[str, ...]
    expected: str


_OFAC = ("ofac_csv", "ofac_enhanced", "ofac_advanced", "ofac_xml")
_OFAC_FILES = "sdn.csv with alt.csv and add.csv if you have them, or one of OFAC's XML files"

SOURCES: Mapping[str, Source] = MappingProxyType(
    {
        source.code: source
        for source in (
            Source(
                "us-ofac-sdn",
                "US OFAC",
                "Specially Designated Nationals and Blocked Persons List",
                _OFAC,
                _OFAC_FILES,
            ),
            Source(
                "us-ofac-cons",
                "US OFAC",
                "Consolidated (non-SDN) Sanctions List",
                _OFAC,
                _OFAC_FILES.replace("sdn", "cons_prim").replace("alt", "cons_alt").replace("add", "cons_add"),
            ),
            Source("un-sc", "UN", "United Nations Security Council Consolidated List", ("un_xml",), "consolidated.xml"),
            Source(
                "eu-fsf",
                "EU",
                "Consolidated list of persons, groups and entities subject to EU financial sanctions",
                ("eu_fsf_xml", "eu_fsf_csv"),
                "xmlFullSanctionsList_1_1 or csvFullSanctionsList, 1.0 or 1.1",
            ),
            Source(
                "uk-sl",
                "UK",
                "UK Sanctions List",
                ("uk_sl_xml", "uk_sl_csv", "uk_tables"),
                "UK-Sanctions-List.xml or .csv",
            ),
            Source(
                "uk-conlist",
                "UK",
                "Consolidated List of Financial Sanctions Targets",
                ("uk_conlist",),
                "ConList.csv or ConList.xlsx",
            ),
            Source(
                "ca-sema", "Canada", "Consolidated Canadian Autonomous Sanctions List", ("ca_xml",), "sema-lmes.xml"
            ),
            Source(
                "au-dfat",
                "Australia",
                "Consolidated List of DFAT (regulation 8)",
                ("au_xlsx",),
                "regulation8_consolidated.xlsx",
            ),
            Source("ch-seco", "Switzerland", "SECO's list of all sanctions targets", ("ch_seco",), "SECO's XML"),
            Source(
                "us-csl",
                "US",
                "Consolidated Screening List",
                ("us_csl",),
                "consolidated.csv or consolidated.json",
            ),
            Source("us-bis-dpl", "US BIS", "Denied Persons List", ("us_dpl",), "dpl.txt"),
            Source(
                "eu-journal",
                "EU",
                "EU restrictive measures, as tables of the Official Journal",
                ("eu_journal",),
                "the tables of one day, one CSV a legal act",
            ),
        )
    }
)
"""Lists by code. A list under another code may be in any of the formats; each may also be FollowTheMoney JSON lines."""

FORMATS = ("own_table", "ftm", *dict.fromkeys(name for source in SOURCES.values() for name in source.formats))
"""Modules of `cordon.record.formats`, in the order in which files of an unknown list are tried."""

_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def parse(code: str, files: Mapping[str, bytes]) -> Parsed:
    """Read the files of one list on one day.

    Args:
        code: code of the list, one of `SOURCES` or the user's own.
        files: the files by name, unpacked.

    Raises:
        InputError: the code is not well formed, or the files are not in a form that is read.

    """
    _check_code(code)
    deltas = sorted(name for name, raw in files.items() if is_ofac_delta(raw))
    if deltas:
        whole = {name: raw for name, raw in files.items() if name not in deltas}
        if not whole:
            raise InputError(
                f"{', '.join(deltas)}: says what changed in a list, and is not the list",
                hint="add the whole list first, then its deltas",
                code="delta-not-list",
            )
        return reduce(lambda found, name: _changed(found, code, files[name], name), deltas, parse(code, whole))
    source = SOURCES.get(code)
    for name in ("own_table", "ftm", *source.formats) if source else FORMATS:
        module = cast(Format, import_module(f"cordon.record.formats.{name}"))
        if module.recognises(files):
            return module.parse(files, source=code)
    if all(name.endswith((".ftm", ".ftm.json", ".jsonl")) for name in files):
        return ftm.parse(files, source=code)
    raise _refused(code, files)


def _changed(found: Parsed, code: str, raw: bytes, name: str) -> Parsed:
    """Return a list after one of OFAC's deltas: without what it removes, and with what it adds."""
    ofac_enhanced = import_module("cordon.record.formats.ofac_enhanced")
    change, removed = cast(tuple[Parsed, frozenset[str]], ofac_enhanced.parse_delta(raw, name, source=code))
    gone = removed | {entity.id for entity in change.entities}
    return Parsed(
        (*(entity for entity in found.entities if entity.id not in gone), *change.entities),
        (*(link for link in found.links if link.source not in gone), *change.links),
        dict(Counter(found.ignored) + Counter(change.ignored)),
        {**{key: origin for key, origin in found.origins.items() if key not in gone}, **change.origins},
        change.published or found.published,
    )


def is_ofac_delta(raw: bytes) -> bool:
    """Whether a file is one of OFAC's deltas."""
    return b"DeltaFile" in raw[:4096] and root_name(raw) == "sanctionsData"


def is_delta(raw: bytes) -> bool:
    """Whether a file says what changed in a list, and is not the list: FollowTheMoney's or OFAC's delta."""
    return ftm.is_delta(raw) or is_ofac_delta(raw)


class Format(Protocol):
    """What a module of `cordon.record.formats` offers."""

    def recognises(self, files: Mapping[str, bytes]) -> bool:
        """Whether the files are in this format, told from their beginning."""
        ...

    def parse(self, files: Mapping[str, bytes], *, source: str) -> Parsed:
        """Read the files as the list of a code."""
        ...


def _refused(code: str, files: Mapping[str, bytes]) -> InputError:
    """Return the error for files that no format of a list reads, with the reason."""
    name, raw = next(iter(files.items()))
    why, hint = reason_not_read(name, raw)
    near = difflib.get_close_matches(code, SOURCES, 1)
    if code in SOURCES:
        hint = f"expected {SOURCES[code].expected}"
    elif near:
        hint = f"did you mean {near[0]}?"
    return InputError(f"{code}: {name} {why}", hint=hint, code="wrong-files")


def _check_code(code: str) -> None:
    if not _CODE.fullmatch(code):
        raise InputError(
            f"not a code for a list: {code!r}",
            hint="small letters, digits and hyphens, e.g. my-list",
            code="bad-source",
        )
