"""From received files to the record: their day, deltas on top of a list, and hostile files that change nothing."""

from __future__ import annotations

import datetime
import gzip
import io
import json
import tarfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from cordon.errors import CordonError, InputError
from cordon.record import Store
from cordon.record.adding import accept, add_files
from cordon.record.files import MAX_BYTES, read_files
from cordon.record.formats.own_table import DECLARATION, declaration

ENTRY = (
    b"<INDIVIDUAL><FIRST_NAME>JANE</FIRST_NAME><SECOND_NAME>DOE</SECOND_NAME><UN_LIST_TYPE>Example</UN_LIST_TYPE>"
    b"<REFERENCE_NUMBER>EXi.001</REFERENCE_NUMBER><LISTED_ON>2001-02-03</LISTED_ON></INDIVIDUAL>"
)
HEAD, END = (
    b"<CONSOLIDATED_LIST dateGenerated='2024-03-09T00:00:00Z'><INDIVIDUALS>",
    b"</INDIVIDUALS></CONSOLIDATED_LIST>",
)
UN = HEAD + ENTRY + END


def ftm(*names: str) -> bytes:
    items = [{"id": f"my:{name}", "schema": "Person", "properties": {"name": [name]}} for name in names]
    return "".join(json.dumps(item) + "\n" for item in items).encode()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A store that holds a list of two people."""
    store = Store(tmp_path / "home")
    add_files(store, "my-list", {"entities.ftm.json": ftm("Jane", "Peter")}, "2024-01-01")
    return store


def test_a_list_that_shrinks_is_taken_in_by_hand_and_said_to_have_shrunk(store: Store) -> None:
    added = add_files(store, "my-list", {"entities.ftm.json": ftm("Jane")}, "2024-01-02")
    assert "1 entities where 2 were before" in added.doubts[0]


def test_a_long_list_that_shrinks_is_quarantined_unless_it_is_forced(tmp_path: Path) -> None:
    store, many = Store(tmp_path), [f"Jane{number}" for number in range(60)]
    add_files(store, "my-list", {"a.ftm.json": ftm(*many)}, "2024-01-01")
    added = add_files(store, "my-list", {"a.ftm.json": ftm(*many[:50])}, "2024-01-02")
    assert (added.quarantined, added.changed, len(store.record())) == (True, False, 60)
    add_files(store, "my-list", {"a.ftm.json": ftm(*many[:49])}, "2024-01-02", force=True)
    assert store.snapshots()[-1].entities == 49
    store.remove("my-list", "2024-01-02")
    assert [one.snapshot for one in store.snapshots()] == ["2024-01-01"]
    with pytest.raises(CordonError, match="no snapshot"):
        store.remove("my-list", "2024-01-02")


@pytest.mark.parametrize("day", ["2024-02-31", "2999-01-01", "2024-13-01"])
def test_a_day_on_which_nothing_can_have_been_received_is_refused(store: Store, day: str) -> None:
    with pytest.raises(InputError, match="is no day"):
        add_files(store, "my-list", {"a.ftm.json": ftm("Jane")}, day)


def test_a_file_in_another_encoding_is_refused_and_not_turned_into_other_letters(tmp_path: Path) -> None:
    arabic = "Group ID,Name 6\n1,محمد\n".encode("cp1256")
    mixed = "Group ID,Name 6\n1,Иван\n2,".encode() + b"\xe9\n"
    with pytest.raises(InputError, match="line 3: is not UTF-8"):
        add_files(Store(tmp_path), "uk-conlist", {"ConList.csv": mixed}, "2024-01-01")
    declared = {
        DECLARATION: declaration(
            {"name": ["Name 6"]}, id_column=None, schema=None, authority="", programme=None, separator=""
        )
    }
    with pytest.raises(InputError, match="is not UTF-8"):
        add_files(Store(tmp_path), "my-list", {"own.csv": arabic, **declared}, "2024-01-01")


def test_two_deltas_of_one_day_are_both_applied(store: Store) -> None:
    for number in (1, 2):
        line = {"op": "ADD", "entity": {"id": f"my:{number}", "schema": "Person", "properties": {"name": ["X"]}}}
        add_files(store, "my-list", {"entities.delta.json": json.dumps(line).encode()}, "2024-01-02")
    assert set(store.held_on("my-list", "2024-01-02")) == {"my:Jane", "my:Peter", "my:1", "my:2"}
    assert len(store.files("my-list", "2024-01-02")) == 3


def test_the_day_is_the_lists_own_where_it_carries_one(tmp_path: Path) -> None:
    store = Store(tmp_path)
    added = add_files(store, "un-sc", {"consolidated.xml": UN})
    assert (added.snapshot.snapshot, added.undated) == ("2024-03-09", False)
    added = add_files(store, "my-list", {"entities.ftm.json": ftm("Jane")})
    assert (added.snapshot.snapshot, added.undated) == (datetime.date.today().isoformat(), True)


def test_a_delta_changes_the_snapshot_before_it(store: Store) -> None:
    lines = [
        {"op": "DEL", "entity": {"id": "my:Jane"}},
        {"op": "MOD", "entity": {"id": "my:Peter", "schema": "Person", "properties": {"name": ["Pjotr"]}}},
        {"op": "ADD", "entity": {"id": "my:Mary", "schema": "Person", "properties": {"name": ["Mary"]}}},
    ]
    raw = "\n".join(json.dumps(line) for line in lines).encode()
    added = add_files(store, "my-list", {"entities.delta.json": raw}, "2024-01-02")
    assert (added.snapshot.entities, added.new_versions) == (2, 2)
    now = set(store.held_on("my-list", "2024-01-02"))
    assert now == {"my:Peter", "my:Mary"}
    assert set(store.files("my-list", "2024-01-02")) == {"entities.ftm.json", "2024-01-02_entities.delta.json"}


def test_a_delta_without_a_list_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="a delta changes a list"):
        add_files(Store(tmp_path), "my-list", {"d.json": b'{"op": "DEL", "entity": {"id": "a"}}'}, "2024-01-02")


def test_accepting_takes_a_snapshot_out_of_quarantine(store: Store) -> None:
    store.quarantine("my-list", "2024-02-01", {"entities.ftm.json": ftm("Jane")}, 1, ["shrunk"])
    assert accept(store, "my-list", "2024-02-01").snapshot.entities == 1
    assert list(store.record().entities) == ["my:Jane", "my:Peter"]
    assert not store.record().entities["my:Peter"].listings


def packed_zip(*members: tuple[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return made.getvalue()


BOMB = b"<!DOCTYPE l [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]>"
OUTSIDE = b"<!DOCTYPE l [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>"
HOSTILE = {
    "an entity bomb": ("consolidated.xml", BOMB + UN.replace(b"JANE", b"&b;")),
    "an external entity": ("consolidated.xml", OUTSIDE + UN.replace(b"JANE", b"&a;")),
    "a truncated list": ("consolidated.xml", UN[:-40]),
    "an id that stands twice": ("consolidated.xml", UN.replace(ENTRY, ENTRY + ENTRY)),
    "a wrong encoding": (
        "consolidated.xml",
        b"<?xml version='1.0' encoding='UTF-8'?>" + UN.replace(b"JANE", b"\xff\xfe"),
    ),
    "nested without end": ("consolidated.xml", UN.replace(b"JANE", b"<A>" * 100 + b"</A>" * 100)),
    "a web page": ("consolidated.xml", b"<!doctype html><html><body>Maintenance</body></html>"),
    "an empty file": ("consolidated.xml", b""),
    "a broken gzip": ("consolidated.xml.gz", gzip.compress(UN)[:-30]),
    "a gigabyte of padding": ("consolidated.xml.gz", gzip.compress(b" " * (MAX_BYTES + 2), 1)),
    "a zip of two": ("list.zip", packed_zip(("a.xml", UN), ("b.xml", UN))),
    "a zip of too much": ("list.zip", packed_zip(("a.xml", b" " * (MAX_BYTES + 2)))),
    "a broken zip": ("list.zip", packed_zip(("a.xml", UN))[:-40]),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_is_one_clear_error_and_the_last_good_snapshot_still_answers(tmp_path: Path, what: str) -> None:
    store = Store(tmp_path / "home")
    add_files(store, "un-sc", {"consolidated.xml": UN}, "2024-01-01")
    name, raw = HOSTILE[what]
    (tmp_path / name).write_bytes(raw)

    def add() -> None:
        for dated in read_files([tmp_path / name], "2024-01-02"):
            add_files(store, "un-sc", dated.files, dated.day)

    with pytest.raises(CordonError) as told:
        add()
    assert len(str(told.value)) < 300
    assert [(one.snapshot, one.entities) for one in store.snapshots()] == [("2024-01-01", 1)]
    assert list(store.record().entities) == ["un-sc:EXi.001"]


def test_a_stray_quote_in_a_table_names_its_line(tmp_path: Path) -> None:
    rows = b'1,"DOE, Jane",individual,P,-0-,-0-,-0-,-0-,-0-,-0-,-0-,-0-\n2,"MILLER" x,individual,P,-0-,-0-,-0-\n'
    with pytest.raises(InputError, match=r"sdn\.csv, line 2"):
        add_files(Store(tmp_path), "us-ofac-sdn", {"sdn.csv": rows}, "2024-01-01")


def packed_tar(path: Path, members: Mapping[str, bytes]) -> Path:
    with tarfile.open(path, "w:xz") as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return path


def test_an_archive_gives_its_folders_in_order_and_says_which_are_the_later_of_a_day(
    tmp_path: Path,
) -> None:
    members = {
        "index.csv": b"x",
        "2024-01-02T1800Z/sdn.csv": b"late",
        "2024-01-02T1800Z/alt.csv": b"alias",
        "2024-01-02T0600Z/sdn.csv": b"early",
        "2024-01-01/sdn.csv": b"first",
    }
    found = list(read_files([packed_tar(tmp_path / "h.tar.xz", members)], None))
    assert [(one.day, dict(one.files), one.later) for one in found] == [
        ("2024-01-01", {"sdn.csv": b"first"}, False),
        ("2024-01-02", {"sdn.csv": b"early"}, False),
        ("2024-01-02", {"sdn.csv": b"late", "alt.csv": b"alias"}, True),
    ]


def test_adding_an_archive_again_changes_nothing_and_the_last_of_a_day_answers(tmp_path: Path) -> None:
    members = {"2024-01-02T0600Z/a.ftm.json": ftm("Jane"), "2024-01-02T1800Z/a.ftm.json": ftm("Jane", "Peter")}
    archive, store = packed_tar(tmp_path / "h.tar.xz", members), Store(tmp_path / "home")
    changed = []
    for _ in range(2):
        for dated in read_files([archive], None):
            changed.append(add_files(store, "my-list", dated.files, dated.day, replace=dated.later).changed)
    assert changed == [True, True, False, False]
    assert set(store.record().entities) == {"my:Jane", "my:Peter"}


def test_an_archive_without_days_or_cut_off_is_refused(tmp_path: Path) -> None:
    plain = packed_tar(tmp_path / "plain.tar.xz", {"sdn.csv": b"x"})
    with pytest.raises(InputError, match="no folder with a day"):
        list(read_files([plain], None))
    cut = tmp_path / "cut.tar.xz"
    cut.write_bytes(plain.read_bytes()[:60])
    with pytest.raises(InputError, match="cannot be read as an archive"):
        list(read_files([cut], None))


def test_a_file_larger_than_any_list_is_refused_unread(tmp_path: Path) -> None:
    with (tmp_path / "large.xml").open("wb") as handle:
        handle.truncate(MAX_BYTES + 1)
    with pytest.raises(InputError, match="which no list has"):
        list(read_files([tmp_path / "large.xml"], None))


def test_a_zip_of_one_file_is_unpacked(tmp_path: Path) -> None:
    (tmp_path / "UN.ZIP").write_bytes(packed_zip(("consolidated.xml", UN)))
    (dated,) = read_files([tmp_path / "UN.ZIP"], None)
    assert (dated.day, dict(dated.files)) == (None, {"consolidated.xml": UN})
