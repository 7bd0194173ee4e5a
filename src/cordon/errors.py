"""Every error Cordon raises on purpose; nothing else lives here.

::

    CordonError
    |-- InputError      the caller's words or file cannot be used      exit 2
    |-- RecordError     no record, an empty one, or one too old        exit 3
    `-- RowError        some rows of a table could not be read         exit 4

A message says what happened, to which value or place, and what to do next. ``code`` is stable: programs may
branch on it.
"""

from __future__ import annotations

from typing import ClassVar


class CordonError(Exception):
    """Something Cordon cannot do, told in one sentence for the person at the keyboard.

    Args:
        message: what happened and where.
        hint: what to do next, without a trailing full stop; empty when there is nothing to add.
        code: stable identifier in kebab case, for programs.
        context: the values behind the message.

    """

    exit_status: ClassVar[int] = 5
    default_code: ClassVar[str] = "internal"

    def __init__(self, message: str, *, hint: str = "", code: str = "", **context: object) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.code = code or self.default_code
        self.context = context

    def __str__(self) -> str:
        return f"{self.message} ({self.hint})" if self.hint else self.message


class InputError(CordonError):
    """A file, value or option that cannot be used as given."""

    exit_status = 2
    default_code = "bad-input"


class RecordError(CordonError):
    """There is no record to screen against, it is empty, or it is older than the policy allows."""

    exit_status = 3
    default_code = "no-record"


class RowError(CordonError):
    """Some rows of a table could not be read; the others were."""

    exit_status = 4
    default_code = "unreadable-rows"
