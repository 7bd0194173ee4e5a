"""The UK's consolidated list of financial sanctions targets (``ConList``, CSV or XLSX), published until January 2026.

One row a name: rows of one ``Group ID`` are one subject. ``UK Sanctions List Date Designated`` is the listing date, and
``Listed On`` in the older layout of 29 columns.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from cordon.model import Listing
from cordon.record.formats.dates import any_date
from cordon.record.formats.reading import Draft, Gathering, Parsed, Place, only_file
from cordon.record.formats.sheet import has_header, rows

SOURCE = "uk-conlist"
SCHEMATA = {"individual": "Person", "entity": "LegalEntity", "ship": "Vessel"}
_GIVEN = ("Name 1", "Name 2", "Name 3", "Name 4", "Name 5", "Name 6")
_ADDRESS = ("Address 1", "Address 2", "Address 3", "Address 4", "Address 5", "Address 6", "Post/Zip Code", "Country")
_COLUMNS = {
    "Name Non-Latin Script": "name",
    "Title": "title",
    "Position": "position",
    "Passport Number": "passportNumber",
    "National Identification Number": "idNumber",
    "NI Number": "idNumber",
    "Passport Details": "notes",
    "National Identification Details": "notes",
}
"""FollowTheMoney property of each column that is taken as it stands."""
_LABELS = {
    "Gender": "gender",
    "Phone number": "phone",
    "Tel": "phone",
    "Fax": "phone",
    "Email address": "email",
    "Website": "website",
    "Type of entity": "legalForm",
    "Business Reg No": "registrationNumber",
    "IMO number": "imoNumber",
    "Flag of ship": "flag",
    "Previous flags": "pastFlags",
    "Type of ship": "type",
    "Tonnage of ship": "tonnage",
    "Year built": "buildDate",
    "UK Sanctions List Ref": "",
    "UK Statement of Reasons": "",
    "UN Ref": "notes",
    "Parent company": "notes",
    "Subsidiaries": "notes",
    "Length of ship": "notes",
    "Current owners": "notes",
}
"""Property of each label inside "Other Information"; the empty ones are the listing's."""
_LABEL = re.compile(rf"\((?:{'|'.join(map(re.escape, _LABELS))})\):")
_LANGUAGES = {
    "Russian": "ru",
    "Persian": "fa",
    "Farsi": "fa",
    "Arabic": "ar",
    "Belarusian": "be",
    "Ukrainian": "uk",
    "Chinese": "zh",
    "Georgian": "ka",
    "Hebrew": "he",
    "Korean": "ko",
    "Burmese": "my",
    "Pashto": "ps",
    "Urdu": "ur",
}
_KNOWN = frozenset(
    (*_GIVEN, *_ADDRESS, *_COLUMNS, "Group ID", "Group Type", "Alias Type", "Alias Quality")
) | frozenset(
    (
        *("DOB", "Nationality", "Town of Birth", "Country of Birth", "Regime", "Listed On", "Last Updated"),
        *("UK Sanctions List Date Designated", "Other Information"),
        *("Name Non-Latin Script Type", "Non-Latin Script Type", "Non-Latin Script Language"),
    )
)
_NUMBERED = re.compile(r"\(\d+\)\s*|\b\d+\)\s*")
_REFERENCE = re.compile(r"[A-Z]+\d+")


def recognises(files: Mapping[str, bytes]) -> bool:
    """Whether the files are this list."""
    return len(files) == 1 and all(has_header(raw, "Group ID") for raw in files.values())


def parse(files: Mapping[str, bytes], *, source: str = SOURCE) -> Parsed:
    """Read the list.

    Args:
        files: the one CSV or XLSX file, by name.
        source: code of the list.

    Raises:
        InputError: it is not this list.

    """
    name, raw = only_file(files)
    gathering = Gathering(source, name)
    groups: dict[str, _Group] = {}
    above: list[list[str]] = []
    for line, row in rows(raw, header="Group ID", origin=name, above=above, legacy=True):
        key = row.get("Group ID", "")
        group = groups.get(key)
        if group is None:
            schema = SCHEMATA.get(row.get("Group Type", "").lower(), "LegalEntity")
            group = groups[key] = _Group(gathering.draft(key, schema, Place(name, line)))
        else:
            group.draft.entry(Place(name, line))
        _take_name(group.draft, row)
        _take_row(group, row)
    if above and above[0][0] == "Last Updated":
        gathering.published = any_date(above[0][1])
    for key, group in groups.items():
        group.draft.listings.append(_listing(source, key, group))
    return gathering.parsed()


