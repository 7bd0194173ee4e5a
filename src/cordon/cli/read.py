"""``cordon read``: one or more reports into checked dossiers."""

from __future__ import annotations

import datetime
import json
import sys
from pathlib import Path

import click
import msgspec

from cordon.cli import options
from cordon.cli.dossier import print_dossier
from cordon.errors import InputError
from cordon.record import current_record
from cordon.reports import Document, Dossier, load_document, read
from cordon.reports.dossier import dossier_dict
from cordon.reports.page import page
from cordon.screening import policy_named


@click.command("read", short_help="Take a report apart and hold its claims against the record.")
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("--as-of", metavar="DATE", help="Use only what the record knew on this day (YYYY-MM-DD).")
@click.option("--published", metavar="DATE", help="Date of the report, where its text does not tell.")
@options.policy_option
@click.option(
    "--json", "as_json", is_flag=True, help="Print JSON instead of the dossier: an object, or a list for several files."
)
@click.option("--with-text", is_flag=True, help="With --json: include the text that offsets refer to.")
@click.option("--html", "html_out", metavar="OUT.html", help="Also write the dossier as one self-contained page.")
def read_command(
    files: tuple[str, ...],
    as_of: str | None,
    published: str | None,
    policy_name: str,
    as_json: bool,
    with_text: bool,
    html_out: str | None,
) -> int:
    """Take reports apart (text or HTML; - reads standard input) and hold their claims against the record.

    \b
    Examples:
      cordon read examples/drone-factory-report.txt
      cordon read report.html --html dossier.html --json
    """  # noqa: D301 - click wants the backspace itself
    day = options.day(as_of, "--as-of")
    dated = options.day(published, "--published")
    policy = policy_named(policy_name)
    if html_out is not None and len(files) > 1:
        raise InputError("--html takes one report at a time", hint="run it once per report", code="usage")
    documents = [_dated(_load(name), dated) for name in files]
    record = current_record(day)
    dossiers = [read(document, record, policy=policy, as_of=day) for document in documents]
    if html_out is not None:
        _write(html_out, page(dossiers[0]))
    if as_json:
        told = [dossier_dict(dossier, with_text=with_text) for dossier in dossiers]
        click.echo(json.dumps(told[0] if len(told) == 1 else told, ensure_ascii=False, indent=2))
    else:
        today = day or datetime.date.today().isoformat()
        for number, dossier in enumerate(dossiers):
            if number:
                click.echo()
            print_dossier(dossier, today)
    if html_out is not None:
        click.echo(f"cordon: wrote {html_out}", err=True)
    return _status(dossiers)


def _status(dossiers: list[Dossier]) -> int:
    return 1 if any(dossier.to_look_at for dossier in dossiers) else 0


def _load(name: str) -> Document:
    if name == "-":
        return load_document(sys.stdin.buffer.read(), name="standard input")
    path = Path(name)
    try:
        return load_document(path.read_bytes(), name=name)
    except FileNotFoundError:
        raise InputError(f"{name}: no such file", hint="check the path", code="no-such-file", file=name) from None
    except IsADirectoryError:
        raise InputError(f"{name}: is a folder", hint="give a file", code="not-a-file", file=name) from None
    except OSError as error:
        raise InputError(f"{name}: cannot be read: {error.strerror}", code="unreadable-file", file=name) from error


def _dated(document: Document, published: str | None) -> Document:
    return document if published is None else msgspec.structs.replace(document, published=published)


def _write(name: str, text: str) -> None:
    try:
        Path(name).write_text(text, encoding="utf-8")
    except OSError as error:
        raise InputError(f"{name}: cannot be written: {error.strerror}", code="unwritable-file", file=name) from error
