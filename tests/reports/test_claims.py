"""Claims: predicate, arguments, attribution, modality and polarity, on sentences of every build."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cordon.reports import Dossier
from cordon.reports.claims import Claim

ReadText = Callable[..., Dossier]


def claim(dossier: Dossier, predicate: str) -> Claim:
    return next(one for one in dossier.claims if one.predicate == predicate)


def captions(dossier: Dossier, ids: tuple[str, ...]) -> list[str]:
    return [dossier.cast.get(key).caption for key in ids]


@pytest.mark.parametrize(
    ("text", "predicate", "agent", "object_"),
    [
        ("Iran supplied Russia with drones.", "supply", ["Iran"], ["drones"]),
        ("Iran has sold ballistic missiles to Russia.", "sell", ["Iran"], ["ballistic missiles"]),
        ("The drones were produced by Kimia Part Sivan Company.", "produce", ["Kimia Part Sivan Company"], ["drones"]),
        ("Tehran and Moscow plan to build a missile plant.", "build", ["Iran", "Russia"], ["missile plant"]),
        ("Russia, which bought drones from Iran, denied it.", "buy", ["Russia"], ["drones"]),
        ("Police arrested Viktor Sokolov in Cyprus.", "arrest", [], ["Viktor Sokolov"]),
        ("Russian forces attacked Odesa on Monday.", "attack", ["Russia"], ["Odesa"]),
        ("The US imposed sanctions on Sahara Thunder.", "sanction", ["United States"], ["Sahara Thunder"]),
        ("Sahara Thunder was added to the EU sanctions list.", "sanction", ["European Union"], ["Sahara Thunder"]),
        ("Sahara Thunder is under US sanctions.", "sanction", ["United States"], ["Sahara Thunder"]),
        ("The EU removed Sahara Thunder from its sanctions list.", "delist", ["European Union"], ["Sahara Thunder"]),
        ("The UK lifted sanctions on Sahara Thunder.", "delist", ["United Kingdom"], ["Sahara Thunder"]),
        (
            "Hossein Shamsabadi is the managing director of Paravar Pars Company.",
            "lead",
            ["Hossein Shamsabadi"],
            ["Paravar Pars Company"],
        ),
        ("Russia and Iran connected their payment systems.", "connect", ["Russia", "Iran"], ["payment systems"]),
    ],
)
def test_who_did_what_to_whom(
    read_text: ReadText, text: str, predicate: str, agent: list[str], object_: list[str]
) -> None:
    dossier = read_text(text)
    found = claim(dossier, predicate)
    assert captions(dossier, found.agent) == agent
    assert captions(dossier, found.object) == object_


def test_a_transfer_has_a_recipient_whichever_order_the_sentence_uses(read_text: ReadText) -> None:
    for text in ("Iran supplied drones to Russia.", "Iran supplied Russia with drones.", "Iran gave Russia drones."):
        dossier = read_text(text)
        found = claim(dossier, "supply")
        assert captions(dossier, found.recipient) == ["Russia"], text


@pytest.mark.parametrize(
    ("text", "source", "verb"),
    [
        ("The White House warned that Iran supplied drones to Russia.", "United States", "warned"),
        ("Iran supplied drones to Russia, the Pentagon said.", "United States", "said"),
        ("Iran supplied drones to Russia, according to Reuters.", "Reuters", "according to"),
        ("The US accused Iran of supplying drones to Russia.", "United States", "accused"),
    ],
)
def test_a_claim_knows_who_makes_it(read_text: ReadText, text: str, source: str, verb: str) -> None:
    dossier = read_text(text)
    said = claim(dossier, "supply").attribution
    assert said is not None
    assert said.verb == verb
    assert (dossier.cast.get(said.actor).caption if said.actor else said.text) == source


def test_sources_without_a_name_are_kept_as_written_and_the_report_itself_has_none(read_text: ReadText) -> None:
    said = claim(read_text("Western officials said Iran supplied drones to Russia."), "supply").attribution
    assert said is not None
    assert (said.actor, said.text) == ("", "Western officials")
    assert claim(read_text("Iran supplied drones to Russia."), "supply").attribution is None


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Iran supplied drones to Russia.", "asserted"),
        ("Iran will supply drones to Russia.", "expected"),
        ("Iran is expected to supply drones to Russia.", "expected"),
        ("Iran may supply drones to Russia.", "possible"),
        ("Iran could have supplied drones to Russia.", "possible"),
        ("Iran plans to supply drones to Russia.", "planned"),
        ("Iran has agreed to supply drones to Russia.", "planned"),
    ],
)
def test_how_firmly_a_claim_is_put(read_text: ReadText, text: str, modality: str) -> None:
    assert claim(read_text(text), "supply").modality == modality


@pytest.mark.parametrize(
    "text",
    [
        "Iran did not supply drones to Russia.",
        "Iran never supplied drones to Russia.",
        "Iran denied that it supplied drones to Russia.",
        "There is no indication that Iran has supplied drones to Russia.",
        "Iran has yet to supply drones to Russia.",
        "Iran refused to supply drones to Russia.",
    ],
)
def test_what_is_said_not_to_be_so_is_negative_with_its_cue(read_text: ReadText, text: str) -> None:
    found = claim(read_text(text), "supply")
    assert found.polarity == "negative"
    assert any(cue.value == "negative" for cue in found.cues)


def test_a_denial_in_one_clause_leaves_the_next_alone(read_text: ReadText) -> None:
    dossier = read_text("Iran did not supply missiles to Russia, but it supplied drones to Syria.")
    assert [one.polarity for one in dossier.claims if one.predicate == "supply"] == ["negative", "positive"]


def test_time_place_money_and_quantity_belong_to_their_claim(read_text: ReadText) -> None:
    found = claim(read_text("Russia bought at least 400 drones for $60 million in January 2024."), "buy")
    assert found.time is not None
    assert found.money is not None
    assert found.quantity is not None
    assert (found.time.first, found.money.number, found.quantity.number) == ("2024-01-01", 6e7, 400)


def test_each_object_with_a_date_of_its_own_is_a_claim_of_its_own(read_text: ReadText) -> None:
    dossier = read_text("The US sanctioned Abdollah Mehrabi in 2021 and Ghassem Damavandian in 2023.")
    found = [one for one in dossier.claims if one.predicate == "sanction"]
    assert [(captions(dossier, one.object), one.time.text if one.time else "") for one in found] == [
        (["Abdollah Mehrabi"], "2021"),
        (["Ghassem Damavandian"], "2023"),
    ]


def test_pronouns_and_short_forms_stand_for_whom_they_stand(read_text: ReadText) -> None:
    dossier = read_text(
        "Hossein Shamsabadi, managing director of Paravar Pars Company, spoke in Tehran. "
        "He sold drones to Russia. The company produced engines. Shamsabadi visited Moscow."
    )
    assert captions(dossier, claim(dossier, "sell").agent) == ["Hossein Shamsabadi"]
    assert captions(dossier, claim(dossier, "produce").agent) == ["Paravar Pars Company"]
    assert captions(dossier, claim(dossier, "visit").agent) == ["Hossein Shamsabadi"]


def test_an_acronym_introduced_in_brackets_is_its_body(read_text: ReadText) -> None:
    dossier = read_text("The Ministry of Coastal Works (MCW) opened an office. The MCW bought drones.")
    assert captions(dossier, claim(dossier, "buy").agent) == ["Ministry of Coastal Works"]