class _Group:
    """The rows of one subject, and what they say of its listing."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.listed = ""
        self.amended = ""
        self.regimes: list[str] = []
        self.reference = ""
        self.reason = ""


def _take_name(draft: Draft, row: Mapping[str, str]) -> None:
    name = " ".join(part for column in _GIVEN if (part := row.get(column, "")))
    kind, quality = row.get("Alias Type", "").lower(), row.get("Alias Quality", "").lower()
    if kind == "primary name":
        draft.put("name", name)
        if draft.schema == "Person":
            draft.name_parts(firstName=row.get("Name 1", ""), lastName=row.get("Name 6", ""))
    elif kind == "fka":
        draft.put("previousName", name)
    else:
        draft.put("weakAlias" if "low" in quality else "alias", name)


def _take_row(group: _Group, row: Mapping[str, str]) -> None:
    draft = group.draft
    for column, field in _COLUMNS.items():
        text = row.get(column, "")
        draft.put(field, *(part.strip() for part in ([text] if field == "notes" else _NUMBERED.split(text))))
    for part in _NUMBERED.split(row.get("DOB", "")):
        draft.date("birthDate", part)
    for part in _NUMBERED.split(row.get("Nationality", "")):
        draft.country("nationality", part.strip(" ,."))
    draft.country("country", row.get("Country", ""))
    place = ", ".join(part for column in ("Town of Birth", "Country of Birth") if (part := row.get(column, "")))
    draft.put("birthPlace", place)
    draft.put("address", ", ".join(part for column in _ADDRESS if (part := row.get(column, ""))))
    for column in row.keys() - _KNOWN:
        if row[column]:
            draft.note(f"{column}: {row[column]}", f"column: {column}")
    group.listed = (
        group.listed or any_date(row.get("UK Sanctions List Date Designated", "") or row.get("Listed On", "")) or ""
    )
    group.amended = max(group.amended, any_date(row.get("Last Updated", "")) or "")
    if (regime := row.get("Regime", "")) and regime not in group.regimes:
        group.regimes.append(regime)
    _take_language(draft, row)
    _take_information(group, row.get("Other Information", ""))


def _take_language(draft: Draft, row: Mapping[str, str]) -> None:
    language, name = row.get("Non-Latin Script Language", ""), row.get("Name Non-Latin Script", "")
    if name and language:
        draft.put("nameLanguage", f"{name} ({_LANGUAGES.get(language, language)})")


def _take_information(group: _Group, text: str) -> None:
    """Take "Other Information" apart at its labels: "(UK Sanctions List Ref):RUS0001. (Gender):Male"."""
    labels = list(_LABEL.finditer(text))
    group.draft.put("notes", text[: labels[0].start() if labels else len(text)].strip())
    for place, found in enumerate(labels):
        label = found[0][1:-2]
        value = text[found.end() : labels[place + 1].start() if place + 1 < len(labels) else len(text)].strip()
        plain = value.removesuffix(".").strip()
        if label == "UK Sanctions List Ref":
            reference = _REFERENCE.match(plain)
            group.reference = reference[0] if reference else group.reference
            group.draft.put("notes", plain[reference.end() :].strip(" .") if reference else plain)
        elif label == "UK Statement of Reasons":
            group.reason = group.reason or value
        else:
            _take_labelled(group.draft, label, plain)


def _take_labelled(draft: Draft, label: str, value: str) -> None:
    field = _LABELS[label]
    if field in ("flag", "pastFlags"):
        draft.country(field, value)
    elif field == "notes":
        draft.put(field, f"{label}: {value}" if value else "")
    elif field == "gender":
        draft.put(field, value.lower())
    else:
        draft.put(field, *(part.strip() for part in _NUMBERED.split(value)))


def _listing(source: str, key: str, group: _Group) -> Listing:
    return Listing(
        source=source,
        authority="UK",
        programmes=tuple(group.regimes),
        listed_on=group.listed or None,
        amended_on=(group.amended,) if group.amended > group.listed else (),
        reference=group.reference or key,
        reason=group.reason,
    )
