"""Entries of several lists for one subject are one match with every listing."""

from __future__ import annotations

import msgspec

from cordon.model import Entity, Listing, Outcome, Subject
from cordon.record import Record
from cordon.record.linking import Same
from cordon.screening import policy_named, screen


def person(source: str, name: str, listed_on: str, delisted_on: str | None = None) -> Entity:
    listing = Listing(source=source, authority=source, listed_on=listed_on, delisted_on=delisted_on)
    return Entity(id=f"{source}:1", schema="Person", caption=name, properties={"name": (name,)}, listings=(listing,))


A = person("a", "Ghassem Damaxandian", "2021-01-01", "2022-01-01")
B = person("b", "Qassem Damaxandian", "2023-01-01")
C = person("c", "Ghassem Damaxandian", "2024-01-01")
SAME = {
    "a:1": (Same("b:1", "same number 1"), Same("gone:1", "same number 2")),
    "b:1": (Same("a:1", "same number 1"),),
}
POLICY = policy_named("onboarding")


def test_a_subject_in_two_lists_is_one_match_with_the_listings_of_both() -> None:
    found = screen(
        Subject(names=("Ghassem Damaxandian",)), Record((A, B, C), same=SAME), policy=POLICY, as_of="2025-01-01"
    )
    assert [match.entity.id for match in found.matches] == ["a:1", "c:1"]
    first = found.matches[0]
    assert [listing.source for listing in first.listings] == ["a", "b"]
    assert first.same == (("b:1", "same number 1"),)


def test_the_strongest_outcome_of_the_entries_counts() -> None:
    weak = Entity(
        id="a:1",
        schema="Person",
        caption="Peter Stone",
        properties={"name": ("Peter Stone",), "weakAlias": ("Jonathan Damaxandian",)},
        listings=(Listing(source="a", authority="a"),),
    )
    strong = person("b", "Jonathan Damaxandian", "2023-01-01")
    record = Record((weak, strong), same={"a:1": (Same("b:1", "x"),), "b:1": (Same("a:1", "x"),)})
    (match,) = screen(Subject(names=("Jonathan Damaxandian",)), record, policy=POLICY, as_of="2025-01-01").matches
    assert match.outcome is Outcome.MATCH


def test_it_is_in_force_when_any_of_its_listings_is() -> None:
    subject = Subject(names=("Ghassem Damaxandian",))
    record = Record((A, B), same=SAME)
    assert screen(subject, record, policy=POLICY, as_of="2022-06-01").outcome is Outcome.CLEAR
    assert screen(subject, record, policy=POLICY, as_of="2023-06-01").outcome is Outcome.MATCH


def test_only_the_lists_in_scope_count() -> None:
    scoped = msgspec.structs.replace(POLICY, sources=("a",))
    found = screen(
        Subject(names=("Ghassem Damaxandian",)), Record((A, B), same=SAME), policy=scoped, as_of="2023-06-01"
    )
    assert found.outcome is Outcome.CLEAR
