"""The UK Sanctions List as CSV (``UK-Sanctions-List.csv``), and what its XML shares with it.

The first line is the date of the report, the second the header. One row a combination: a subject with two names, three
addresses and four passports has up to 24 rows, which repeat each other. Elements of the XML and columns of the CSV have
the same names but for case, blanks and plurals, so that both are read through one table of facets.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache

from cordon.model import Listing
from cordon.record.formats.dates import any_date
from cordon.record.formats.reading import Draft, Gathering, Parsed, Place, Standing, body_schema, only_file
from cordon.record.formats.sheet import first_row, has_header, rows

SOURCE = "uk-sl"
Cells = tuple[str, ...]
FACETS: Mapping[str, Cells] = {
    "name": ("name1", "name2", "name3", "name4", "name5", "name6", "nametype", "aliasstrength"),
    "native": ("namenonlatinscript", "nonlatinscripttype", "nonlatinscriptlanguage"),
    "address": (*(f"addressline{number}" for number in range(1, 7)), "addresspostalcode", "addresscountry"),
    "birthplace": ("townofbirth", "countryofbirth"),
    "passport": ("passportnumber", "passportadditionalinformation"),
    "identifier": ("nationalidentifiernumber", "nationalidentifieradditionalinformation"),
}
"""What belongs together, by what it is: names of elements and columns as `folded` gives them."""
_PLAIN = {
    "title": "title",
    "gender": "gender",
    "position": "position",
    "typeofentity": "legalForm",
    "imonumber": "imoNumber",
    "typeofship": "type",
    "tonnageofship": "tonnage",
    "yearbuilt": "buildDate",
    "hullidentificationnumber": "serialNumber",
    "phonenumber": "phone",
    "website": "website",
    "emailaddress": "email",
    "otherinformation": "notes",
}
_COUNTRIES = {"nationality": "nationality", "currentbelievedflagofship": "flag", "previousflag": "pastFlags"}
_LABELLED = {
    "parentcompany": "Parent company",
    "subsidiary": "Subsidiary",
    "currentowneroperator": "Current owner/operator",
    "previousowneroperator": "Previous owner/operator",
    "lengthofship": "Length of ship",
    "ofsigroupid": "OFSI Group ID",
    "unreferencenumber": "UN reference",
    "designationsource": "Designation source",
}
_LISTING = (
    *("uniqueid", "individualentityship", "lastupdated", "datedesignated"),
    *("regimename", "sanctionsimposed", "ukstatementofreasons"),
)
SINGLE = (*_PLAIN, "dob", *_COUNTRIES, "businessregistrationnumber", *_LABELLED, *_LISTING)
_OTHER_NAMES = {
    "designationtype": "individualentityship",
    "nationalityies": "nationality",
    "businessregistrationnumbers": "businessregistrationnumber",
    "subsidiaries": "subsidiary",
    "parentcompanies": "parentcompany",
    "currentowneroperators": "currentowneroperator",
    "previousowneroperators": "previousowneroperator",
    "previousflags": "previousflag",
    "hullidentificationnumberhin": "hullidentificationnumber",
}
SCHEMATA = {"individual": "Person", "ship": "Vessel"}
_LANGUAGES = dict(
    pair.split("=")
    for pair in (
        "amharic=am arabic=ar armenian=hy azerbaijani=az belarusian=be bengali=bn bosnian=bs bulgarian=bg burmese=my "
        "chinese=zh dari=fa english=en farsi=fa french=fr georgian=ka greek=el hebrew=he hindi=hi japanese=ja "
        "kazakh=kk korean=ko kurdish=ku kyrgyz=ky macedonian=mk moldavian=ro moldovan=ro pashto=ps persian=fa "
        "romanian=ro russian=ru serbian=sr somali=so spanish=es tajik=tg thai=th tigrinya=ti turkish=tr turkmen=tk "
        "ukrainian=uk urdu=ur uzbek=uz vietnamese=vi"
    ).split()
)
_REGISTERED = {
    "innCode": re.compile(r"(?<![A-Za-z])INN\W*(\d{12}|\d{10})(?!\d)", re.IGNORECASE),
    "ogrnCode": re.compile(r"(?<![A-Za-z])OGRN\W*(\d{15}|\d{13})(?!\d)", re.IGNORECASE),
    "taxNumber": re.compile(r"(?<![A-Za-z])TIN\W*(\d{6,})", re.IGNORECASE),
}
_NAME_TYPES = ("primary name", "primary name variation", "alias")


def recognises(files: Mapping[str, bytes]) -> bool:
    """Whether the files are this list."""
    return len(files) == 1 and all(has_header(raw, "Unique ID", "Name type") for raw in files.values())


def parse(files: Mapping[str, bytes], *, source: str = SOURCE) -> Parsed:
    """Read the list.

    Args:
        files: the one CSV file, by name.
        source: code of the list.

    Raises:
        InputError: it is not this list, or a row has no id.

    """
    name, raw = only_file(files)
    gathering = Gathering(source, name)
    first = next(iter(first_row(raw, name)), "")
    gathering.published = any_date(first.removeprefix("Report Date:").strip().replace("-", " "))
    designations: dict[str, Designation] = {}
    lines = rows(raw, header="Unique ID", origin=name)
    for reference, found in itertools.groupby(lines, key=lambda row: row[1].get("Unique ID", "")):
        group = [(Place(name, line), {folded(column): cell for column, cell in row.items()}) for line, row in found]
        place = group[0][0]._replace(last=group[-1][0].line if len(group) > 1 else 0)
        facts = _facts(group)
        if reference in designations:
            designations[reference].draft.entry(place)
        else:
            designations[reference] = Designation.opened(gathering, reference, facts, place)
        designations[reference].take(facts)
        _take_unknown(designations[reference].draft, group)
    for designation in designations.values():
        designation.close(source)
    return gathering.parsed()


@lru_cache(maxsize=1024)
def folded(name: str) -> str:
    """Return the name of an element or column in lower case, letters and digits only, in the singular."""
    plain = "".join(filter(str.isalnum, name.lower()))
    return _OTHER_NAMES.get(plain, plain)


Facts = Mapping[str, list[tuple[Standing | Place, Cells]]]
"""Facets of a designation: by what they are, where each stands and its cells."""


def _facts(group: Sequence[tuple[Place, Mapping[str, str]]]) -> Facts:
    """Return the facets of the rows of a designation, each once."""
    facts: dict[str, list[tuple[Standing | Place, Cells]]] = {}
    for kind, columns in (*FACETS.items(), *((column, (column,)) for column in SINGLE)):
        seen: set[Cells] = set()
        for place, row in group:
            cells = tuple([row.get(column, "") for column in columns])
            if cells not in seen and any(cells):
                seen.add(cells)
                facts.setdefault(kind, []).append((place, cells))
    return facts


def _take_unknown(draft: Draft, group: Iterable[tuple[Place, Mapping[str, str]]]) -> None:
    known = {*itertools.chain(*FACETS.values()), *SINGLE}
    seen: set[str] = set()
    for place, row in group:
        for column in row.keys() - known:
            text = f"{column}: {row[column]}"
            if row[column] and text not in seen:
                seen.add(text)
                draft.at(place).note(text, f"column: {column}")


def whole_name(cells: Cells) -> str:
    """Return a name from its six parts, of which the sixth is the family name or the name of an organisation."""
    return " ".join(part for part in cells[:6] if part)


class Designation:
    """One designation while it is read: its draft, and what its listing says."""

    def __init__(self, draft: Draft, reference: str) -> None:
        self.draft = draft
        self.reference = reference
        self.said: dict[str, list[str]] = {}

    @classmethod
    def opened(cls, gathering: Gathering, reference: str, facts: Facts, place: Place) -> Designation:
        """Open a designation, its schema by its kind and, where that is "Entity", by its first primary name.

        Args:
            gathering: what has been read of the list.
            reference: its unique id.
            facts: its facets.
            place: where its entry begins.

        Raises:
            InputError: it has no id, or one that stands twice.

        """
        kind = next((cells[0].lower() for _, cells in facts.get("individualentityship", ())), "")
        names = [cells for _, cells in facts.get("name", ())]
        first = next((cells for cells in names if cells[6].lower() == "primary name"), names[0] if names else ())
        draft = gathering.draft(reference, SCHEMATA.get(kind) or body_schema(whole_name(first)), place)
        if kind not in (*SCHEMATA, "entity"):
            draft.note(f"kind: {kind}", f"kind: {kind}")
        return cls(draft, reference)

    def take(self, facts: Facts) -> None:
        """Take the facets, in the order of the table, whatever the order in the file."""
        for kind in (*FACETS, *SINGLE):
            for where, cells in facts.get(kind, ()):
                self.draft.at(where)
                if kind in _LISTING:
                    self.said.setdefault(kind, []).append(cells[0])
                elif kind in FACETS:
                    _TAKING[kind](self.draft, cells)
                else:
                    _take_single(self.draft, kind, cells[0])

    def close(self, source: str) -> None:
        """Add the listing, once all of the file is read."""
        days = [any_date(text) for text in self.said.get("datedesignated", ())]
        listed = min(filter(None, days), default=None)
        updated = sorted({day for text in self.said.get("lastupdated", ()) if (day := any_date(text))})
        imposed = "|".join(self.said.get("sanctionsimposed", ()))
        measures = dict.fromkeys(part.strip() for part in imposed.split("|") if part.strip())
        self.draft.listings.append(
            Listing(
                source=source,
                authority="UK",
                programmes=tuple(dict.fromkeys(self.said.get("regimename", ()))),
                measures=tuple(measures),
                listed_on=listed,
                amended_on=tuple(day for day in updated if listed is None or day > listed),
                reference=self.reference,
                reason=" ".join(dict.fromkeys(self.said.get("ukstatementofreasons", ()))),
            )
        )


def _take_name(draft: Draft, cells: Cells) -> None:
    name, kind, strength = whole_name(cells), cells[6].lower(), cells[7].lower()
    if kind not in _NAME_TYPES:
        draft.note(f"{kind or 'name of no kind'}: {name}", f"name type: {kind}")
    if kind == "primary name":
        draft.put("name", name)
        if draft.schema == "Person":
            draft.name_parts(firstName=cells[0], middleName=" ".join(filter(None, cells[1:5])), lastName=cells[5])
    else:
        draft.put("weakAlias" if "low" in strength else "alias", name)


def _take_native(draft: Draft, cells: Cells) -> None:
    name, _, language = cells
    draft.put("name", name)
    if language and not name:
        draft.note(f"Non-latin script language: {language}", "language without a name")
    elif language:
        code = _LANGUAGES.get(language.partition(";")[0].partition("(")[0].strip().lower())
        draft.put("nameLanguage", f"{name} ({code or language})")
        if code is None:
            draft.note(f"{name}: {language}", f"language: {language}")


def _take_address(draft: Draft, cells: Cells) -> None:
    draft.put("address", ", ".join(filter(None, cells)))
    draft.country("country", cells[7])


def _take_document(field: str, title: str) -> Callable[[Draft, Cells], None]:
    def taking(draft: Draft, cells: Cells) -> None:
        number, details = cells
        draft.put(field, number)
        draft.put("notes", f"{title} {number}: {details}".replace(" :", ":") if details else "")

    return taking


_TAKING: Mapping[str, Callable[[Draft, Cells], None]] = {
    "name": _take_name,
    "native": _take_native,
    "address": _take_address,
    "birthplace": lambda draft, cells: draft.put("birthPlace", ", ".join(filter(None, cells))),
    "passport": _take_document("passportNumber", "Passport"),
    "identifier": _take_document("idNumber", "National identifier"),
}


def take_registration(draft: Draft, text: str) -> None:
    """Add a business registration number: the tax and registry numbers it names, and the text as it stands."""
    for field, pattern in _REGISTERED.items():
        draft.put(field, *pattern.findall(text))
    draft.put("registrationNumber", text)


def _take_single(draft: Draft, kind: str, text: str) -> None:
    if kind == "dob":
        draft.date("birthDate", text)
    elif kind in _COUNTRIES:
        draft.country(_COUNTRIES[kind], text)
    elif kind == "businessregistrationnumber":
        take_registration(draft, text)
    elif kind in _LABELLED:
        draft.put("notes", f"{_LABELLED[kind]}: {text}")
    elif kind == "emailaddress":
        draft.put("email", *([part for part in re.split(r"[;,\s]+", text) if "@" in part] or [text]))
    else:
        draft.put(_PLAIN[kind], text.lower() if kind == "gender" else text)
