"""``cordon record``: put lists into the record, keep them up to date, see what is there."""

from __future__ import annotations

import contextlib
import datetime
import json
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from cordon.cli import options
from cordon.cli.paint import Paper, printable
from cordon.cli.record_look import conflicts_command, diff_command, show_command
from cordon.errors import InputError, RecordError
from cordon.model import Snapshot
from cordon.record import current_record, current_store
from cordon.record.adding import accept, add_files
from cordon.record.files import read_files
from cordon.record.formats.own_table import DECLARATION, declaration
from cordon.record.store import Added, Quarantined
from cordon.record.verify import verify
from cordon.screening.shape import snapshot_list

_IGNORED_SHOWN = 12


class _Lazy(click.Group):
    """A group that imports what fetches from the network only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        return sorted([*super().list_commands(ctx), "update"])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return one command."""
        if cmd_name != "update":
            return super().get_command(ctx, cmd_name)
        command: click.Command = import_module("cordon.cli.record_update").update_command
        return command


@click.group("record", cls=_Lazy, short_help="Add lists, keep them up to date, see what the record holds.")
def record_command() -> None:
    """Add lists, keep them up to date, see what the record holds, compare two days.

    \b
    Examples:
      cordon record add us-ofac-sdn sdn.csv alt.csv add.csv --date 2024-05-03
      cordon record show us-ofac-sdn:33596 --raw
    """  # noqa: D301 - click wants the backspace itself


@record_command.command("add", short_help="Read a list's files into the record.")
@click.argument("source", metavar="SOURCE")
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option(
    "--date", "day", metavar="DATE", help="Day they were received (YYYY-MM-DD).  [default: the list's own, else today]"
)
@click.option("--replace", is_flag=True, help="Take the place of other files of that day.")
@click.option("--force", is_flag=True, help="Take in a list that has lost more than a tenth of its entities.")
@click.option("--column", "columns", metavar="FIELD=COLUMN", multiple=True, help="Own table: column of a field.")
@click.option("--id", "id_column", metavar="COLUMN", help="Own table: column of the list's own id.")
@click.option("--schema", metavar="SCHEMA", help="Own table: FollowTheMoney schema of all rows.")
@click.option("--authority", metavar="NAME", default="", help="Own table: whose list it is.")
@click.option("--programme", metavar="NAME", help="Own table: what every listing rests on.")
@click.option("--separator", metavar="SIGN", default="", help="Own table: what parts several values of a cell.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for each snapshot.")
def add_command(
    source: str, files: tuple[str, ...], day: str | None, replace: bool, force: bool, as_json: bool, **own: Any
) -> int:
    """Read the files of one list on one day into the record; gzip, xz and zip are unpacked.

    One tar archive with members like 2023-01-06T184401Z/sdn.csv adds a snapshot for each day in it, the last of the
    day answering. Files that are
    there already change nothing. A delta is added to the newest snapshot before it. A table of your own (CSV,
    spreadsheet or JSON) is read by the columns you name: --column name=Name --column listed_on="Start date".
    """
    checked = options.day(day, "--date")
    store = current_store()
    declared = _declared(own)
    status = 0
    for dated in read_files([Path(name) for name in files], checked):
        kept = {**dated.files, **declared}
        added = add_files(store, source, kept, dated.day, replace=replace or dated.later, force=force)
        status = max(status, int(added.quarantined))
        with contextlib.suppress(BrokenPipeError):  # whoever reads the output may stop; the work is not done yet
            print_added(added, as_json=as_json)
    if store.snapshots():
        store.record()  # put together now what the next command opens
    return status


def _declared(own: Mapping[str, Any]) -> dict[str, bytes]:
    """Return the declaration of a table of one's own as the file that is kept with it; none where nothing is declared.

    Raises:
        InputError: a column is not given as FIELD=COLUMN, or the declaration does not hold.

    """
    columns: dict[str, list[str]] = {}
    for given in own["columns"]:
        field, equals, column = given.partition("=")
        if not equals or not field.strip() or not column.strip():
            raise InputError(
                f"--column: not FIELD=COLUMN: {given!r}", hint="e.g. --column name=Name", code="bad-column"
            )
        columns.setdefault(field.strip(), []).append(column.strip())
    if not columns:
        return {}
    return {
        DECLARATION: declaration(
            columns,
            id_column=own["id_column"],
            schema=options.schema(own["schema"], "--schema"),
            authority=own["authority"],
            programme=own["programme"],
            separator=own["separator"],
        )
    }


def print_added(added: Added, *, as_json: bool) -> None:
    """Write what adding a snapshot did: what was read, what was not, and why."""
    if as_json:
        click.echo(json.dumps(_added_dict(added), ensure_ascii=False))
        return
    paper, snapshot = Paper(), added.snapshot
    if added.quarantined:
        paper.line(f"{snapshot.source} of {snapshot.snapshot}: {snapshot.entities:,} entities, put into quarantine")
        for doubt in added.doubts:
            paper.wrapped(doubt, indent=2, hang=2)
        paper.wrapped(
            f"cordon record accept {snapshot.source} {snapshot.snapshot} takes it in, as --force does", indent=2
        )
        return
    done = f"{added.new_versions:,} new versions" if added.changed else "already there, nothing changed"
    paper.line(f"{snapshot.source} of {snapshot.snapshot}: {snapshot.entities:,} entities, {done}")
    if not added.changed:
        return
    paper.wrapped("read: " + ", ".join(f"{count:,} {what}" for what, count in added.read.items()), indent=2, hang=6)
    if added.undated:
        paper.wrapped("the files carry no date, so today's is taken; --date gives another", indent=2)
    for doubt in added.doubts:
        paper.wrapped(f"to look at: {doubt}", indent=2, hang=2)
    worst = sorted(added.ignored.items(), key=lambda item: -item[1])
    if worst:
        paper.line("  not understood, kept as notes or counted:")
    for what, count in worst[:_IGNORED_SHOWN]:
        paper.line(paper.style(f"  {count:>8,}  {printable(what)}", dim=True))
    if len(worst) > _IGNORED_SHOWN:
        rest = sum(count for _, count in worst[_IGNORED_SHOWN:])
        others = f"of {len(worst) - _IGNORED_SHOWN:,} other kinds; --json names them all"
        paper.line(paper.style(f"  {rest:>8,}  {others}", dim=True))


