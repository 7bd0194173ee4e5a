"""The ``cordon`` command: its group, its exit statuses, and how errors are told.

0 clear or done, 1 something to look at, 2 wrong use or unreadable input, 3 no record or a stale one, 4 some rows
unreadable, 5 internal, 130 interrupted.
"""

from __future__ import annotations

import difflib
import os
import sys
from collections.abc import Mapping
from importlib import import_module
from typing import ClassVar

import click

from cordon.errors import CordonError

EPILOG = """\b
Exit status: 0 clear or done, 1 something to look at, 2 wrong use or unreadable input,
3 no record or a stale one, 4 some rows unreadable."""


class _Lazy(click.Group):
    """A group that imports a command only when it is called: reading reports costs nothing to those who screen."""

    _places: ClassVar[Mapping[str, str]] = {
        "read": "cordon.cli.read:read_command",
        "record": "cordon.cli.record:record_command",
        "screen": "cordon.cli.screen:screen_command",
    }

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        return sorted(self._places)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return one command."""
        if cmd_name not in self._places:
            return None
        module, _, name = self._places[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that was called, and name the nearest one where there is none."""
        if args and args[0] not in self._places and not args[0].startswith("-"):
            near = difflib.get_close_matches(args[0], self._places, 1)
            hint = f"did you mean {near[0]}?" if near else f"known: {', '.join(self.list_commands(ctx))}"
            raise click.UsageError(f"no such command: {args[0]!r} ({hint})")
        return super().resolve_command(ctx, args)


@click.group(
    cls=_Lazy,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=EPILOG,
    no_args_is_help=True,
)
@click.version_option(package_name="cordon", prog_name="cordon")
def cli() -> None:
    """Tell who in a name, a report or a payment is sanctioned, by whom, since when, how sure that is, and why.

    \b
    Examples:
      cordon screen "Abdullah Mahrabi"
      cordon read examples/drone-factory-report.txt
    """  # noqa: D301 - click wants the backspace itself


def _complain(message: str) -> None:
    click.echo("cordon: " + " ".join(message.split()), err=True)


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit with its status.

    Args:
        arguments: words after ``cordon``; those of the process when None.

    """
    sys.exit(run(sys.argv[1:] if arguments is None else arguments))


def run(arguments: list[str]) -> int:
    """Run the command line and return its exit status; errors become one line on stderr."""
    debug = "--debug" in arguments
    try:
        status = cli.main([word for word in arguments if word != "--debug"], prog_name="cordon", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except click.exceptions.NoArgsIsHelpError as helping:
        click.echo(helping.format_message(), err=True)
        return 2
    except click.ClickException as error:
        _complain(error.format_message())
        return 2
    except CordonError as error:
        if debug:
            raise
        _complain(str(error))
        return error.exit_status
    except click.Abort:
        return 130
    except BrokenPipeError:
        # The reader went away; nothing more can be said, and Python must not try again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        if debug:
            raise
        _complain(f"internal error: {type(error).__name__}: {error}; run again with --debug and report it")
        return 5
    return status if isinstance(status, int) else 0
