"""The United Nations Security Council Consolidated List as XML (``consolidated.xml``).

Listing dates are the list's own (``LISTED_ON``); ``LAST_DAY_UPDATED`` are amendments. Aliases of quality "Low" are
weak. An element that is not known is counted, and its text kept as a note.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from cordon.model import Listing
from cordon.record.formats.dates import any_date, iso_date
from cordon.record.formats.reading import Draft, Gathering, Parsed, only_file
from cordon.record.formats.xml import Element, records, root_name, root_of

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
_PASSPORTS = ("passport", "passeport", "pasaporte")
_READ = frozenset(
    (
        "QUALITY ALIAS_NAME STREET CITY STATE_PROVINCE ZIP_CODE COUNTRY DATE YEAR FROM_YEAR TO_YEAR TYPE_OF_DATE "
        "NUMBER TYPE_OF_DOCUMENT VALUE"
    ).split()
)
"""What is read of an alias, address, birth or document; everything else in them is kept as a note."""


def recognises(files: Mapping[str, bytes]) -> bool:
    """Whether the files are this list."""
    return len(files) == 1 and all(root_name(raw) == "CONSOLIDATED_LIST" for raw in files.values())


def parse(files: Mapping[str, bytes], *, source: str = SOURCE) -> Parsed:
    """Read the consolidated list.

    Args:
        files: the one file, by name.
        source: code of the list.

    Raises:
        InputError: it is not this list, not well formed, or hostile.

    """
    name, raw = only_file(files)
    gathering = Gathering(source, name)
    root = root_of(raw)
    if root is not None:
        gathering.published = any_date(root.attributes.get("dateGenerated", ""))
    for element in records(raw, frozenset(("INDIVIDUAL", "ENTITY")), origin=name, root="CONSOLIDATED_LIST"):
        _take(element, gathering)
    return gathering.parsed()


def _take(element: Element, gathering: Gathering) -> None:
    person = element.name == "INDIVIDUAL"
    reference = element.value("REFERENCE_NUMBER")
    draft = gathering.draft(reference, "Person" if person else "LegalEntity", element.place(gathering.origin))
    draft.put("name", " ".join(part for key in _NAMES if (part := element.value(key))))
    draft.put("name", element.value("NAME_ORIGINAL_SCRIPT"))
    _take_aliases(element, draft)
    _take_addresses(element, draft)
    if person:
        _take_person(element, draft)
    draft.at(element).put("notes", element.value("COMMENTS1"))
    for child in element.children:
        if child.name not in _KNOWN:
            draft.at(child).note(child.text, f"element: {child.name}")
        elif child.children:
            _keep_rest(child, draft.at(child))
    draft.listings.append(_listing(element, gathering.source, reference))


def _keep_rest(element: Element, draft: Draft) -> None:
    """Keep what is not read of an alias, address, birth or document as one note, with what it belongs to."""
    rest = [f"{one.name.lower().replace('_', ' ')}: {one.text}" for one in element.children if one.name not in _READ]
    rest = [text for text in rest if not text.endswith(": ")]
    if rest:
        told = next((text for key in ("ALIAS_NAME", "NUMBER", "DATE", "YEAR") if (text := element.value(key))), "")
        kind = element.name.removeprefix("INDIVIDUAL_").removeprefix("ENTITY_").lower().replace("_", " ")
        draft.put("notes", f"{kind} {told}: ".replace(" : ", ": ") + ", ".join(rest))


def _listing(element: Element, source: str, reference: str) -> Listing:
    listed = _DAY.match(element.value("LISTED_ON"))
    ended = _DAY.match(element.value("DELISTED_ON"))
    amended = sorted({found[1] for text in element.values("LAST_DAY_UPDATED", "VALUE") if (found := _DAY.match(text))})
    return Listing(
        source=source,
        authority="UN",
        programmes=tuple(element.values("UN_LIST_TYPE")),
        listed_on=listed[1] if listed else None,
        amended_on=tuple(amended),
        delisted_on=ended[1] if ended else None,
        reference=reference,
    )


def _take_aliases(element: Element, draft: Draft) -> None:
    for alias in (*element.all("INDIVIDUAL_ALIAS"), *element.all("ENTITY_ALIAS")):
        draft.at(alias)
        quality = alias.value("QUALITY")
        field = {"Low": "weakAlias", "f.k.a.": "previousName"}.get(quality, "alias")
        for name in alias.value("ALIAS_NAME").split(";"):
            draft.put(field, name.strip())


def _take_addresses(element: Element, draft: Draft) -> None:
    for address in (*element.all("INDIVIDUAL_ADDRESS"), *element.all("ENTITY_ADDRESS")):
        draft.at(address)
        parts = [address.value(key) for key in ("STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE", "COUNTRY")]
        draft.put("address", ", ".join(part for part in parts if part))
        draft.country("country", address.value("COUNTRY"))


def _take_person(element: Element, draft: Draft) -> None:
    draft.at(element).put("gender", element.value("GENDER").lower())
    for position in element.values("DESIGNATION", "VALUE"):
        draft.put("position", position)
    for title in element.values("TITLE", "VALUE"):
        draft.put("title", title)
    for nationality in element.values("NATIONALITY", "VALUE"):
        draft.country("nationality", nationality)
    for born in element.all("INDIVIDUAL_DATE_OF_BIRTH"):
        draft.at(born)
        day = _DAY.match(born.value("DATE"))
        years = [born.value(key) for key in ("YEAR", "FROM_YEAR", "TO_YEAR")]
        for value in [day[1]] if day else [iso_date(year) for year in years]:
            draft.put("birthDate", value)
    for place in element.all("INDIVIDUAL_PLACE_OF_BIRTH"):
        draft.at(place)
        parts = [place.value(key) for key in ("CITY", "STATE_PROVINCE", "COUNTRY")]
        draft.put("birthPlace", ", ".join(part for part in parts if part))
    for document in element.all("INDIVIDUAL_DOCUMENT"):
        draft.at(document)
        kinds = f"{document.value('TYPE_OF_DOCUMENT')} {document.value('TYPE_OF_DOCUMENT2')}".lower()
        passport = any(word in kinds for word in _PASSPORTS)
        draft.put("passportNumber" if passport else "idNumber", document.value("NUMBER"))
