"""What is wrong with a command as it was typed, in the language of its reader."""

from __future__ import annotations

from pathlib import Path

import click

from salur.cli.language import say


def usage_in_words(error: click.UsageError) -> click.UsageError:
    """The same error in our words; what click alone finds wrong with a value stays as click says it."""
    param = error.param if isinstance(error, click.BadParameter) else None
    if isinstance(error, click.NoSuchOption):
        told = say("Tidak ada pilihan {nama}.", nama=error.option_name)
    elif param is None:
        return error
    elif isinstance(error, click.MissingParameter):
        told = say("{nama} belum diisi.", nama=param.get_error_hint(error.ctx))
    else:
        told = say("{nama}: {salah}", nama=param.get_error_hint(error.ctx), salah=error.message)
    return click.UsageError(told, error.ctx)


class ExistingFile(click.ParamType[Path]):
    """A file that is there."""

    name = "FILE"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Its path."""
        path = Path(str(value))
        if not path.is_file():
            self.fail(say("Tidak ada berkas {file}.", file=str(path)), param, ctx)
        return path
