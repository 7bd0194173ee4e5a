"""Keeping a list up to date: what is new and sound is taken in; whatever goes wrong, the last snapshot answers."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from cordon.record import Store
from cordon.record.adding import accept
from cordon.record.fetch import Fetched, NotModified, Validators, fetch
from cordon.record.publishers import Publisher, Remote
from cordon.record.updating import Updated, update

DAY, NEXT = "2024-01-01", "2024-01-02"


def un(count: int, day: str) -> bytes:
    entries = "".join(
        f"<INDIVIDUAL><FIRST_NAME>JANE {number}</FIRST_NAME><UN_LIST_TYPE>Example</UN_LIST_TYPE>"
        f"<REFERENCE_NUMBER>EXi.{number:03}</REFERENCE_NUMBER><GENDER>Female</GENDER></INDIVIDUAL>"
        for number in range(1, count + 1)
    )
    return f"<CONSOLIDATED_LIST dateGenerated='{day}'><INDIVIDUALS>{entries}</INDIVIDUALS></CONSOLIDATED_LIST>".encode()


class Answer(NamedTuple):
    """What a server answers with."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = {}


class Server(NamedTuple):
    """A local server: its address, what it answers next, and the headers of the requests it had."""

    url: str
    answers: list[Answer]
    asked: list[Mapping[str, str]]


@pytest.fixture
def server() -> Iterator[Server]:
    answers: list[Answer] = []
    asked: list[Mapping[str, str]] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append({name.lower(): value for name, value in self.headers.items()})
            answer = answers.pop(0)
            self.send_response(answer.status)
            headers = {"Content-Length": str(len(answer.body)), **answer.headers}
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield Server(f"http://127.0.0.1:{running.server_address[1]}/list.xml", answers, asked)
        running.shutdown()


def quickly(url: str, **given: object) -> Fetched | NotModified:
    return fetch(url, timeout=2.0, attempts=2, wait=lambda _: None, **given)  # type: ignore[arg-type]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "home")


def bring(store: Store, server: Server, *answers: Answer, minimum: int = 5, known: tuple[str, ...] = ()) -> Updated:
    server.answers[:] = answers
    publisher = Publisher("un-sc", (Remote("consolidated.xml", server.url, "xml"),), minimum, known)
    return update(store, publisher, today="2024-02-01", fetching=quickly)


def answered_from(store: Store) -> list[tuple[str, int]]:
    return [(one.snapshot, one.entities) for one in store.snapshots()]


def test_a_new_list_is_taken_in_under_its_own_day_and_not_fetched_again_while_it_is_the_same(
    store: Store, server: Server
) -> None:
    done = bring(store, server, Answer(body=un(10, DAY), headers={"ETag": '"one"'}))
    assert (done.state, done.reasons, done.snapshot and done.snapshot.snapshot) == ("added", (), DAY)
    done = bring(store, server, Answer(status=304))
    assert (done.state, done.snapshot and done.snapshot.snapshot) == ("unchanged", DAY)
    assert server.asked[-1]["if-none-match"] == '"one"'
    assert "un-sc" in store.last_checked()
    assert bring(store, server, Answer(body=un(10, DAY))).state == "unchanged"
    assert answered_from(store) == [(DAY, 10)]


def test_a_later_list_is_another_snapshot_and_a_second_one_of_a_day_takes_the_place_of_the_first(
    store: Store, server: Server
) -> None:
    bring(store, server, Answer(body=un(10, DAY)))
    assert bring(store, server, Answer(body=un(11, NEXT))).state == "added"
    assert bring(store, server, Answer(body=un(12, NEXT))).state == "added"
    assert answered_from(store) == [(DAY, 10), (NEXT, 12)]


