"""The EU's consolidated financial sanctions list as CSV, in the exports 1.0 (to 2018) and 1.1.

Semicolons part the cells. A row is one fact, and repeats what holds for its subject: rows of one logical id are one
subject. Version 1.1 has the columns of the XML under other names, and does not tell strong names from weak ones;
version 1.0 puts a document's kind behind its number and has countries by three letters. In copies that a spreadsheet
program took for a table with commas, each line is one quoted cell, tabs stand for its commas and pad its end, and
question marks for the letters of other alphabets: such a name is kept as a note.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping

from cordon.errors import InputError
from cordon.record.formats.dates import any_date
from cordon.record.formats.eu_fsf_xml import SECTIONS, SOURCE, Fact, Subject, take
from cordon.record.formats.reading import Gathering, Parsed, Place, decoded, only_file

_FIRST = ("date_file", "filegenerationdate")
"""How the first column begins; there are copies that have more letters there."""
_HEAD = 65536
_OLD = {
    "entity_logical_id": "entity_logicalid",
    "subject_type": "entity_subjecttype",
    "programme": "entity_regulation_programme",
    "entity_eu_referencenumber": "entity_eureferencenumber",
    "eu_ref_num": "entity_eureferencenumber",
}
_SECTIONS = {
    "naal": "namealias",
    "addr": "address",
    "birt": "birthdate",
    "iden": "identification",
    "citi": "citizenship",
}
_KEYS = {
    "leba_numtitle": "regulation_numbertitle",
    "leba_publication_date": "regulation_publicationdate",
    "leba_url": "regulation_publicationurl",
    "programme": "regulation_programme",
    "logical_id": "logicalid",
    "language": "namelanguage",
    "date": "birthdate",
    "day": "dayofmonth",
    "month": "monthofyear",
    "country": "countrydescription",
    "other": "contactinfo",
    "issueddate": "issuedate",
    "typecode": "identificationtypecode",
    "typedescription": "identificationtypedescription",
    "subjecttype_classificationcode": "classificationcode",
}
"""What the XML calls the columns that have another name, behind the section they belong to."""
_EMPTY = frozenset(("n/a",))
_DOCUMENT = re.compile(r"(?P<number>.*?)\s*\((?P<code>\w+)-(?P<kind>[^()]*)\)\s*(?P<rest>.*)")
_LOST = re.compile(r"\w\?|\?\w|\?\?")
"""Where a copy lost the letters of another alphabet: "Brig?des"."""
_ISO = dict(
    pair.split("=")
    for pair in (
        "AFG=AF ALA=AX ALB=AL DZA=DZ ASM=AS AND=AD AGO=AO AIA=AI ATA=AQ ATG=AG ARG=AR ARM=AM ABW=AW AUS=AU AUT=AT "
        "AZE=AZ BHS=BS BHR=BH BGD=BD BRB=BB BLR=BY BEL=BE BLZ=BZ BEN=BJ BMU=BM BTN=BT BOL=BO BIH=BA BWA=BW BRA=BR "
        "BRN=BN BGR=BG BFA=BF BDI=BI CPV=CV KHM=KH CMR=CM CAN=CA CYM=KY CAF=CF TCD=TD CHL=CL CHN=CN COL=CO COM=KM "
        "COG=CG COD=CD COK=CK CRI=CR CIV=CI HRV=HR CUB=CU CUW=CW CYP=CY CZE=CZ DNK=DK DJI=DJ DMA=DM DOM=DO ECU=EC "
        "EGY=EG SLV=SV GNQ=GQ ERI=ER EST=EE SWZ=SZ ETH=ET FJI=FJ FIN=FI FRA=FR GUF=GF PYF=PF GAB=GA GMB=GM GEO=GE "
        "DEU=DE GHA=GH GIB=GI GRC=GR GRL=GL GRD=GD GLP=GP GUM=GU GTM=GT GGY=GG GIN=GN GNB=GW GUY=GY HTI=HT VAT=VA "
        "HND=HN HKG=HK HUN=HU ISL=IS IND=IN IDN=ID IRN=IR IRQ=IQ IRL=IE IMN=IM ISR=IL ITA=IT JAM=JM JPN=JP JEY=JE "
        "JOR=JO KAZ=KZ KEN=KE KIR=KI PRK=KP KOR=KR KWT=KW KGZ=KG LAO=LA LVA=LV LBN=LB LSO=LS LBR=LR LBY=LY LIE=LI "
        "LTU=LT LUX=LU MAC=MO MDG=MG MWI=MW MYS=MY MDV=MV MLI=ML MLT=MT MHL=MH MTQ=MQ MRT=MR MUS=MU MYT=YT MEX=MX "
        "FSM=FM MDA=MD MCO=MC MNG=MN MNE=ME MSR=MS MAR=MA MOZ=MZ MMR=MM NAM=NA NRU=NR NPL=NP NLD=NL NCL=NC NZL=NZ "
        "NIC=NI NER=NE NGA=NG NIU=NU MKD=MK NOR=NO OMN=OM PAK=PK PLW=PW PSE=PS PAN=PA PNG=PG PRY=PY PER=PE PHL=PH "
        "POL=PL PRT=PT PRI=PR QAT=QA REU=RE ROU=RO RUS=RU RWA=RW KNA=KN LCA=LC VCT=VC WSM=WS SMR=SM STP=ST SAU=SA "
        "SEN=SN SRB=RS SYC=SC SLE=SL SGP=SG SXM=SX SVK=SK SVN=SI SLB=SB SOM=SO ZAF=ZA SSD=SS ESP=ES LKA=LK SDN=SD "
        "SUR=SR SWE=SE CHE=CH SYR=SY TWN=TW TJK=TJ TZA=TZ THA=TH TLS=TL TGO=TG TON=TO TTO=TT TUN=TN TUR=TR TKM=TM "
        "TCA=TC TUV=TV UGA=UG UKR=UA ARE=AE GBR=GB USA=US URY=UY UZB=UZ VUT=VU VEN=VE VNM=VN VGB=VG VIR=VI ESH=EH "
        "YEM=YE ZMB=ZM ZWE=ZW"
    ).split()
)
"""ISO 3166-1 codes by the three letters that version 1.0 has for a country."""


def recognises(files: Mapping[str, bytes]) -> bool:
    """Whether the files are this list."""
    try:
        heads = [next(_lines(raw[:_HEAD].rpartition(b"\n")[0], ""), (0, [""])) for raw in files.values()]
    except InputError:
        return False
    return len(heads) == 1 and _is_header(heads[0][1])


def parse(files: Mapping[str, bytes], *, source: str = SOURCE) -> Parsed:
    """Read the consolidated list.

    Args:
        files: the one CSV file, by name.
        source: code of the list.

    Raises:
        InputError: it is not this list, or a row has no logical id.

    """
    name, raw = only_file(files)
    gathering = Gathering(source, name)
    lines = _lines(raw, name)
    _, header = next(lines, (0, [""]))
    if not _is_header(header):
        raise InputError(
            f"{name}, line 1: is not the header of this list", hint="give the EU's CSV as published", code="bad-table"
        )
    columns = [_column(cell) for cell in header]
    rows: dict[str, list[tuple[Place, dict[str, dict[str, str]]]]] = {}
    for line, cells in lines:
        row = _row(columns, cells)
        if row:
            gathering.published = gathering.published or any_date(row.get("", {}).get("date", ""))
            rows.setdefault(row.get("entity", {}).get("logicalid", ""), []).append((Place(name, line), row))
    for key, found in rows.items():
        first, *more = _runs([place for place, _ in found])
        take(_subject(found), gathering, first)
        for place in more:
            gathering.drafts[f"{source}:{key}"].entry(place)
    return gathering.parsed()


def _lines(raw: bytes, origin: str) -> Iterator[tuple[int, list[str]]]:
    """Yield (line, cells); a line that is one quoted cell holding the whole row is taken apart.

    Raises:
        InputError: a quote is left open, or something stands behind a closing one.

    """
    reader = csv.reader(io.StringIO(decoded(raw, origin, legacy=True), newline=""), delimiter=";", strict=True)
    line = 1
    try:
        for cells in reader:
            if len(cells) == 1 and ";" in cells[0]:
                inner = cells[0].rstrip("\t").replace("\t", ",")
                cells = next(csv.reader([inner], delimiter=";", strict=True))
            yield line, [" ".join(cell.replace("\\n", " ").split()) for cell in cells]
            line = reader.line_num + 1
    except csv.Error as error:
        raise InputError(
            f"{origin}, line {line}: {error}", hint="give the EU's CSV as published", code="bad-table"
        ) from error


def _is_header(cells: list[str]) -> bool:
    columns = {_column(cell) for cell in cells}
    return cells[0].lower().startswith(_FIRST) and {("entity", "logicalid"), ("namealias", "wholename")} <= columns


def _column(cell: str) -> tuple[str, str]:
    """Return the section and key of a column: ("namealias", "wholename") for Naal_wholename and NameAlias_WholeName."""
    name = cell.lower()
    if name.startswith(_FIRST):
        return "", "date"
    name = _OLD.get(name, f"entity_{name}" if name.startswith("leba_") else name)
    section, _, key = name.partition("_")
    section = _SECTIONS.get(section, section)
    return (section, _KEYS.get(key, key)) if section in (*SECTIONS, "entity") else ("entity", cell)


def _row(columns: list[tuple[str, str]], cells: list[str]) -> dict[str, dict[str, str]]:
    """Return the cells of a row that are not empty, by section and key."""
    row: dict[str, dict[str, str]] = {}
    extra = (("entity", f"column {place}") for place in range(len(columns) + 1, len(cells) + 1))
    for (section, key), cell in zip((*columns, *extra), cells, strict=False):
        if cell and cell.lower() not in _EMPTY:
            row.setdefault(section, {}).setdefault(key, cell)
    return row


def _runs(places: list[Place]) -> list[Place]:
    """Return the places of rows with those that follow each other as one."""
    runs = [places[0]]
    for place in places[1:]:
        if place.line == max(runs[-1].line, runs[-1].last) + 1:
            runs[-1] = runs[-1]._replace(last=place.line)
        else:
            runs.append(place)
    return runs


def _subject(rows: list[tuple[Place, dict[str, dict[str, str]]]]) -> Subject:
    entity: dict[str, str] = {}
    facts: dict[str, list[Fact]] = {section: [] for section in SECTIONS}
    seen: set[tuple[str, tuple[tuple[str, str], ...]]] = set()
    for place, row in rows:
        act = {key[11:]: value for key, value in row["entity"].items() if key.startswith("regulation_")}
        own = {key: value for key, value in row["entity"].items() if not key.startswith("regulation_")}
        for key, value in own.items():
            if key == "remark" and value not in entity.get(key, value):
                entity[key] = f"{entity[key]} {value}"
            elif entity.setdefault(key, value) != value and key != "remark":
                entity[f"{key} in line {place.line}"] = value
        for section, given in (("regulation", act), *row.items()):
            known = (section, tuple(given.items()))
            if section in facts and given.keys() - {"logicalid"} and known not in seen:
                seen.add(known)
                facts[section].append(Fact(_mended(section, given), place))
    return Subject(Fact(entity, rows[0][0]), facts)


def _mended(section: str, given: Mapping[str, str]) -> Mapping[str, str]:
    """Return a fact with what version 1.0 packs into one cell taken apart."""
    country = given.get("countrydescription", "")
    mended = {**given, "countryiso2code": _ISO[country]} if country in _ISO else dict(given)
    if section == "identification" and "identificationtypecode" not in given:
        found = _DOCUMENT.fullmatch(given.get("number", ""))
        if found:
            mended |= {"number": found["number"], "identificationtypecode": found["code"]}
            mended |= {"identificationtypedescription": found["kind"]}
            mended["remark"] = "" if found["rest"].strip("()") == found["code"] else found["rest"]
    if section == "namealias" and _LOST.search(given.get("wholename", "")):
        mended["name with letters lost"] = mended.pop("wholename")
    return mended
