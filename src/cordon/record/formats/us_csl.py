"""The Consolidated Screening List of the US Commerce, State and Treasury departments, as CSV or as JSON.

Each row says in ``source`` which of the thirteen lists it is of. The id is ``_id`` (JSON: ``id``), which OFAC's lists
share: rows of one id are one subject with several listings. Where there is none, it is a digest of list, name, Federal
Register notice and first address, and ``:2`` for a second one like it. CSV joins values with ``; `` and ends an address
with its country; JSON has lists and objects. Addresses of pages and the header a file may repeat are passed over.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from cordon.model import Listing
from cordon.names.places import country_code
from cordon.record.formats.dates import any_date
from cordon.record.formats.objects import json_rows
from cordon.record.formats.ofac_csv import natural_name, take_name_parts, take_remarks
from cordon.record.formats.reading import Draft, Gathering, Parsed, Place, body_schema, only_file
from cordon.record.formats.sheet import has_header, rows
from cordon.record.formats.us_dpl import ORDERS, STATES

SOURCE = "us-csl"
_LISTS = (
    ("entity list", "us-bis-el", "US BIS"),
    ("denied persons", "us-bis-dpl", "US BIS"),
    ("military end user", "us-bis-meu", "US BIS"),
    ("unverified list", "us-bis-uvl", "US BIS"),
    ("specially designated nationals", "us-ofac-sdn", "US OFAC"),
    ("sectoral sanctions", "us-ofac-ssi", "US OFAC"),
    ("foreign sanctions evaders", "us-ofac-fse", "US OFAC"),
    ("chinese military", "us-ofac-cmic", "US OFAC"),
    ("menu-based", "us-ofac-ns-mbs", "US OFAC"),
    ("capta", "us-ofac-capta", "US OFAC"),
    ("legislative council", "us-ofac-plc", "US OFAC"),
    ("nonproliferation", "us-state-isn", "US State"),
    ("debarred", "us-state-dtc", "US State"),
)
"""The lists by words of the ``source`` column: code and authority."""
SCHEMATA = {"individual": "Person", "vessel": "Vessel", "aircraft": "Airplane"}
_TEXTS = {
    "call_sign": "callSign",
    "vessel_type": "type",
    "gross_tonnage": "tonnage",
    "gross_registered_tonnage": "grossRegisteredTonnage",
}
"""FollowTheMoney property of each column that is taken as it stands."""
_COUNTRIES = {
    "vessel_flag": "flag",
    "country": "country",
    "citizenships": "nationality",
    "nationalities": "nationality",
}
_KNOWN = frozenset(
    (
        *("_id", "id", "source", "entity_number", "type", "programs", "name", "title", "addresses", "start_date"),
        *("end_date", "standard_order", "license_requirement", "license_policy", "remarks", "source_list_url"),
        *("federal_register_notice", "alt_names", "dates_of_birth", "places_of_birth", "source_information_url"),
        *("ids", "vessel_owner", *_TEXTS, *_COUNTRIES),
    )
)
_IDS = {
    "ISIN": "isinCode",
    "Equity Ticker": "ticker",
    "Organization Established Date": "incorporationDate",
    "Nationality": "country",
    "D.N.I.": "idNumber",
    "LE Number": "idNumber",
    "Electoral Registry No.": "idNumber",
    "Travel Document Number": "passportNumber",
    "Diplomatic Passport": "passportNumber",
    "Italian Fiscal Code": "taxNumber",
    "US FEIN": "taxNumber",
    "Public Registration Number": "registrationNumber",
    "Issuer Name": "notes",
    "Effective Date": "notes",
    "Purchase/Sales For Divestment Date": "notes",
}
"""Property of the kinds of id, by what they begin with, that OFAC's remarks do not have."""
_ADDRESS = ("address", "city", "state", "postal_code", "country")
_LISTED = {"us-ofac-cmic": "Listing Date (CMIC)", "us-ofac-ns-mbs": "Listing Date (EO"}
"""The kind of id that is the listing date, in the lists that have one."""


