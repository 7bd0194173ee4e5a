"""Everything but the name: birth date, country, identifier, schema.

Each comparison yields evidence, or None where one side says nothing: absence speaks neither for nor against.

Weights are log-odds. They are set by judgement until the bench of the matching engine fits them: a full birth date
outweighs any doubt a common name leaves, a country moves little because passports and residences differ.
"""

from __future__ import annotations

from cordon.index.names import IDENTIFIER_PROPERTIES, identifier_key
from cordon.model import Entity, Evidence, Subject
from cordon.names.places import country_names

IDENTIFIER_SAME = 9.0
BIRTH_DATE_SAME = 3.0
BIRTH_YEAR_SAME = 1.2
BIRTH_DATE_NEAR = 0.8
BIRTH_DATE_DIFFERS = -3.5
COUNTRY_SAME = 0.8
COUNTRY_DIFFERS = -0.8
SCHEMA_DIFFERS = -4.0

_FAMILIES = (
    frozenset({"Person"}),
    frozenset({"Organization", "Company", "LegalEntity", "PublicBody"}),
    frozenset({"Vessel"}),
    frozenset({"Airplane"}),
    frozenset({"CryptoWallet"}),
    frozenset({"Security"}),
)


def _swapped(date: str) -> str:
    """Return a full date with day and month exchanged, as a clerk of the other convention writes it."""
    return f"{date[:4]}-{date[8:10]}-{date[5:7]}" if len(date) == 10 else ""


def birth_date_weight(subject: str, listed: str) -> tuple[float, float]:
    """Return (agreement, log-odds) of two ISO dates, compared at the coarser precision."""
    shorter = min(len(subject), len(listed))
    if subject[:shorter] == listed[:shorter]:
        return 1.0, BIRTH_DATE_SAME if shorter == 10 else BIRTH_YEAR_SAME
    if _swapped(subject) == listed:
        return 0.8, BIRTH_DATE_NEAR
    if abs(int(subject[:4]) - int(listed[:4])) <= 1:
        return 0.4, BIRTH_DATE_DIFFERS / 4
    return 0.0, BIRTH_DATE_DIFFERS


def birth_date(subject: Subject, entity: Entity) -> Evidence | None:
    """Compare birth dates; of several, the best pair counts."""
    listed = entity.values("birthDate")
    if not subject.birth_date or not listed:
        return None
    (score, weight), mine, theirs = max((birth_date_weight(a, b), a, b) for a in subject.birth_date for b in listed)
    return Evidence(feature="birthDate", subject=mine, listed=theirs, score=score, weight=weight)


def country(subject: Subject, entity: Entity) -> Evidence | None:
    """Compare countries; one in common is agreement."""
    if not subject.country or not entity.countries:
        return None
    names = country_names()
    both = [code for code in subject.country if code in entity.countries]
    mine = ", ".join(names.get(code, code) for code in subject.country)
    theirs = ", ".join(names.get(code, code) for code in entity.countries)
    score, weight = (1.0, COUNTRY_SAME) if both else (0.0, COUNTRY_DIFFERS)
    return Evidence(feature="country", subject=mine, listed=theirs, score=score, weight=weight)


def identifier(subject: Subject, entity: Entity) -> Evidence | None:
    """Compare identifiers; only agreement is evidence, since one person may hold many numbers."""
    listed = {identifier_key(value): value for value in entity.values(*IDENTIFIER_PROPERTIES)}
    for value in subject.identifiers:
        if (key := identifier_key(value)) in listed:
            return Evidence(feature="identifier", subject=value, listed=listed[key], score=1.0, weight=IDENTIFIER_SAME)
    return None


def schema(subject: Subject, entity: Entity) -> Evidence | None:
    """Compare what kind of thing both are; a person is no ship."""
    if subject.schema is None or subject.schema == entity.schema:
        return None
    if any(subject.schema in family and entity.schema in family for family in _FAMILIES):
        return None
    return Evidence(feature="schema", subject=subject.schema, listed=entity.schema, score=0.0, weight=SCHEMA_DIFFERS)