@pytest.mark.parametrize(
    ("answers", "why"),
    [
        ([Answer(status=404)], "404"),
        ([Answer(status=503), Answer(status=503)], "503"),
        ([Answer(body=un(11, NEXT)[:300], headers={"Content-Length": "9000"})] * 2, "cut off"),
        ([Answer(body=b"<!doctype html><html><body>Maintenance</body></html>")], "web page"),
        ([Answer(body=b"<?xml version='1.0' encoding='utf-16'?>" + un(11, NEXT))], "no well-formed XML"),
        ([Answer(body=un(11, NEXT)[:-30])], "line"),
        ([Answer(body=b"<LIST/>")], "begins with <LIST>"),
        ([Answer(body=un(10, NEXT).replace(b"EXi.010", b"EXi.001"))], "stands twice"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_a_failed_download_keeps_the_last_snapshot_and_says_so(
    store: Store, server: Server, answers: list[Answer], why: str
) -> None:
    bring(store, server, Answer(body=un(10, DAY), headers={"ETag": '"one"'}))
    done = bring(store, server, *answers)
    assert done.state == "failed"
    assert why in done.reasons[0]
    assert done.snapshot is not None
    assert done.snapshot.snapshot == DAY
    assert answered_from(store) == [(DAY, 10)]
    assert bring(store, server, Answer(body=un(11, NEXT))).state == "added"
    assert server.asked[-1]["if-none-match"] == '"one"', "what failed must not be taken for what is there"


@pytest.mark.parametrize(
    ("body", "known", "why"),
    [
        (un(6, NEXT), (), "6 entities where 10 were before"),
        (un(10, NEXT), ("un-sc:EXi.099",), "un-sc:EXi.099 missing"),
        (un(10, NEXT).replace(b"<GENDER>Female</GENDER>", b""), (), "persons with more than a name"),
        (un(10, "2023-12-31").replace(b"JANE", b"JOAN"), (), "is before that of the newest snapshot"),
    ],
)
def test_a_list_that_cannot_be_right_is_quarantined_until_it_is_accepted(
    store: Store, server: Server, body: bytes, known: tuple[str, ...], why: str
) -> None:
    bring(store, server, Answer(body=un(10, DAY)))
    done = bring(store, server, Answer(body=body), known=known)
    assert done.state == "quarantined"
    assert why in " ".join(done.reasons)
    assert answered_from(store) == [(DAY, 10)]
    (held_back,) = store.quarantined()
    accept(store, "un-sc", held_back.snapshot.snapshot)
    assert len(answered_from(store)) == 2
    assert store.quarantined() == ()


def test_a_list_that_has_lost_a_column_is_quarantined(store: Store, server: Server) -> None:
    address = b"<INDIVIDUAL_ADDRESS><CITY>Example</CITY></INDIVIDUAL_ADDRESS></INDIVIDUAL>"
    bring(store, server, Answer(body=un(10, DAY).replace(b"</INDIVIDUAL>", address)))
    done = bring(store, server, Answer(body=un(10, NEXT)))
    assert done.state == "quarantined"
    assert done.reasons[0] == "address: 0 % of the entities have it where 100 % had before"


def test_a_file_of_unknown_length_may_lose_less(store: Store) -> None:
    def fetching(url: str, **_: object) -> Fetched:
        return Fetched(url, un(counts.pop(0), days.pop(0)), Validators(), proven=False)

    counts, days = [100, 95], [DAY, NEXT]
    publisher = Publisher("un-sc", (Remote("consolidated.xml", "https://nowhere.invalid/", "xml"),), 5, ())
    assert update(store, publisher, fetching=fetching).state == "added"
    done = update(store, publisher, fetching=fetching)
    assert done.state == "quarantined"
    assert "5 % fewer; at most 2 %" in done.reasons[0]


def test_an_interrupted_download_leaves_no_trace(store: Store, server: Server) -> None:
    bring(store, server, Answer(body=un(10, DAY)))

    def interrupted(url: str, **given: object) -> Fetched:
        raise KeyboardInterrupt

    publisher = Publisher("un-sc", (Remote("consolidated.xml", server.url, "xml"),), 5, ())
    with pytest.raises(KeyboardInterrupt):
        update(store, publisher, fetching=interrupted)
    assert answered_from(store) == [(DAY, 10)]
    assert list(store.folder.rglob("*.partial")) == []


def test_of_several_files_all_are_fetched_when_one_has_changed(store: Store) -> None:
    rows = {
        "sdn.csv": b'1,"DOE, Jane",individual,P' + b",-0- " * 7 + b',"DOB 1970"\n',
        "alt.csv": b"1,1,aka,JANE,-0-\n",
    }
    fresh = {"sdn.csv"}
    asked: list[tuple[str, Validators | None]] = []

    def fetching(url: str, *, kind: str, validators: Validators | None = None, **_: object) -> Fetched | NotModified:
        asked.append((url, validators))
        if url not in fresh and validators is not None and validators.etag:
            return NotModified(url, validators)
        return Fetched(url, rows[url], Validators(etag=url))

    publisher = Publisher("us-ofac-sdn", tuple(Remote(name, name, "csv") for name in rows), 1, ())
    assert update(store, publisher, today=DAY, fetching=fetching).state == "added"
    rows["sdn.csv"] = rows["sdn.csv"].replace(b"1970", b"1971")
    assert update(store, publisher, today=NEXT, fetching=fetching).state == "added"
    assert asked[-1] == ("alt.csv", None)
    assert store.record().entities["us-ofac-sdn:1"].properties["alias"] == ("JANE",)


def test_a_mirror_takes_the_place_of_the_network(store: Store, tmp_path: Path) -> None:
    (tmp_path / "un-sc").mkdir()
    (tmp_path / "un-sc" / "consolidated.xml").write_bytes(un(10, DAY))
    publisher = Publisher("un-sc", (Remote("consolidated.xml", "https://nowhere.invalid/", "xml"),), 5, ())
    assert update(store, publisher, mirror=tmp_path).state == "added"
    (tmp_path / "un-sc" / "consolidated.xml").unlink()
    done = update(store, publisher, mirror=tmp_path)
    assert done.state == "failed"
    assert "is not in the mirror" in done.reasons[0]


def test_the_snapshot_keeps_the_bytes_as_they_were_received(store: Store, server: Server) -> None:
    bring(store, server, Answer(body=un(10, DAY)))
    assert store.files("un-sc", DAY) == {"consolidated.xml": un(10, DAY)}