class _Row(NamedTuple):
    """One row, each column as its values; an address with its country, an id as kind, number and country."""

    place: Place
    cells: Mapping[str, Sequence[str]]
    addresses: Sequence[tuple[str, str]]
    ids: Sequence[tuple[str, str, str]]

    def first(self, column: str) -> str:
        """Return the first value of a column, or an empty string."""
        return next(iter(self.cells.get(column, ())), "")


def recognises(files: Mapping[str, bytes]) -> bool:
    """Whether the files are this list."""
    if len(files) != 1:
        return False
    ((_, raw),) = files.items()
    if _is_json(raw):
        return b'"results"' in raw[:65536] and b'"source_list_url"' in raw[:65536]
    return has_header(raw, "source", "entity_number", "federal_register_notice")


def parse(files: Mapping[str, bytes], *, source: str = SOURCE) -> Parsed:
    """Read the list.

    Args:
        files: the one CSV or JSON file, by name.
        source: code of the list.

    Raises:
        InputError: it is not this list, or it is cut off.

    """
    name, raw = only_file(files)
    gathering = Gathering(source, name)
    for row in _from_json(raw, name) if _is_json(raw) else _from_csv(raw, name):
        code, authority = _list_of(row, gathering)
        draft = _draft(row, code, gathering)
        _take_names(draft, row)
        _take_facts(draft, row)
        _take_ids(draft, row)
        remarks = row.first("remarks")
        _take_parts(draft, remarks) if code == "us-ofac-sdn" else draft.put("notes", remarks)
        draft.listings.append(_listing(draft, row, code, authority))
    return gathering.parsed()


