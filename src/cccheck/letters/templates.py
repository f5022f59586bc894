"""The letters' templates: a team's own folder first, then those of the program. Jinja2 in its sandbox."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cccheck.data import rules_dir
from cccheck.errors import DataError
from cccheck.plain import clean, whole

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment

SUFFIX = ".txt.j2"


def render(variant: str, language: str, values: Mapping[str, Any], own: Path | None = None) -> tuple[str, str]:
    """A letter's subject and body: the template `<variant>.txt.j2` with the values.

    Looked for in `own/<language>`, `own`, and the program's folder of that language, each part for itself. Raises
    DataError with the file and the line for a template that cannot be used.
    """
    from jinja2 import TemplateError

    wrong = (TemplateError, ArithmeticError, LookupError, TypeError, ValueError, OSError, RecursionError, MemoryError)
    try:
        template = _environment(language, own).get_template(f"{variant}{SUFFIX}")
        rendered = template.render(values)
    except wrong as error:
        raise _unusable(error, _folders(language, own)[-1] / f"{variant}{SUFFIX}") from None
    subject, body = _split(whole(rendered))
    if not subject:
        raise DataError(template.filename, "", "gives no subject", "begin it with a line such as `Subject: The credit`")
    return subject, body


def _folders(language: str, own: Path | None) -> list[Path]:
    return [*([own / language, own] if own else []), rules_dir() / "letters" / language]


@cache
def _environment(language: str, own: Path | None) -> SandboxedEnvironment:
    """Jinja2 for a language; templates are read once and again when they have changed."""
    from jinja2 import ChoiceLoader, FileSystemLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    return ImmutableSandboxedEnvironment(
        loader=ChoiceLoader([FileSystemLoader(folder) for folder in _folders(language, own)]),
        undefined=StrictUndefined,
        autoescape=False,  # what is made is plain text; the HTML is made from that, with everything escaped
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _split(rendered: str) -> tuple[str, str]:
    """The subject (the first line that begins with `Subject:`) and the body, its blank lines in order."""
    lines = [line.rstrip() for line in rendered.strip().splitlines()]
    at = next((n for n, line in enumerate(lines) if line.lower().startswith("subject:")), None)
    subject = "" if at is None else clean(lines.pop(at).partition(":")[2]).strip()
    return subject, re.sub(r"\n{3,}", "\n\n", "\n".join(lines).strip()) + "\n"


def _unusable(error: Exception, asked: Path) -> DataError:
    """Where a template is wrong, as far as Jinja2 says."""
    file, line = getattr(error, "filename", None), getattr(error, "lineno", None)
    trace = error.__traceback__
    while trace is not None:  # a template that fails while it is filled in stands in the trace by its file
        name = trace.tb_frame.f_code.co_filename
        if name.endswith(SUFFIX):
            file, line = name, trace.tb_lineno
        trace = trace.tb_next
    mend = "mend the template, or take it away: then the program's own is used"
    what = " ".join(str(error).split()) or type(error).__name__
    return DataError(file or asked, f"line {line}" if line else "", what, mend)
