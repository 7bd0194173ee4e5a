"""Downloads a list's file from its publisher, and gives up in good time.

A server may stall, drip, cut a file short, unpack to no end or answer with a web page. Each ends in one `InputError`
with the code ``not-fetched``: what passes is as long as announced and looks like its kind.
"""

from __future__ import annotations

import contextlib
import datetime
import email.utils
import http.client
import random
import re
import ssl
import time
import urllib.error
import urllib.request
import zlib
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import NamedTuple

from cordon.errors import InputError
from cordon.record.assertions import unlike
from cordon.record.files import MAX_BYTES
from cordon.record.publishers import AddressError, Opening, Remote, Watch, check_address, open_watched

MAX_PAUSE = 120.0
"""Longest pause between two attempts, in seconds, whatever a server asks for."""
DEADLINE = 1800.0
"""Seconds after which a file is given up, however lively the server still is: 100 MB at 60 kB a second."""
_CHUNK = 1 << 16
_HINT = "try the address in a browser; a file downloaded there can be added by hand"
_AGAIN = frozenset((202, 408, 425, 429))


class Validators(NamedTuple):
    """What a publisher said of the version at hand, to ask whether there is a newer one."""

    etag: str | None = None
    last_modified: str | None = None


class Fetched(NamedTuple):
    """A file as received.

    Attributes:
        url: its address after redirects.
        data: its bytes.
        validators: what to ask with next time.
        proven: whether the server said how long it is, so that it is known to be whole.

    """

    url: str
    data: bytes
    validators: Validators
    proven: bool = True


class NotModified(NamedTuple):
    """The publisher has nothing newer."""

    url: str
    validators: Validators


class _AttemptError(Exception):
    """An attempt that failed: why, whether another may succeed, and after how many seconds the server said."""

    def __init__(self, why: str, *, again: bool = False, after: float | None = None) -> None:
        super().__init__(why)
        self.again = again
        self.after = after

    def pause(self, attempt: int) -> float:
        """Return how many seconds to wait: as the server asks, else doubling from one with some jitter."""
        asked = self.after if self.after is not None else 2.0 ** (attempt - 1) * random.uniform(0.75, 1.25)
        return min(max(asked, 0.0), MAX_PAUSE)


class _Asked(NamedTuple):
    url: str
    kind: str
    validators: Validators
    timeout: float
    max_bytes: int
    progress: Callable[[int, int | None], None] | None
    open_url: Opening
    allow_http: bool


def fetch(
    url: str,
    *,
    kind: str,
    validators: Validators | None = None,
    timeout: float = 30.0,
    deadline: float = DEADLINE,
    attempts: int = 3,
    max_bytes: int = MAX_BYTES,
    wait: Callable[[float], None] = time.sleep,
    progress: Callable[[int, int | None], None] | None = None,
    open_url: Opening = open_watched,
    allow_http: bool = False,
) -> Fetched | NotModified:
    """Return a publisher's file, or that there is no newer one.

    Args:
        url: its address.
        kind: what it must look like, one of `cordon.record.publishers.KINDS`.
        validators: of the version at hand, to be told when there is no newer one.
        timeout: seconds a server may be silent.
        deadline: seconds after which it is given up, all attempts together.
        attempts: how often to try where another attempt may help.
        max_bytes: largest file taken, unpacked.
        wait: what to spend the seconds between two attempts with.
        progress: told the bytes received so far, and how many were announced.
        open_url: how to open a request, instead of with urllib.
        allow_http: whether addresses without TLS are followed; to this machine itself they always are.

    Raises:
        InputError: it cannot be had.

    """
    asked = _Asked(url, kind, validators or Validators(), timeout, max_bytes, progress, open_url, allow_http)
    ends = time.monotonic() + deadline
    attempt = 0
    while True:
        attempt += 1
        try:
            return _attempt(asked, ends - time.monotonic())
        except _AttemptError as failed:
            pause = failed.pause(attempt)
            if not failed.again or attempt >= attempts or time.monotonic() + pause >= ends:
                why = "".join(filter(str.isprintable, f"{failed}, after attempt {attempt} of {attempts}"))
                raise InputError(f"{url}: {why}", hint=_HINT, code="not-fetched") from failed
            wait(pause)


