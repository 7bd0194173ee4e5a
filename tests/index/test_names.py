"""Retrieval proposes every entity that a full comparison would call a match."""

from __future__ import annotations

from cordon.index import name_index
from cordon.matching import compare
from cordon.model import Subject
from cordon.record import Record


def test_every_entity_is_a_candidate_for_each_of_its_own_names(record: Record) -> None:
    index = name_index(record)
    for entity in record.entities.values():
        for name in entity.names:
            assert entity in index.candidates([name]), (entity.id, name)


def test_retrieval_loses_nothing_that_comparing_with_everything_would_find(record: Record) -> None:
    index = name_index(record)
    for name in (
        "Abdullah Mahrabi",
        "Quds Aviation Industry",
        "Saied Aghajany",
        "Alabuga Machinry",
        "Sarmad Elektronik",
    ):
        subject = Subject(names=(name,))
        proposed = {entity.id for entity in index.candidates([name])}
        for entity in record.entities.values():
            score, _ = compare(subject, entity, counts=index.counts, total=len(record))
            assert score < 0.6 or entity.id in proposed, (name, entity.caption)


def test_one_index_is_built_for_a_record(record: Record) -> None:
    assert name_index(record) is name_index(record)
