"""Where the publishers offer their lists, what a list must hold before it is taken in, and how a publisher is reached.

The addresses stand in ``data/publishers.tsv``, one row a file. A list that is closed, or that has no file of its own to
fetch, is not among them: its files are added by hand. Only https is followed, wherever a publisher redirects to.
"""

from __future__ import annotations

import contextlib
import difflib
import http.client
import ipaddress
import socket
import ssl
import threading
import urllib.parse
import urllib.request
from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType
from typing import IO, NamedTuple

from cordon.errors import InputError
from cordon.names.tables import rows

KINDS = frozenset("xml csv txt json zip xlsx".split())
"""What a publisher's file may be."""
CLOSED: Mapping[str, str] = MappingProxyType(
    {"uk-conlist": "OFSI closed it on 28 January 2026; the UK's list is now uk-sl"}
)
"""Lists that are still read but no longer published, with what to do instead."""


class Remote(NamedTuple):
    """A file at its publisher's.

    Attributes:
        name: what to call it.
        url: its address.
        kind: one of `KINDS`.

    """

    name: str
    url: str
    kind: str


class Publisher(NamedTuple):
    """A list at its publisher's.

    Attributes:
        source: code of the list.
        files: the files it comes in.
        minimum: fewest entities it can have.
        known_ids: ids of entities that must be there.

    """

    source: str
    files: tuple[Remote, ...]
    minimum: int
    known_ids: tuple[str, ...]


@cache
def publishers() -> Mapping[str, Publisher]:
    """Return every list that can be fetched, by code."""
    found: dict[str, Publisher] = {}
    for row in rows("cordon.record", "publishers.tsv"):
        source, name, url, kind, minimum, ids = [*row, "", ""][:6]
        remote = Remote(name, url, kind)
        if source in found:
            found[source] = found[source]._replace(files=(*found[source].files, remote))
        else:
            known = tuple(part for part in (piece.strip() for piece in ids.split(",")) if part)
            found[source] = Publisher(source, (remote,), int(minimum or 0), known)
    return MappingProxyType(found)


def publisher(code: str) -> Publisher:
    """Return a list that can be fetched.

    Args:
        code: code of the list.

    Raises:
        InputError: it has no address.

    """
    known = publishers()
    if code in known:
        return known[code]
    near = difflib.get_close_matches(code, known, 1)
    hint = CLOSED.get(code) or (f"did you mean {near[0]}?" if near else f"there are {', '.join(known)}")
    raise InputError(f"{code}: no address of a publisher is known for it", hint=hint, code="no-publisher")


class AddressError(ValueError):
    """An address that is not followed."""


def check_address(url: str, *, allow_http: bool = False) -> None:
    """Refuse an address that can be changed on its way, or that is no server's.

    Args:
        url: the address.
        allow_http: whether one without TLS is followed; to this machine itself it always is.

    Raises:
        AddressError: it is not followed.

    """
    try:
        parts = urllib.parse.urlsplit(url)
        host = parts.hostname or ""
    except ValueError as error:
        raise AddressError(f"is not an address: {error}") from error
    if parts.scheme not in ("https", "http") or not host:
        raise AddressError(f"{url} is not followed: only https is")
    if parts.scheme == "http" and not allow_http and not _is_here(host):
        raise AddressError(f"{url} is not followed: only https is, since http can be changed on its way")


def _is_here(host: str) -> bool:
    with contextlib.suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return host == "localhost"


class Watch:
    """Cuts the connections made under it when their time is up, wherever they hang; used in a ``with`` block.

    Args:
        seconds: how long they have.

    """

    def __init__(self, seconds: float) -> None:
        self.expired = False
        self._copies: list[socket.socket] = []
        self._timer = threading.Timer(max(seconds, 0.0), self._cut)
        self._timer.daemon = True

    def __enter__(self) -> Watch:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        self._timer.join()
        for copy in self._copies:
            copy.close()

    def over(self, connected: socket.socket) -> None:
        """Watch over a connection too; by a second handle, since TLS takes the first for itself."""
        self._copies.append(connected.dup())
        if self.expired:
            self._cut()

    def _cut(self) -> None:
        self.expired = True
        for copy in self._copies:
            with contextlib.suppress(OSError):
                copy.shutdown(socket.SHUT_RDWR)


Opening = Callable[[urllib.request.Request, float, Watch, bool], http.client.HTTPResponse]
"""How a request becomes a response, as `open_watched` does it."""


def open_watched(
    request: urllib.request.Request, timeout: float, watch: Watch, allow_http: bool = False
) -> http.client.HTTPResponse:
    """Open a request with urllib, through the proxies of the environment.

    Args:
        request: the request.
        timeout: seconds the server may be silent.
        watch: what cuts the connection when its time is up.
        allow_http: whether a redirect to an address without TLS is followed.

    Raises:
        OSError: it cannot be reached, or answers with an error.
        AddressError: it redirects to an address that is not followed.

    """
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.UnknownHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        _Redirects(allow_http),
        _Handler(watch),
    ):
        opener.add_handler(handler)
    response = opener.open(request, timeout=timeout)
    if not isinstance(response, http.client.HTTPResponse):
        raise OSError("no HTTP response")
    return response


class _Redirects(urllib.request.HTTPRedirectHandler):
    def __init__(self, allow_http: bool) -> None:
        self.allow_http = allow_http

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        fp.close()
        check_address(newurl, allow_http=self.allow_http)
        if req.type == "https" and not newurl.lower().startswith("https:"):
            raise AddressError(f"{newurl} is not followed: it leads from https to http")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


class _Handler(urllib.request.AbstractHTTPHandler):
    """Opens http and https on connections that are watched over from their first byte, before TLS."""

    def __init__(self, watch: Watch) -> None:
        super().__init__()

        class Watched(http.client.HTTPConnection):
            def connect(self) -> None:
                super().connect()
                watch.over(self.sock)

        class Secure(http.client.HTTPSConnection, Watched):
            pass

        self._plain, self._secure = Watched, Secure
        self.http_request = self.https_request = self.do_request_

    def http_open(self, request: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(self._plain, request)

    def https_open(self, request: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(self._secure, request, context=ssl.create_default_context())