def _is_json(raw: bytes) -> bool:
    return raw[:64].removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[")


def _from_json(raw: bytes, origin: str) -> Iterator[_Row]:
    for place, given in json_rows(raw, origin, within="results"):
        cells: dict[str, list[str]] = {}
        addresses, ids = [], []
        for key, value in given.items():
            for item in value if isinstance(value, list) else [value]:
                if key == "addresses" and isinstance(item, dict):
                    parts = [_text(item.get(part)) for part in _ADDRESS]
                    addresses.append((", ".join(part for part in parts if part), parts[-1]))
                elif key == "ids" and isinstance(item, dict):
                    ids.append((_text(item.get("type")), _text(item.get("number")), _text(item.get("country"))))
                elif text := _text(item):
                    cells.setdefault(key, []).append(text)
        element = next(iter(cells.get("id", cells.get("_id", ()))), "")
        yield _Row(place._replace(element=element), cells, addresses, ids)


def _text(value: object) -> str:
    if isinstance(value, str):
        return " ".join(value.split())
    return "" if value is None else json.dumps(value, ensure_ascii=False)


def _from_csv(raw: bytes, origin: str) -> Iterator[_Row]:
    joined = frozenset(("programs", "alt_names", "dates_of_birth", "places_of_birth", "citizenships", "nationalities"))
    for line, row in rows(raw, header="entity_number", origin=origin):
        if row["entity_number"] == "entity_number":
            continue
        cells = {key: cell.split("; ") if key in joined else [cell] for key, cell in row.items() if cell}
        addresses = [_ended(text, row["source"]) for text in row.get("addresses", "").split("; ") if text]
        ids = [_identity(text) for text in row.get("ids", "").split("; ") if text]
        yield _Row(Place(origin, line, element=row.get("_id", "")), cells, addresses, ids)


def _ended(text: str, told: str) -> tuple[str, str]:
    """Return an address of the CSV and its country, the last part where it is a code.

    In the list of denied persons that part may be a state: an address in the United States can be without a country.
    """
    last = text.rpartition(",")[2].strip()
    states = STATES if "Denied" in told else frozenset[str]()
    known = len(last) == 2 and last not in states and country_code(last) is not None
    return text, last if known else ""


def _identity(text: str) -> tuple[str, str, str]:
    kind, _, rest = text.partition(", ")
    number, comma, country = rest.rpartition(", ")
    if comma and len(country) == 2 and country.isupper():
        return kind, number, country
    return kind, rest, ""


def _list_of(row: _Row, gathering: Gathering) -> tuple[str, str]:
    told = row.first("source")
    for words, code, authority in _LISTS:
        if words in told.lower():
            return code, authority
    gathering.unread[f"list: {told}"] += 1
    return gathering.source, "US"


def _draft(row: _Row, code: str, gathering: Gathering) -> Draft:
    key = row.first("_id") or row.first("id")
    if not key:
        address = next((text for text, _ in row.addresses), "")
        key = gathering.unused(code, row.first("name"), row.first("federal_register_notice"), address)
    if (draft := gathering.get(key)) is not None:
        if any(listing.source == code for listing in draft.listings):
            gathering.unread[f"entry that stands twice: {code}"] += 1
        return draft.entry(row.place)
    kind, name = row.first("type").lower(), row.first("name")
    return gathering.draft(key, SCHEMATA.get(kind) or body_schema(name), row.place)


def _take_names(draft: Draft, row: _Row) -> None:
    name = row.first("name")
    taken = draft.properties.get("name", [])
    plain = natural_name(name, draft.schema)
    if plain.casefold() not in (given.casefold() for given in taken):
        draft.put("alias" if taken else "name", plain)
    take_name_parts(draft, name)
    known = {given.casefold() for field in ("name", "alias") for given in draft.properties.get(field, ())}
    for alias in row.cells.get("alt_names", ()):
        plain = natural_name(alias.strip(), draft.schema)
        if plain.casefold() not in known:
            draft.put("alias", plain)


def _take_facts(draft: Draft, row: _Row) -> None:
    for column, field in _TEXTS.items():
        draft.put(field, row.first(column))
    for column, field in _COUNTRIES.items():
        for text in row.cells.get(column, ()):
            draft.country(field, text)
    for address, country in row.addresses:
        draft.put("address", address)
        draft.country("country", country)
    for text in row.cells.get("dates_of_birth", ()):
        for end in text.split(" to "):
            draft.date("birthDate", end)
    draft.put("birthPlace", *row.cells.get("places_of_birth", ()))
    draft.put("position" if draft.schema == "Person" else "notes", row.first("title"))
    if owner := row.first("vessel_owner"):
        draft.note(f"owner: {owner}")
    for column in row.cells.keys() - _KNOWN:
        draft.note(f"{column}: {'; '.join(row.cells[column])}", f"column: {column}")


def _take_ids(draft: Draft, row: _Row) -> None:
    """Take the ids: those of OFAC's remarks as remarks, which tells numbers from sentences."""
    for kind, number, country in row.ids:
        field = next((field for words, field in _IDS.items() if kind.startswith(words)), "")
        if field == "country":
            draft.country(field, number or country)
        elif field == "incorporationDate":
            draft.date(field, number)
        elif field:
            draft.put(field, f"{kind} {number}" if field == "notes" else number)
        else:
            _take_parts(draft, f"{kind} {number} ({country})" if country else f"{kind} {number}")


def _take_parts(draft: Draft, text: str) -> None:
    draft.put("notes", *(f"Linked To: {name}" for name in take_remarks(draft, text)))


def _listing(draft: Draft, row: _Row, code: str, authority: str) -> Listing:
    notice, order = row.first("federal_register_notice"), row.first("standard_order").upper()
    policy = row.first("license_policy")
    measures = (row.first("license_requirement"), f"License policy: {policy}" if policy else "", ORDERS.get(order, ""))
    dated = [any_date(number) for kind, number, _ in row.ids if kind.startswith(_LISTED.get(code, "\0"))]
    return Listing(
        source=code,
        authority=authority,
        programmes=(*row.cells.get("programs", ()), *((notice,) if notice else ())),
        measures=tuple(measure for measure in measures if measure),
        listed_on=_day(draft, row, "start_date") or min(filter(None, dated), default=None),
        delisted_on=_day(draft, row, "end_date"),
        reference=row.first("entity_number") or notice,
    )


def _day(draft: Draft, row: _Row, column: str) -> str | None:
    text = row.first(column)
    found = any_date(text)
    if text and found is None:
        draft.note(f"{column}: {text}", f"date: {column}")
    return found