def from_mirror(folder: Path, remote: Remote, source: str = "") -> bytes:
    """Return a publisher's file from a folder of files fetched elsewhere, unpacked if it lies there as ``.gz``.

    Args:
        folder: the mirror; the file lies in it, or in its subfolder of the list's code.
        remote: the file.
        source: code of the list.

    Raises:
        InputError: it is not there, cannot be read, or does not look like its kind.

    """
    looked = [place / f"{remote.name}{end}" for place in (folder / source, folder) for end in ("", ".gz")]
    path = next((path for path in looked if path.is_file()), None)
    if path is None:
        raise InputError(
            f"{remote.name} is not in the mirror: looked for {', '.join(map(str, dict.fromkeys(looked)))}",
            hint="put it there under its publisher's name, or fetch without --from",
            code="not-fetched",
        )
    try:
        data = path.read_bytes() if path.suffix != ".gz" else _unpacked(path.read_bytes())
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}", code="not-fetched") from error
    except _AttemptError as failed:
        raise InputError(f"{path}: {failed}", hint="copy it from its publisher again", code="not-fetched") from failed
    if what := unlike(data, remote.kind):
        raise InputError(f"{path}: holds {what} where {remote.kind} is expected", code="not-fetched")
    return data


def _attempt(asked: _Asked, seconds: float) -> Fetched | NotModified:
    with Watch(seconds) as watch:
        try:
            check_address(asked.url, allow_http=asked.allow_http)
            with asked.open_url(_request(asked), asked.timeout, watch, asked.allow_http) as response:
                found = _received(asked, response, watch)
        except urllib.error.HTTPError as error:
            with contextlib.closing(error):
                return _answered(asked, error)
        except (_AttemptError, OSError, http.client.HTTPException, ValueError) as error:
            if watch.expired:
                raise _AttemptError("gave up: not complete within the time allowed") from error
            raise _reason(error) from error
    if watch.expired:
        raise _AttemptError("gave up: not complete within the time allowed")
    return found


def _request(asked: _Asked) -> urllib.request.Request:
    headers = {"User-Agent": _user_agent(), "Accept": "*/*", "Accept-Encoding": "gzip"}
    if asked.validators.etag:
        headers["If-None-Match"] = asked.validators.etag
    if asked.validators.last_modified:
        headers["If-Modified-Since"] = asked.validators.last_modified
    return urllib.request.Request(asked.url, headers=headers)


def _user_agent() -> str:
    with contextlib.suppress(PackageNotFoundError):
        return f"cordon/{version('cordon')} (+sanctions screening; urllib)"
    return "cordon (+sanctions screening; urllib)"


def _answered(asked: _Asked, error: urllib.error.HTTPError) -> NotModified:
    """Return that nothing is newer; any other status is a failure."""
    if error.code == 304 and any(asked.validators):
        return NotModified(error.geturl() or asked.url, asked.validators)
    asks = _retry_after(error.headers.get("Retry-After", "")) if error.headers else None
    again = error.code in _AGAIN or error.code >= 500
    raise _AttemptError(f"answers {error.code} {str(error.reason)[:200]}".rstrip(), again=again, after=asks)


def _retry_after(text: str) -> float | None:
    """Return the seconds a server asks to wait, given as such or as a date."""
    if re.fullmatch(r"\d{1,9}", text.strip()):
        return float(text)
    with contextlib.suppress(ValueError, TypeError, OverflowError):
        day = email.utils.parsedate_to_datetime(text)
        day = day if day.tzinfo else day.replace(tzinfo=datetime.UTC)
        return (day - datetime.datetime.now(datetime.UTC)).total_seconds()
    return None


