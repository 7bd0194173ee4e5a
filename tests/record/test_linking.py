"""The same subject in several lists: linked by numbers, or by names with a birth date, and never by a name alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from cordon.model import Entity, Listing
from cordon.record import Store
from cordon.record.formats.reading import Parsed
from cordon.record.linking import MAX_SHARING, meetings, reason_for, signs


def entity(key: str, schema: str, name: str, **properties: str | tuple[str, ...]) -> Entity:
    given = {field: (value,) if isinstance(value, str) else value for field, value in properties.items()}
    return Entity(
        id=key,
        schema=schema,
        caption=name,
        properties={"name": (name,), **given},
        datasets=(key.partition(":")[0],),
        listings=(Listing(source=key.partition(":")[0], authority="X"),),
    )


def person(key: str, name: str, **properties: str | tuple[str, ...]) -> Entity:
    return entity(key, "Person", name, **properties)


@pytest.mark.parametrize(
    ("left", "right", "reason"),
    [
        (
            person("a:1", "Ghassem DOE", birthDate="1968-05-02"),
            person("b:1", "DOE, Qassem", birthDate="1968-05-02"),
            "names agree, born on 1968-05-02",
        ),
        (
            person("a:1", "Sergey Ivanovich MILLER", birthDate="1968-05-02"),
            person("b:1", "Сергей МИЛЛЕР", birthDate="1968-05-02"),
            "names agree, born on 1968-05-02",
        ),
        (
            person("a:1", "Jane DOE MILLER", idNumber="005-2944492"),
            person("b:1", "Jane Doe", idNumber="0052944492"),
            "names agree, same number 005-2944492",
        ),
        (
            entity("a:1", "Vessel", "SEA STAR", imoNumber="IMO 9240914"),
            entity("b:1", "Vessel", "NEW NAME", imoNumber="9240914"),
            "same number IMO 9240914",
        ),
        (
            entity("a:1", "Company", "EXAMPLE TRADING CO., LTD", country="ir"),
            entity("b:1", "LegalEntity", "Example Trading", jurisdiction="ir"),
            "same name EXAMPLE TRADING CO., LTD, same country ir",
        ),
    ],
)
def test_what_makes_two_entries_one_subject(left: Entity, right: Entity, reason: str) -> None:
    assert reason_for(left, right) == reason
    assert reason_for(right, left) is not None
    assert signs(left) & signs(right), "they must be able to meet"


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (person("a:1", "Jane DOE"), person("b:1", "Jane DOE")),
        (person("a:1", "Jane DOE", birthDate="1968"), person("b:1", "Jane DOE", birthDate="1968")),
        (person("a:1", "Jane DOE", birthDate="1968-05-02"), person("b:1", "Jane DOE", birthDate="1969-05-02")),
        (person("a:1", "Reza DOE", birthDate="1968-05-02"), person("b:1", "Reza MILLER", birthDate="1968-05-02")),
        (person("a:1", "Jane DOE", idNumber="0052944492"), person("b:1", "Peter STONE", idNumber="0052944492")),
        (person("a:1", "Jane DOE", idNumber="1234"), person("b:1", "Jane DOE", idNumber="1234")),
        (
            entity("a:1", "Company", "Example Trading", country="ir"),
            entity("b:1", "Company", "Example Trading", country="ru"),
        ),
        (entity("a:1", "Company", "Example Trading"), entity("a:2", "Company", "Example Trading")),
        (entity("a:1", "Vessel", "SEA STAR"), entity("b:1", "Vessel", "SEA STAR")),
        (entity("a:1", "Vessel", "JANE DOE"), person("b:1", "JANE DOE")),
        (person("a:1", "Jane DOE", publicKey="1A2b3c4d5"), person("b:1", "Peter STONE", publicKey="1A2b3c4d5")),
        (
            person("a:1", "Jamil DOE", alias="Hussein Muhammad", birthDate="1964-01-01"),
            person("b:1", "Houka MILLER", alias="Muhammad Ibn Al-Husayn", birthDate="1964-01-01"),
        ),
        (
            person("a:1", "Yasir DOE", idNumber="date of birth: 1970"),
            person("b:1", "Omar DOE", idNumber="date of birth: 1970"),
        ),
        (
            entity("a:1", "Company", "EXAMPLE BANK", registrationNumber="1027700"),
            entity("a:2", "Company", "BELEXAMPLE BANK JSC", registrationNumber="1027700"),
        ),
        (
            entity("a:1", "Organization", "EXAMPLE OF DERNA", alias="Example of Law", country="ly"),
            entity("a:2", "Organization", "EXAMPLE OF BENGHAZI", alias="Example of Law", country="ly"),
        ),
        (
            entity("a:1", "Company", "Alpha Bank"),
            entity("b:1", "Company", "CJSC OTHER", alias="Alpha Bank", country="by"),
        ),
    ],
    ids=lambda one: one.caption,
)
def test_what_does_not(left: Entity, right: Entity) -> None:
    assert reason_for(left, right) is None


def test_a_sign_that_very_many_share_says_nothing() -> None:
    crowd = [("day:1970-01-01 mhmd", f"a:{number}") for number in range(MAX_SHARING + 1)]
    assert list(meetings(crowd)) == []
    assert len(list(meetings(crowd[:3]))) == 3


def test_entries_of_several_lists_are_linked_with_the_reason_and_stay_apart(tmp_path: Path) -> None:
    store = Store(tmp_path)
    for source, name in (("a", "Ghassem DOE"), ("b", "Qassem DOE"), ("c", "Somebody ELSE")):
        listed = person(f"{source}:1", name, birthDate="1968-05-02")
        store.add(source, "2024-01-01", {"f": source.encode()}, Parsed((listed,), (), {}))
    record = store.record()
    assert [(one.entity, one.reason) for one in record.same["a:1"]] == [("b:1", "names agree, born on 1968-05-02")]
    assert "c:1" not in record.same
    assert record.entities["b:1"].caption == "Qassem DOE"
