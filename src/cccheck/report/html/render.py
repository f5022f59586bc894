"""Templates → files: autoescaped, strict, compiled once; what may be shown is filtered on its way in."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from cccheck.journal import RunInfo
from cccheck.report.html.safe import begun, clean, cut, web_link
from cccheck.report.interface import Interface

if TYPE_CHECKING:
    from jinja2 import Environment

_WRITERS, _AHEAD = 2, 64  # threads, and files that may wait for them
HERE = Path(__file__).parent
_GLYPHS = {"violation": "✕", "review": "?", "compliant": "✓", "excerpt": "“", "unavailable": "–", "not-a-copy": "∅"}
_GLYPHS |= {"fail": "✕", "pass": "✓", "inapplicable": "–"}


class Renderer:
    """Writes the views of one report, in one language, into its folder. A context manager: at its end all is written.

    Files are written by threads of their own: a system may take as long to make a file as we take to draw it.
    """

    def __init__(self, output: Path, info: RunInfo, words: Interface) -> None:
        self.output, self.words, self._info = output, words, info
        self._writers = ThreadPoolExecutor(_WRITERS)
        self._pending: deque[Future[int]] = deque()

    def __enter__(self) -> Renderer:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._writers.shutdown(cancel_futures=kind is not None)
        if kind is None:
            self.settle()

    def write(self, name: str, template: str, depth: int = 0, **context: Any) -> None:
        """The file `name` from a template; `depth` says how many folders it lies below the report's own.

        Raises OSError for this file or one before it that could not be written.
        """
        text = self._environment.get_template(template).render(context, base="../" * depth, name=name)
        self._pending.append(self._writers.submit((self.output / name).write_bytes, text.encode("utf-8", "replace")))
        self.settle(_AHEAD)

    def settle(self, most: int = 0) -> None:
        """Wait until no more than `most` files are still to be written. Raises OSError."""
        while len(self._pending) > most:
            self._pending.popleft().result()

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
            "begun": begun,
            "badge": lru_cache(maxsize=100)(self._badge),
            "made_by": self._made_by(),
        }

    def _made_by(self) -> str:
        info = self._info
        works, rules = info.corpus_digest[:12], info.rules_digest[:12]
        return self.words.text("made-by", version=info.version, run=info.id, corpus=works, rules=rules)

    def _badge(self, word: str, group: str = "verdicts") -> Markup:
        """A verdict or an outcome as a word with a sign: never by its colour alone."""
        sign, label = _GLYPHS.get(word, ""), self.words.label(group, word)
        template = Markup(
            '<span class="badge v-{}"><span class="sign" aria-hidden="true">{}</span> <span>{}</span></span>'
        )
        return template.format(word, sign, label)
