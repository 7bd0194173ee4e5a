"""A publisher's server that misbehaves in every way that was thought of; each must end soon, and say what happened."""

from __future__ import annotations

import datetime
import email.utils
import gzip
import io
import random
import socket
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from cordon.errors import InputError
from cordon.record import fetch as fetching
from cordon.record.fetch import Fetched, NotModified, Validators, fetch, from_mirror
from cordon.record.publishers import Remote

LIST = b"<?xml version='1.0'?><list><entry>EXAMPLE TRADING LLC</entry></list>"
PAGE = b"<!DOCTYPE html>\n<html><head><title>Down for maintenance</title></head></html>"


class Server(ThreadingHTTPServer):
    """A server whose answers are functions by path, and that keeps what it was asked."""

    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers: dict[str, Callable[[Handler], None]] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.over = threading.Event()

    def handle_error(self, request: object, client_address: object) -> None:
        pass

    def url(self, path: str = "/list") -> str:
        return f"http://127.0.0.1:{self.server_port}{path}"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        self.server.asked.append((self.path, dict(self.headers)))
        self.server.answers[self.path](self)

    def log_message(self, *args: object) -> None:
        pass

    def answer(self, body: bytes = LIST, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content_Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    running = Server()
    thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield running
    running.over.set()
    running.shutdown()
    running.server_close()
    thread.join()


class Waits(list[float]):
    """Waits in no time, and keeps for how long it was asked to."""

    def __call__(self, seconds: float) -> None:
        self.append(seconds)


def got(server: Server, path: str = "/list", **options: object) -> Fetched:
    found = fetch(server.url(path), **{"kind": "xml", "timeout": 2.0, "wait": Waits(), **options})  # type: ignore[arg-type]
    assert isinstance(found, Fetched)
    return found


def refusal(server: Server, path: str = "/list", **options: object) -> str:
    with pytest.raises(InputError) as caught:
        got(server, path, **options)
    assert caught.value.code == "not-fetched"
    assert server.url(path) in caught.value.message
    return caught.value.message


def in_turn(*answers: Callable[[Handler], None]) -> Callable[[Handler], None]:
    left = list(answers)
    return lambda handler: (left.pop(0) if len(left) > 1 else left[0])(handler)


# What a well-behaved publisher sends.


def test_a_file_comes_with_its_bytes_and_what_to_ask_with_next_time(server: Server) -> None:
    day = "Thu, 07 May 2026 09:00:00 GMT"
    server.answers["/list"] = lambda handler: handler.answer(ETag='"v1"', Last_Modified=day)
    assert got(server) == Fetched(server.url(), LIST, Validators('"v1"', day))


def test_the_request_says_who_asks_and_accepts_gzip(server: Server) -> None:
    server.answers["/list"] = Handler.answer
    got(server)
    ((_, headers),) = server.asked
    assert headers["User-Agent"].startswith("cordon/")
    assert headers["User-Agent"].endswith("(+sanctions screening; urllib)")
    assert headers["Accept-Encoding"] == "gzip"
    assert "If-None-Match" not in headers


def test_a_version_at_hand_is_not_sent_again(server: Server) -> None:
    server.answers["/list"] = lambda handler: handler.answer(b"", 304)
    known = Validators('"v1"', "Thu, 07 May 2026 09:00:00 GMT")
    assert fetch(server.url(), kind="xml", validators=known) == NotModified(server.url(), known)
    ((_, headers),) = server.asked
    assert (headers["If-None-Match"], headers["If-Modified-Since"]) == known


def test_not_modified_is_no_answer_to_somebody_who_has_nothing(server: Server) -> None:
    server.answers["/list"] = lambda handler: handler.answer(b"", 304)
    assert "answers 304" in refusal(server)


def test_a_body_in_gzip_is_unpacked(server: Server) -> None:
    server.answers["/list"] = lambda handler: handler.answer(gzip.compress(LIST), Content_Encoding="gzip")
    assert got(server).data == LIST


def test_a_body_in_several_gzip_members_is_unpacked_whole(server: Server) -> None:
    packed = gzip.compress(LIST[:20]) + gzip.compress(LIST[20:])
    server.answers["/list"] = lambda handler: handler.answer(packed, Content_Encoding="gzip")
    assert got(server).data == LIST


def test_bytes_in_whatever_encoding_pass_unchanged(server: Server) -> None:
    for body in ("name;pays\nSOCIÉTÉ;Côte\n".encode("cp1252"), "name\nООО ПРИМЕР\n".encode("utf-16"), b"\xff\xfea\x00"):
        server.answers["/list"] = lambda handler, body=body: handler.answer(body)
        assert got(server, kind="csv").data == body


def test_a_redirect_is_followed_and_told(server: Server) -> None:
    server.answers["/list"] = lambda handler: handler.answer(b"", 302, Location="/store")
    server.answers["/store"] = Handler.answer
    assert got(server).url == server.url("/store")


def test_progress_is_told_in_bytes_received_and_announced(server: Server) -> None:
    told: list[tuple[int, int | None]] = []
    server.answers["/list"] = Handler.answer
    got(server, progress=lambda seen, announced: told.append((seen, announced)))
    assert told[-1] == (len(LIST), len(LIST))


def test_the_environments_proxy_is_used(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", server.url(""))
    server.answers["http://lists.example/sdn.xml"] = Handler.answer
    found = fetch("http://lists.example/sdn.xml", kind="xml", allow_http=True)
    assert isinstance(found, Fetched)
    assert found.data == LIST


# What may pass: another attempt.


def test_a_server_that_is_down_for_a_moment_is_asked_again(server: Server) -> None:
    waits = Waits()
    down = lambda handler: handler.answer(b"", 503)  # noqa: E731
    server.answers["/list"] = in_turn(down, down, Handler.answer)
    random.seed(1)
    assert got(server, wait=waits).data == LIST
    assert len(server.asked) == 3
    assert 0.75 <= waits[0] <= 1.25
    assert 1.5 <= waits[1] <= 2.5


def test_a_server_that_stays_down_is_given_up(server: Server) -> None:
    server.answers["/list"] = lambda handler: handler.answer(b"", 500)
    assert "answers 500 Internal Server Error, after attempt 3 of 3" in refusal(server)


@pytest.mark.parametrize(("asks", "waited"), [("7", 7.0), ("0", 0.0), ("86400", fetching.MAX_PAUSE)])
def test_a_server_says_how_long_to_wait_within_reason(server: Server, asks: str, waited: float) -> None:
    waits = Waits()
    server.answers["/list"] = in_turn(lambda handler: handler.answer(b"", 429, Retry_After=asks), Handler.answer)
    got(server, wait=waits)
    assert waits == [waited]


def test_a_server_says_until_when_to_wait(server: Server) -> None:
    waits = Waits()
    soon = datetime.datetime.now(datetime.UTC) + datetime.timedelta(seconds=30)
    asks = email.utils.format_datetime(soon, usegmt=True)
    server.answers["/list"] = in_turn(lambda handler: handler.answer(b"", 503, Retry_After=asks), Handler.answer)
    got(server, wait=waits)
    assert 25 < waits[0] <= 30


def test_a_wait_past_the_deadline_is_not_begun(server: Server) -> None:
    server.answers["/list"] = lambda handler: handler.answer(b"", 503, Retry_After="100")
    assert "after attempt 1 of 3" in refusal(server, deadline=5.0)


def test_a_file_cut_off_is_asked_for_again_and_then_refused(server: Server) -> None:
    cut = lambda handler: handler.answer(LIST[:30], Content_Length="68")  # noqa: E731
    server.answers["/list"] = in_turn(cut, Handler.answer)
    assert got(server).data == LIST
    server.answers["/list"] = cut
    assert "was cut off after 30 of 68 bytes, after attempt 3 of 3" in refusal(server)


def test_a_gzip_body_cut_off_without_an_announced_length_is_noticed(server: Server) -> None:
    def cut(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Encoding", "gzip")
        handler.end_headers()
        handler.wfile.write(gzip.compress(LIST)[:-9])

    server.answers["/list"] = cut
    assert "was cut off" in refusal(server)


def test_a_connection_closed_without_an_answer_is_tried_again(server: Server) -> None:
    hang_up = lambda handler: handler.connection.shutdown(socket.SHUT_RDWR)  # noqa: E731
    server.answers["/list"] = in_turn(hang_up, Handler.answer)
    assert got(server).data == LIST


def test_nobody_at_the_address_is_told(server: Server) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        with pytest.raises(InputError, match=r"cannot be reached: .*refused.*, after attempt 2 of 2"):
            fetch(f"http://127.0.0.1:{taken.getsockname()[1]}/", kind="xml", attempts=2, wait=Waits())


def test_a_server_that_stalls_is_given_up(server: Server) -> None:
    server.answers["/list"] = lambda handler: server.over.wait(5) and None
    assert "no answer in time, after attempt 2 of 2" in refusal(server, timeout=0.1, attempts=2)


# What does not pass: no further attempt.


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_a_file_that_is_not_there_is_asked_for_once(server: Server, status: int) -> None:
    server.answers["/list"] = lambda handler: handler.answer(b"", status)
    assert f"answers {status}" in refusal(server)
    assert len(server.asked) == 1


def drips(head: bytes, piece: bytes) -> Callable[[Handler], None]:
    def answer(handler: Handler) -> None:
        handler.wfile.write(head)
        while not handler.server.over.wait(0.02):
            handler.wfile.write(piece)

    return answer


@pytest.mark.parametrize(
    ("head", "piece"),
    [
        (b"HTTP/1.1 200 OK\r\n\r\n<", b"x"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n<", b"x"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"0"),
        (b"HTTP/1.1 200 OK\r\nX-Slow: ", b"x"),
        (b"", b"H"),
    ],
    ids=["body", "announced body", "chunk size", "header", "status"],
)
def test_a_server_that_drips_cannot_hold_it(server: Server, head: bytes, piece: bytes) -> None:
    server.answers["/list"] = drips(head, piece)
    began = time.monotonic()
    assert "gave up: not complete within the time allowed, after attempt 1 of 3" in refusal(server, deadline=0.2)
    assert time.monotonic() - began < 3


def test_a_server_that_drips_its_tls_greeting_cannot_hold_it(server: Server) -> None:
    listening = socket.create_server(("127.0.0.1", 0))

    def greet() -> None:
        connection, _ = listening.accept()
        with connection:
            connection.sendall(b"\x16\x03\x03\x40\x00")
            while not server.over.wait(0.02):
                try:
                    connection.sendall(b"\x02")
                except OSError:
                    return

    thread = threading.Thread(target=greet, daemon=True)
    thread.start()
    with listening, pytest.raises(InputError, match="gave up"):
        fetch(f"https://127.0.0.1:{listening.getsockname()[1]}/", kind="xml", deadline=0.2, wait=Waits())
    server.over.set()
    thread.join()


def test_a_body_announced_too_large_is_not_read(server: Server) -> None:
    server.answers["/list"] = lambda handler: handler.answer(LIST, Content_Length="5000")
    assert "announces 5,000 bytes, more than the 1,000" in refusal(server, max_bytes=1000)


def test_an_endless_body_is_cut_at_the_limit(server: Server) -> None:
    def endless(handler: Handler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n<list>")
        while not server.over.is_set():
            handler.wfile.write(b"<entry/>" * 1000)

    server.answers["/list"] = endless
    seen: list[int] = []
    message = refusal(server, max_bytes=200_000, progress=lambda received, _: seen.append(received))
    assert "goes on for more than the 200,000 bytes" in message
    assert seen[-1] <= 200_000


def test_a_gzip_bomb_is_not_unpacked(server: Server) -> None:
    bomb = gzip.compress(b"<" + b" " * 20_000_000)
    server.answers["/list"] = lambda handler: handler.answer(bomb, Content_Encoding="gzip")
    assert "goes on for more than the 1,000,000 bytes" in refusal(server, max_bytes=1_000_000)


def test_a_body_that_is_not_the_gzip_it_says_is_told(server: Server) -> None:
    server.answers["/list"] = lambda handler: handler.answer(LIST, Content_Encoding="gzip")
    assert "cannot be unpacked" in refusal(server)


def test_an_encoding_that_was_not_asked_for_is_told(server: Server) -> None:
    server.answers["/list"] = lambda handler: handler.answer(LIST, Content_Encoding="br")
    assert "answers in the encoding br" in refusal(server)


@pytest.mark.parametrize("kind", ["xml", "csv", "txt", "json", "zip", "xlsx"])
def test_a_web_page_is_not_a_list(server: Server, kind: str) -> None:
    server.answers["/list"] = lambda handler: handler.answer(PAGE)
    message = refusal(server, kind=kind)
    assert f"the publisher's address answers with a web page where {kind} is expected" in message
    assert len(server.asked) == 1


def test_a_zip_archive_cut_off_where_it_was_stored_is_told(server: Server) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("list.xml", LIST)
    server.answers["/list"] = lambda handler: handler.answer(packed.getvalue())
    assert got(server, kind="zip").data == packed.getvalue()
    server.answers["/list"] = lambda handler: handler.answer(packed.getvalue()[:80])
    assert "a zip archive that is cut off" in refusal(server, kind="zip")


def test_an_answer_without_a_body_is_told(server: Server) -> None:
    server.answers["/list"] = lambda handler: handler.answer(b"")
    assert "answers with nothing" in refusal(server)
    server.answers["/list"] = lambda handler: handler.answer(b"", 204)
    assert "answers 204" in refusal(server)


@pytest.mark.parametrize("target", ["file:///etc/hostname", "ftp://127.0.0.1/list", "http://lists.example/list"])
def test_a_redirect_away_from_https_is_not_followed(server: Server, target: str) -> None:
    server.answers["/list"] = lambda handler: handler.answer(b"", 302, Location=target)
    message = refusal(server)
    assert target in message
    assert "not allowed" in message or "is not followed" in message
    assert len(server.asked) == 1


def test_what_comes_with_a_redirect_is_not_read(server: Server) -> None:
    def endless(handler: Handler) -> None:
        handler.wfile.write(b"HTTP/1.1 302 Found\r\nLocation: /store\r\n\r\n")
        while not server.over.is_set():
            handler.wfile.write(b" " * 10_000)

    server.answers.update({"/list": endless, "/store": Handler.answer})
    assert got(server).data == LIST


def test_a_redirect_in_circles_ends(server: Server) -> None:
    server.answers["/list"] = lambda handler: handler.answer(b"", 302, Location="/list")
    assert "answers 302" in refusal(server)
    assert len(server.asked) < 20


@pytest.mark.parametrize(
    "url",
    ["file:///etc/hostname", "ftp://lists.example/sdn.xml", "http://lists.example/", "https://", "sdn.xml", "//["],
)
def test_only_https_is_followed(url: str) -> None:
    with pytest.raises(InputError, match=r"only https is|is not an address") as caught:
        fetch(url, kind="xml", wait=Waits())
    assert caught.value.code == "not-fetched"


def test_a_stored_validator_cannot_smuggle_in_a_header(server: Server) -> None:
    server.answers["/list"] = Handler.answer
    assert "cannot be reached" in refusal(server, validators=Validators('"v1"\r\nX-Other: 1'))
    assert not server.asked


def test_how_a_request_is_opened_can_be_replaced() -> None:
    def broken(*_: object) -> object:
        raise ConnectionResetError("reset by peer")

    with pytest.raises(InputError, match="cannot be reached: reset by peer, after attempt 3 of 3"):
        fetch("https://lists.example/", kind="xml", wait=Waits(), open_url=broken)  # type: ignore[arg-type]


# Files fetched elsewhere.

REMOTE = Remote("list.xml", "https://lists.example/list.xml", "xml")


def test_a_mirror_holds_a_file_under_its_list_or_beside(tmp_path: Path) -> None:
    (tmp_path / "list.xml").write_bytes(LIST)
    assert from_mirror(tmp_path, REMOTE, "my-list") == LIST
    (tmp_path / "my-list").mkdir()
    (tmp_path / "my-list" / "list.xml.gz").write_bytes(gzip.compress(LIST + b"\n"))
    assert from_mirror(tmp_path, REMOTE, "my-list") == LIST + b"\n"
    assert from_mirror(tmp_path, REMOTE) == LIST


def test_a_mirror_without_the_file_says_where_it_was_looked_for(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        from_mirror(tmp_path, REMOTE, "my-list")
    assert caught.value.code == "not-fetched"
    for path in ("my-list/list.xml", "my-list/list.xml.gz", "list.xml", "list.xml.gz"):
        assert str(tmp_path / path) in caught.value.message


def test_a_mirrors_file_must_be_whole_and_of_its_kind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "list.xml").write_bytes(PAGE)
    with pytest.raises(InputError, match=r"list\.xml: holds a web page where xml is expected"):
        from_mirror(tmp_path, REMOTE)
    (tmp_path / "list.xml").unlink()
    (tmp_path / "list.xml.gz").write_bytes(gzip.compress(LIST)[:-9])
    with pytest.raises(InputError, match="is cut off"):
        from_mirror(tmp_path, REMOTE)
    (tmp_path / "list.xml.gz").write_bytes(gzip.compress(LIST * 1000))
    monkeypatch.setattr(fetching, "MAX_BYTES", 1000)
    with pytest.raises(InputError, match="unpacks to more than the 1,000 bytes"):
        from_mirror(tmp_path, REMOTE)
