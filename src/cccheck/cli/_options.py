"""Options that several commands share, and the settings they lead to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from cccheck.cli._complete import complete_runs
from cccheck.config import Config, load_config

F = TypeVar("F", bound=Callable[..., Any])

_FILE = click.Path(path_type=Path, dir_okay=False, exists=True)
_FOLDER = click.Path(path_type=Path, file_okay=False)


def config_option(command: F) -> F:
    """`--config FILE`, passed on as `config_file`."""
    text = "Settings; without it the nearest cccheck.toml upwards."
    return click.option("--config", "config_file", metavar="FILE", type=_FILE, help=text)(command)


def works_option(command: F) -> F:
    """`--works DIR`, passed on as `works`."""
    text = "The folder of work records; without it `works` of cccheck.toml, else ./works."
    return click.option("--works", metavar="DIR", type=_FOLDER, help=text)(command)


def rules_option(text: str) -> Callable[[F], F]:
    """`--rules DIR`, any number of times, passed on as `folders`; `text` says what is in them."""
    kind = click.Path(exists=True, file_okay=False, path_type=Path)
    return click.option("--rules", "folders", metavar="DIR", multiple=True, type=kind, help=text)


def run_argument(command: F) -> F:
    """`RUN`, passed on as `run`; the shell completes it with the runs that are there."""
    return click.argument("run", metavar="RUN", shell_complete=complete_runs)(command)


def settings(config_file: Path | None, **options: Any) -> Config:
    """What holds: the options that were given, over the environment, over the file."""
    return load_config(config_file).with_options(**options)


def rule_folders(given: tuple[Path, ...]) -> tuple[Path, ...]:
    """The folders of rules that were named, else that of the settings."""
    return given or load_config().rule_folders


def language_option(command: F) -> F:
    """`--lang LANG`, passed on as `lang`: the language of the reports that people read."""
    from cccheck.report.interface import DEFAULT_LANGUAGE, languages

    text = f"Language of the HTML report: {', '.join(languages())} (default: {DEFAULT_LANGUAGE})."
    kind = click.Choice(languages())
    return click.option("--lang", metavar="LANG", type=kind, default=DEFAULT_LANGUAGE, help=text)(command)


def format_option(more: str = "") -> Callable[[F], F]:
    """`--format NAME`, any number of times, passed on as `formats`; `more` is said in its help."""
    from cccheck.report.formats import FORMATS, purposes

    text = " ".join(filter(None, (f"Report to write, any number of times: {purposes()}.", more)))
    return click.option("--format", "formats", multiple=True, type=click.Choice(list(FORMATS)), help=text)
