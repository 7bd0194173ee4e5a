"""The United Nations Security Council Consolidated List as XML (``consolidated.xml``).

Listing dates are the list's own (``LISTED_ON``); ``LAST_DAY_UPDATED`` are amendments. Aliases of quality "Low" are
weak. An element that is not known is counted, and its text kept as a note.
"""

from __future__ import annotations

import re
from collections import Counter

from cordon.model import Entity, Listing
from cordon.names.places import country_code, country_of_place
from cordon.record.formats.reading import Parsed, iso_date
from cordon.record.formats.xml import Element, records

SOURCE = "un-sc"
_NAMES = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
_KNOWN = frozenset(_NAMES) | frozenset(
    (
        "DATAID VERSIONNUM UN_LIST_TYPE REFERENCE_NUMBER LISTED_ON GENDER COMMENTS1 TITLE DESIGNATION NATIONALITY "
        "LIST_TYPE LAST_DAY_UPDATED NAME_ORIGINAL_SCRIPT SORT_KEY SORT_KEY_LAST_MOD SUBMITTED_ON SUBMITTED_BY "
        "DELISTED_ON NATIONALITY2 INDIVIDUAL_ALIAS INDIVIDUAL_ADDRESS INDIVIDUAL_DATE_OF_BIRTH "
        "INDIVIDUAL_PLACE_OF_BIRTH INDIVIDUAL_DOCUMENT ENTITY_ALIAS ENTITY_ADDRESS"
    ).split()
)
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})")
_DOCUMENTS = {"passport": "passportNumber", "national identification number": "idNumber"}


class _Properties:
    """The properties of one subject while they are read, and what was not understood."""

    def __init__(self, ignored: Counter[str]) -> None:
        self.given: dict[str, list[str]] = {}
        self.ignored = ignored

    def put(self, name: str, value: str | None) -> None:
        """Add a value, once."""
        if value and value not in self.given.setdefault(name, []):
            self.given[name].append(value)

    def country(self, name: str, text: str) -> None:
        """Add a country by its English name; one that is not known is kept as a note and counted."""
        code = country_code(text) or country_of_place(text)
        if text and code is None:
            self.ignored[f"country: {text}"] += 1
            self.put("notes", text)
        self.put(name, code)


def parse(raw: bytes, *, origin: str = "consolidated.xml") -> Parsed:
    """Read the consolidated list.

    Args:
        raw: the file.
        origin: what to call it in an error.

    Raises:
        InputError: it is not this list, not well formed, or hostile.

    """
    ignored: Counter[str] = Counter()
    wanted = frozenset(("INDIVIDUAL", "ENTITY"))
    entities = tuple(
        _entity(element, ignored) for element in records(raw, wanted, origin=origin, root="CONSOLIDATED_LIST")
    )
    return Parsed(entities, (), dict(ignored))


def _entity(element: Element, ignored: Counter[str]) -> Entity:
    person = element.name == "INDIVIDUAL"
    properties = _Properties(ignored)
    name = " ".join(part for key in _NAMES if (part := element.value(key)))
    properties.put("name", name)
    properties.put("name", element.value("NAME_ORIGINAL_SCRIPT"))
    _take_aliases(element, properties)
    _take_addresses(element, properties)
    if person:
        _take_person(element, properties)
    properties.put("notes", element.value("COMMENTS1"))
    for child in element.children:
        if child.name not in _KNOWN:
            ignored[f"element: {child.name}"] += 1
            properties.put("notes", child.text)
    reference = element.value("REFERENCE_NUMBER")
    return Entity(
        id=f"{SOURCE}:{reference}",
        schema="Person" if person else "LegalEntity",
        caption=name,
        properties={key: tuple(values) for key, values in properties.given.items()},
        datasets=(SOURCE,),
        listings=(_listing(element, reference),),
    )


def _listing(element: Element, reference: str) -> Listing:
    listed = _DAY.match(element.value("LISTED_ON"))
    amended = sorted({found[1] for text in element.values("LAST_DAY_UPDATED", "VALUE") if (found := _DAY.match(text))})
    return Listing(
        source=SOURCE,
        authority="UN",
        programmes=tuple(element.values("UN_LIST_TYPE")),
        listed_on=listed[1] if listed else None,
        amended_on=tuple(amended),
        reference=reference,
    )


def _take_aliases(element: Element, properties: _Properties) -> None:
    for alias in (*element.all("INDIVIDUAL_ALIAS"), *element.all("ENTITY_ALIAS")):
        quality = alias.value("QUALITY")
        field = {"Low": "weakAlias", "f.k.a.": "previousName"}.get(quality, "alias")
        for name in alias.value("ALIAS_NAME").split(";"):
            properties.put(field, name.strip())


def _take_addresses(element: Element, properties: _Properties) -> None:
    for address in (*element.all("INDIVIDUAL_ADDRESS"), *element.all("ENTITY_ADDRESS")):
        parts = [address.value(key) for key in ("STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE", "COUNTRY")]
        properties.put("address", ", ".join(part for part in parts if part))
        properties.country("country", address.value("COUNTRY"))


def _take_person(element: Element, properties: _Properties) -> None:
    properties.put("gender", element.value("GENDER").lower())
    for position in element.values("DESIGNATION", "VALUE"):
        properties.put("position", position)
    for title in element.values("TITLE", "VALUE"):
        properties.put("title", title)
    for nationality in element.values("NATIONALITY", "VALUE"):
        properties.country("nationality", nationality)
    for born in element.all("INDIVIDUAL_DATE_OF_BIRTH"):
        day = _DAY.match(born.value("DATE"))
        years = [born.value(key) for key in ("YEAR", "FROM_YEAR", "TO_YEAR")]
        for value in [day[1]] if day else [iso_date(year) for year in years]:
            properties.put("birthDate", value)
    for place in element.all("INDIVIDUAL_PLACE_OF_BIRTH"):
        parts = [place.value(key) for key in ("CITY", "STATE_PROVINCE", "COUNTRY")]
        properties.put("birthPlace", ", ".join(part for part in parts if part))
    for document in element.all("INDIVIDUAL_DOCUMENT"):
        kind = document.value("TYPE_OF_DOCUMENT").lower()
        properties.put(_DOCUMENTS.get(kind, "idNumber"), document.value("NUMBER"))
