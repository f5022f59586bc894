"""Templates → files: autoescaped, strict, compiled once; what may be shown is filtered on its way in."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from cccheck.journal import RunInfo
from cccheck.report.html.safe import clean, cut, web_link
from cccheck.report.interface import Interface

if TYPE_CHECKING:
    from jinja2 import Environment

HERE = Path(__file__).parent
_GLYPHS = {"violation": "✕", "review": "?", "compliant": "✓", "excerpt": "“", "unavailable": "–", "not-a-copy": "∅"}
_GLYPHS |= {"fail": "✕", "pass": "✓", "inapplicable": "–"}


class Renderer:
    """Writes the views of one report, in one language, into its folder."""

    def __init__(self, output: Path, info: RunInfo, words: Interface) -> None:
        self.output, self.words, self._info = output, words, info

    def write(self, name: str, template: str, depth: int = 0, **context: Any) -> None:
        """The file `name` from a template; `depth` says how many folders it lies below the report's own."""
        text = self._environment.get_template(template).render(context, base="../" * depth, name=name)
        (self.output / name).write_text(text, encoding="utf-8", newline="\n")

    @cached_property
    def _environment(self) -> Environment:
        from jinja2 import Environment, FileSystemLoader, StrictUndefined

        made = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            finalize=clean,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        made.globals.update(self._globals())
        made.filters["t"] = self.words.text  # of a constant: filled in when the template is compiled
        return made

    def _globals(self) -> Mapping[str, Any]:
        words = self.words
        return {
            "t": words.text,
            "count": words.count,
            "label": words.label,
            "date": words.date,
            "moment": words.moment,
            "number": words.number,
            "percent": words.percent,
            "listed": words.listed,
            "language": words.language,
            "direction": words.direction,
            "run": self._info,
            "link": web_link,
            "cut": cut,
            "badge": self._badge,
        }

    def _badge(self, word: str, group: str = "verdicts") -> Markup:
        """A verdict or an outcome as a word with a sign: never by its colour alone."""
        sign, label = _GLYPHS.get(word, ""), self.words.label(group, word)
        template = Markup(
            '<span class="badge v-{}"><span class="sign" aria-hidden="true">{}</span> <span>{}</span></span>'
        )
        return template.format(word, sign, label)
