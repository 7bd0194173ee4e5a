"""The table of addresses: complete, safe to follow, and known by the codes people type."""

from __future__ import annotations

from importlib.resources import files

import pytest

from cordon.errors import InputError
from cordon.record import publishers as module
from cordon.record.publishers import KINDS, AddressError, Publisher, Remote, check_address, publisher, publishers

ROWS = [
    ["my-list", "one.csv", "https://lists.example/one.csv", "csv", "100", "my-list:1, my-list:2"],
    ["my-list", "two.csv", "https://lists.example/two.csv", "csv", "", ""],
    ["other", "list.xml", "https://lists.example/list.xml", "xml", "7"],
]


def test_the_lists_that_can_be_fetched_are_known() -> None:
    assert set(publishers()) == set(
        "us-ofac-sdn us-ofac-cons un-sc eu-fsf uk-sl ca-sema au-dfat us-csl us-bis-dpl ch-seco".split()
    )


def test_every_address_is_https_and_every_kind_known() -> None:
    for listed in publishers().values():
        for remote in listed.files:
            check_address(remote.url)
            assert remote.url.startswith("https://")
            assert remote.kind in KINDS
            assert remote.name.lower().endswith(f".{remote.kind}")
            assert "/" not in remote.name


def test_every_list_has_a_least_size_and_ids_of_its_own() -> None:
    for code, listed in publishers().items():
        assert listed.source == code
        assert listed.minimum >= 300
        assert all(known.startswith(f"{code}:") for known in listed.known_ids)


def test_the_table_says_where_it_comes_from_and_has_no_crooked_rows() -> None:
    lines = (files("cordon.record") / "data" / "publishers.tsv").read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("#")
    assert any("Source" in line for line in lines if line.startswith("#"))
    assert {line.count("\t") for line in lines if line and not line.startswith("#")} == {5}


def test_ofacs_list_is_one_archive_with_entities_known_to_last() -> None:
    found = publisher("us-ofac-sdn")
    assert [remote.name for remote in found.files] == ["SDN_ENHANCED.ZIP"]
    assert found.minimum == 12_000
    assert "us-ofac-sdn:33596" in found.known_ids


def test_a_list_of_several_files_has_several_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "rows", lambda package, name: iter(ROWS))
    publishers.cache_clear()
    try:
        assert publishers() == {
            "my-list": Publisher(
                "my-list",
                (
                    Remote("one.csv", "https://lists.example/one.csv", "csv"),
                    Remote("two.csv", "https://lists.example/two.csv", "csv"),
                ),
                100,
                ("my-list:1", "my-list:2"),
            ),
            "other": Publisher("other", (Remote("list.xml", "https://lists.example/list.xml", "xml"),), 7, ()),
        }
    finally:
        publishers.cache_clear()


@pytest.mark.parametrize(
    ("code", "hint"),
    [
        ("us-ofac-snd", "did you mean us-ofac-sdn?"),
        ("uk-conlist", "OFSI closed it on 28 January 2026; the UK's list is now uk-sl"),
        ("zz", "there are us-ofac-sdn, us-ofac-cons"),
    ],
)
def test_a_code_without_an_address_is_told_with_the_nearest(code: str, hint: str) -> None:
    with pytest.raises(InputError) as caught:
        publisher(code)
    assert caught.value.code == "no-publisher"
    assert hint in caught.value.hint


@pytest.mark.parametrize("url", ["http://127.0.0.1:8000/list", "http://localhost/list", "http://[::1]/list"])
def test_http_is_followed_on_this_machine_only(url: str) -> None:
    check_address(url)


@pytest.mark.parametrize(
    "url", ["http://lists.example/", "http://127.0.0.1.lists.example/", "http://localhost.example/", "http://10.0.0.1/"]
)
def test_http_elsewhere_is_followed_only_when_asked_for(url: str) -> None:
    check_address(url, allow_http=True)
    with pytest.raises(AddressError, match="only https is"):
        check_address(url)