def _reason(error: Exception) -> _AttemptError:
    """Return why an attempt failed, and whether another may succeed."""
    if isinstance(error, _AttemptError):
        return error
    cause = error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(cause, AddressError):
        return _AttemptError(str(cause))
    if isinstance(cause, TimeoutError):
        return _AttemptError("no answer in time", again=True)
    if isinstance(cause, ssl.SSLCertVerificationError):
        return _AttemptError(f"its certificate is not trusted: {cause.verify_message}")
    again = isinstance(cause, (OSError, http.client.HTTPException)) and not isinstance(cause, http.client.InvalidURL)
    return _AttemptError(f"cannot be reached: {cause}", again=again)


def _received(asked: _Asked, response: http.client.HTTPResponse, watch: Watch) -> Fetched:
    """Return the body of a response, if it is whole and what was asked for."""
    if response.status != 200:
        raise _AttemptError(f"answers {response.status} {response.reason}", again=response.status in _AGAIN)
    headers = response.headers
    packed = headers.get("Content-Encoding", "").strip().lower() in ("gzip", "x-gzip")
    proven = response.length is not None or bool(response.chunked) or packed
    data = _body(asked, response, watch)
    if what := unlike(data, asked.kind):
        raise _AttemptError(f"the publisher's address answers with {what} where {asked.kind} is expected")
    validators = Validators(headers.get("ETag"), headers.get("Last-Modified"))
    return Fetched(response.geturl(), data, validators, proven)


def _body(asked: _Asked, response: http.client.HTTPResponse, watch: Watch) -> bytes:
    announced = response.length
    if announced is not None and announced > asked.max_bytes:
        raise _AttemptError(f"announces {announced:,} bytes, more than the {asked.max_bytes:,} a list may have")
    encoding = response.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding not in ("identity", "", "gzip", "x-gzip"):
        raise _AttemptError(f"answers in the encoding {encoding}, which was not asked for")
    gunzip = _Gunzip() if encoding in ("gzip", "x-gzip") else None
    body, seen = bytearray(), 0
    while (chunk := response.read1(_CHUNK)) and not watch.expired:
        seen += len(chunk)
        body += gunzip.feed(chunk, asked.max_bytes + 1 - len(body)) if gunzip else chunk
        if max(len(body), seen) > asked.max_bytes:
            raise _AttemptError(f"goes on for more than the {asked.max_bytes:,} bytes a list may have")
        if asked.progress:
            asked.progress(seen, announced)
    if announced is not None and seen < announced:
        raise _AttemptError(f"was cut off after {seen:,} of {announced:,} bytes", again=True)
    if gunzip and not gunzip.whole:
        raise _AttemptError(f"was cut off after {seen:,} bytes", again=True)
    return bytes(body)


class _Gunzip:
    """Unpacks gzip, piece by piece and no further than asked."""

    def __init__(self) -> None:
        self._inflate = zlib.decompressobj(31)

    @property
    def whole(self) -> bool:
        return self._inflate.eof

    def feed(self, packed: bytes, room: int) -> bytes:
        """Return what a piece unpacks to, up to a number of bytes."""
        found = bytearray()
        try:
            while packed and len(found) < room:
                if self._inflate.eof:
                    self._inflate = zlib.decompressobj(31)
                found += self._inflate.decompress(packed, room - len(found))
                packed = self._inflate.unused_data
        except zlib.error as error:
            raise _AttemptError(f"cannot be unpacked: {error}") from error
        return bytes(found)


def _unpacked(packed: bytes) -> bytes:
    gunzip = _Gunzip()
    data = gunzip.feed(packed, MAX_BYTES + 1)
    if gunzip.whole and len(data) <= MAX_BYTES:
        return data
    raise _AttemptError(f"is cut off, or unpacks to more than the {MAX_BYTES:,} bytes a list may have")
