"""``cordon record update``: lists brought up to date from their publishers, or from a folder of their files."""

from __future__ import annotations

import datetime
import json
import sys
import time
from pathlib import Path
from typing import Any

import click

from cordon.cli.paint import Paper, printable
from cordon.errors import InputError
from cordon.model import Snapshot
from cordon.record import current_store
from cordon.record.publishers import Publisher, publisher, publishers
from cordon.record.sources import SOURCES
from cordon.record.updating import State, Updated, in_mirror, update
from cordon.screening.shape import snapshot_list

_COLOURS: dict[State, str] = {"added": "green", "unchanged": "green", "quarantined": "yellow", "failed": "red"}
_EVERY = 0.1
"""Seconds between two pictures of a progress bar."""


@click.command("update", short_help="Fetch lists from their publishers.")
@click.argument("sources", metavar="[SOURCE...]", nargs=-1)
@click.option("--from", "mirror", metavar="DIR", help="Read a folder instead: DIR/SOURCE/FILE or DIR/FILE, or .gz.")
@click.option("--list", "listing", is_flag=True, help="Show the publishers' addresses and fetch nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for each list.")
def update_command(sources: tuple[str, ...], mirror: str | None, listing: bool, as_json: bool) -> int:
    """Fetch lists from their publishers, all or those named, and take in what is new and sound.

    A list that cannot be fetched keeps its last snapshot, and its age is told. One that shrinks by more than a tenth,
    or lacks what every version has, goes into quarantine until it is accepted (cordon record accept). Exit status 1
    when any list failed or is in quarantine.
    """
    chosen = [publisher(code) for code in sources] or list(publishers().values())
    if listing:
        _print_addresses(Paper(), chosen)
        return 0
    if mirror is not None and not sources:
        chosen = _mirrored(Path(mirror), chosen)
    store = current_store()
    bar = _Bar()
    worst = 0
    for one in chosen:
        done = update(store, one, mirror=Path(mirror) if mirror else None, progress=bar.show)
        bar.clear()
        click.echo(json.dumps(_updated_dict(done), ensure_ascii=False)) if as_json else _print_updated(Paper(), done)
        worst = max(worst, int(done.state in ("failed", "quarantined")))
    if store.snapshots():
        store.record()  # put together now what the next command opens
    return worst


def _mirrored(mirror: Path, chosen: list[Publisher]) -> list[Publisher]:
    """Return the lists that a folder has files of.

    Raises:
        InputError: it has none, or is no folder.

    """
    found = [one for one in chosen if in_mirror(mirror, one)]
    if not found:
        names = ", ".join(remote.name for one in chosen for remote in one.files)
        raise InputError(f"--from: {mirror} has no file of a list", hint=f"looked for {names}", code="no-mirror")
    return found


def _print_addresses(paper: Paper, chosen: list[Publisher]) -> None:
    for one in chosen:
        paper.line(f"{paper.style(one.source, bold=True)}  {SOURCES[one.source].title}")
        for remote in one.files:
            paper.line(f"  {remote.url}")


def _print_updated(paper: Paper, done: Updated) -> None:
    state = paper.style(f"{done.state:<12}", fg=_COLOURS[done.state], bold=True)
    paper.line(f"{state} {done.source:<14} {_newest(done.snapshot)}")
    for reason in done.reasons:
        paper.wrapped(printable(reason), indent=13, hang=2)
    if done.state == "quarantined":
        paper.wrapped("cordon record list shows it, cordon record accept takes it in", indent=13, dim=True)


def _newest(snapshot: Snapshot | None) -> str:
    if snapshot is None:
        return "no snapshot is there"
    age = (datetime.date.today() - datetime.date.fromisoformat(snapshot.snapshot)).days
    return f"{snapshot.entities:>8,} entities of {snapshot.snapshot}, {age:,} days old"


def _updated_dict(done: Updated) -> dict[str, Any]:
    newest = snapshot_list([done.snapshot])[0] if done.snapshot is not None else None
    return {"source": done.source, "state": done.state, "reasons": list(done.reasons), "newest": newest}


class _Bar:
    """A progress bar on the terminal's error stream; nothing where that is no terminal."""

    def __init__(self) -> None:
        self.shown = 0.0
        self.wanted = sys.stderr.isatty()

    def show(self, name: str, done: int, total: int | None) -> None:
        """Draw how far a file is, now and then."""
        now = time.monotonic()
        if not self.wanted or now - self.shown < _EVERY:
            return
        self.shown = now
        megabytes = f"{done / 1e6:,.1f} MB"
        if total:
            filled = min(30, 30 * done // total)
            text = f"{name} [{'#' * filled}{'.' * (30 - filled)}] {megabytes} of {total / 1e6:,.1f} MB"
        else:
            text = f"{name} {megabytes}"
        click.echo(f"\r\x1b[K{text}", nl=False, err=True)

    def clear(self) -> None:
        """Take the bar away."""
        if self.wanted:
            click.echo("\r\x1b[K", nl=False, err=True)
