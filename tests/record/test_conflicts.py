"""What lists say differently of one subject is told, and what they say alike is not."""

from __future__ import annotations

import pytest

from cordon.model import Entity
from cordon.record.conflicts import Conflict, conflicts
from cordon.record.formats.reading import SPLIT_NAME


def person(key: str, name: str, **properties: str) -> Entity:
    given = {field: (value,) for field, value in properties.items()}
    return Entity(id=key, schema="Person", caption=name, properties={"name": (name,), **given})


def found(*entities: Entity) -> list[Conflict]:
    known = {entity.id: entity for entity in entities}
    pairs = [(entities[0].id, entities[1].id)] if len(entities) > 1 else []
    return list(conflicts(known, pairs))


def test_a_digit_lost_in_a_number_is_told() -> None:
    left = person("a", "Jane DOE", birthDate="1968-05-02", idNumber="0052944492")
    right = person("b", "Jane DOE", birthDate="1968-05-02", idNumber="005294492")
    (one,) = found(left, right)
    assert (one.kind, one.said) == ("number mistyped", ("0052944492", "005294492"))
    assert one.linked == "names agree, born on 1968-05-02"


def test_a_conflict_about_a_number_is_told_once_however_many_lists_repeat_it() -> None:
    same = {key: person(key, "Jane DOE", birthDate="1968-05-02", idNumber="0052944492") for key in "ab"}
    same["c"] = person("c", "Jane DOE", birthDate="1968-05-02", idNumber="005294492")
    assert len(list(conflicts(same, [("a", "b"), ("a", "c"), ("b", "c")]))) == 1


def test_a_number_given_to_somebody_else_is_told() -> None:
    (one,) = found(
        person("a", "Majid Reza DOE", idNumber="1285834070"), person("b", "Hamidreza MILLER", idNumber="1285834070")
    )
    assert (one.kind, one.linked) == ("number of two subjects", "")
    assert one.said == ("Majid Reza DOE: 1285834070", "Hamidreza MILLER: 1285834070")


def test_another_birth_date_of_the_same_person_is_told() -> None:
    (one,) = found(
        person("a", "Jane DOE", birthDate="1968-05-02", passportNumber="G9336277"),
        person("b", "Jane DOE", birthDate="1968-02-05", passportNumber="G9336277"),
    )
    assert (one.kind, one.said) == ("birth date", ("1968-05-02", "1968-02-05"))


def test_a_name_that_a_list_prints_apart_is_told() -> None:
    (one,) = found(person("a", "Jane DOE", notes=f"{SPLIT_NAME}Jane / DOE"))
    assert (one.kind, one.said) == ("split name", ("Jane / DOE",))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ({"birthDate": "1968-05-02"}, {"birthDate": "1968"}),
        ({"idNumber": "0052944492"}, {"idNumber": "1285834070"}),
        ({"idNumber": "12345"}, {"idNumber": "12346"}),
        ({"gender": "male"}, {}),
        ({"idNumber": "V-8714253"}, {"idNumber": "8714253"}),
    ],
)
def test_less_or_something_else_is_no_conflict(left: dict[str, str], right: dict[str, str]) -> None:
    one = person("a", "Jane DOE", passportNumber="G9336277", **left)
    assert found(one, person("b", "Jane DOE", passportNumber="G9336277", **right)) == []