def _added_dict(added: Added) -> dict[str, Any]:
    return {
        **snapshot_list([added.snapshot])[0],
        "changed": added.changed,
        "new_versions": added.new_versions,
        "read": dict(added.read),
        "ignored": dict(added.ignored),
        "undated": added.undated,
        "doubts": list(added.doubts),
        "quarantined": added.quarantined,
    }


@record_command.command("list", short_help="Show the snapshots of the record.")
@click.option("--all", "every", is_flag=True, help="Show every snapshot, not only the newest of each list.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON: every snapshot.")
def list_command(every: bool, as_json: bool) -> int:
    """Show the lists of the record with the age of their newest snapshot; without any, the starter record answers."""
    store = current_store()
    found = store.snapshots() or current_record().snapshots
    if as_json:
        click.echo(json.dumps(snapshot_list(found), ensure_ascii=False, indent=2))
        return 0
    paper = Paper()
    checked = store.last_checked()
    by_source: dict[str, list[Snapshot]] = {}
    for snapshot in found:
        by_source.setdefault(snapshot.source, []).append(snapshot)
    for snapshots in by_source.values():
        for snapshot in snapshots if every else snapshots[-1:]:
            earlier = f"  and {len(snapshots) - 1:,} since {snapshots[0].snapshot}" if len(snapshots) > 1 else ""
            paper.line(_snapshot_line(snapshot) + ("" if every else earlier))
        if snapshots[-1].source in checked:
            when = f"checked at its publisher {checked[snapshots[-1].source][:16].replace('T', ' ')} UTC"
            paper.line(paper.style(f"{'':<17}{when}", dim=True))
    held_back = store.quarantined()
    if held_back:
        paper.heading("in quarantine, not answered from")
    for item in held_back:
        _print_quarantined(paper, item)
    return 0


def _snapshot_line(snapshot: Snapshot) -> str:
    age = (datetime.date.today() - datetime.date.fromisoformat(snapshot.snapshot)).days
    held = f"{snapshot.entities:>8,} entities  {age:>5,} days old  {snapshot.sha256[:12]}"
    return f"{snapshot.source:<16} {snapshot.snapshot}  {held}"


def _print_quarantined(paper: Paper, item: Quarantined) -> None:
    paper.line(_snapshot_line(item.snapshot))
    for reason in item.reasons:
        paper.wrapped(reason, indent=2, hang=2)
    command = f"cordon record accept {item.snapshot.source} {item.snapshot.snapshot}"
    paper.wrapped(f"{command} takes it in", indent=2, dim=True)


@record_command.command("accept", short_help="Take a quarantined snapshot into the record.")
@click.argument("source", metavar="SOURCE")
@click.argument("day", metavar="DATE")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def accept_command(source: str, day: str, as_json: bool) -> int:
    """Take a snapshot out of quarantine into the record, after looking at why it is there (cordon record list)."""
    store, taken = current_store(), options.day(day, "DATE") or ""
    print_added(accept(store, source, taken), as_json=as_json)
    newest = [one.snapshot for one in store.snapshots() if one.source == source][-1]
    if newest > taken and not as_json:
        Paper().wrapped(f"the snapshot of {newest} is newer and still answers for today", indent=2)
    store.record()
    return 0


@record_command.command("remove", short_help="Take a snapshot out of the answers.")
@click.argument("source", metavar="SOURCE")
@click.argument("day", metavar="DATE")
def remove_command(source: str, day: str) -> int:
    """Take a snapshot out of the answers that should not have been added; its original files are kept."""
    store = current_store()
    store.remove(source, options.day(day, "DATE") or "")
    Paper().line(f"{source} of {day}: no longer answers")
    if store.snapshots():
        store.record()
    return 0


@record_command.command("verify", short_help="Hash everything again.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def verify_command(as_json: bool) -> int:
    """Read everything that is kept, hash it again and say what is not as it was; exit status 1 when anything is not."""
    store = current_store()
    if not store.exists():
        raise RecordError(
            f"nothing is kept in {store.folder}", hint="cordon record add adds a list", code="no-snapshot"
        )
    found = verify(store)
    if as_json:
        click.echo(json.dumps(found._asdict(), ensure_ascii=False, indent=2))
    else:
        paper = Paper()
        for problem in found.problems:
            paper.line(paper.style(printable(problem), fg="red"))
        looked = f"{found.snapshots:,} snapshots, {found.files:,} files, {found.versions:,} versions"
        paper.line(f"{looked}: {f'{len(found.problems)} problems' if found.problems else 'all as they were'}")
    return 1 if found.problems else 0


for _command in (show_command, diff_command, conflicts_command):
    record_command.add_command(_command)
