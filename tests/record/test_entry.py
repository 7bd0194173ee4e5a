"""The entry of an entity as printed, and where each of its values stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from cordon.errors import InputError, RecordError
from cordon.record import Store
from cordon.record.adding import add_files
from cordon.record.entry import entry_text, original_entries
from cordon.record.formats.reading import Place

NULLS = b",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"
SDN = b'1,"DOE, Jane",individual,P' + NULLS + b'"DOB 1970"\n2,"EXAMPLE\nTRADING",-0-,P' + NULLS + b'"Tax ID No. 77-1"\n'
ALT = b'2,10,aka,"TRADING EXAMPLE",-0-\n'


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A store with a table whose second row runs over two lines, with an alias in another file."""
    store = Store(tmp_path)
    add_files(store, "us-ofac-sdn", {"sdn.csv": SDN, "alt.csv": ALT}, "2024-01-01")
    return store


def test_an_entry_is_cut_from_every_file_it_stands_in(store: Store) -> None:
    (entry,) = original_entries(store, "us-ofac-sdn:2")
    assert (entry.source, entry.day) == ("us-ofac-sdn", "2024-01-01")
    (first, row), (second, alias) = entry.texts
    assert str(first) == "sdn.csv, line 2"
    assert row.startswith('2,"EXAMPLE\nTRADING"')
    assert (str(second), alias) == ("alt.csv, line 1, element 10", ALT.decode().strip())


def test_every_value_knows_where_it_stands(store: Store) -> None:
    (entry,) = original_entries(store, "us-ofac-sdn:2")
    places = {field: str(place) for (field, _), place in entry.origin.values.items()}
    assert places == {
        "name": "sdn.csv, line 2",
        "taxNumber": "sdn.csv, line 2",
        "alias": "alt.csv, line 1, element 10",
    }


def test_an_entry_that_is_gone_is_cut_from_the_last_snapshot_that_held_it(store: Store) -> None:
    add_files(store, "us-ofac-sdn", {"sdn.csv": SDN.partition(b"\n")[0] + b"\n"}, "2024-01-02")
    assert original_entries(store, "us-ofac-sdn:2")[0].day == "2024-01-01"
    assert original_entries(store, "us-ofac-sdn:1")[0].day == "2024-01-02"


def test_an_element_is_cut_to_the_byte_whatever_the_lines() -> None:
    raw = "<l><e>é</e><e id='7'>\n    <n>ü</n>\n  </e></l>".encode()
    start = raw.index(b"<e id")
    place = Place("x.xml", 1, 0, start, len(raw) - 4)
    assert entry_text({"x.xml": raw}, place) == "<e id='7'>\n  <n>ü</n>\n</e>"


def test_without_an_original_there_is_an_error(store: Store) -> None:
    with pytest.raises(RecordError, match="no original entry"):
        original_entries(store, "us-ofac-sdn:9")
    with pytest.raises(InputError, match="no file"):
        entry_text({}, Place("x.xml", 1))
