"""Pictures as inline SVG, each with its content in words for those who do not see it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from cccheck.model import SITE_ORDER
from cccheck.report.interface import Interface

_ORDER = [verdict.value for verdict in SITE_ORDER]
_LEAST = 0.6  # per cent of the width: a single page among thousands is still seen
_LABELLED = 6.0  # a stretch this wide has room for its number


def verdict_bar(verdicts: Sequence[tuple[str, int]], words: Interface) -> Markup:
    """One bar, a stretch for each verdict that pages have; empty where none has any."""
    total = sum(n for _, n in verdicts)
    if not total:
        return Markup()
    widths = [max(_LEAST, n / total * 100) for _, n in verdicts]
    scale = 100 / sum(widths)
    said = [words.text("picture-says", label=words.label("verdicts", verdict), n=n) for verdict, n in verdicts]
    parts, at = [], 0.0
    for (verdict, n), width in zip(verdicts, widths, strict=True):
        parts.append(_stretch(verdict, words.number(n), at, width * scale))
        at += width * scale
    template = Markup(
        '<svg class="bar" width="100%" height="40" role="img" aria-labelledby="bar-title bar-desc">'
        '<title id="bar-title">{}</title><desc id="bar-desc">{}</desc>{}</svg>'
    )
    return template.format(words.text("picture-title"), "; ".join(said), Markup("").join(parts))


_COLUMN, _GAP, _TALL = 36, 10, 96  # of the timeline, in pixels


def timeline(runs: Sequence[Mapping[str, Any]], words: Interface) -> Markup:
    """A column for each run, the oldest first: how many pages had which verdict at its end."""
    most = max((sum(run["verdicts"].values()) for run in runs), default=0) or 1
    said, parts = [], []
    for number, run in enumerate(runs):
        verdicts = sorted(run["verdicts"].items(), key=lambda item: _ORDER.index(item[0]))
        found = ", ".join(f"{words.label('verdicts', verdict)} {words.number(n)}" for verdict, n in verdicts)
        said.append(words.text("timeline-run", date=words.date(run["at"]), found=found or words.text("nothing")))
        parts.append(_column(number * (_COLUMN + _GAP), verdicts, most, words.short_date(run["at"])))
    width = len(runs) * (_COLUMN + _GAP)
    template = Markup(
        '<svg class="timeline" width="{0}" height="{1}" viewBox="0 0 {0} {1}" role="img"'
        ' aria-labelledby="timeline-title timeline-desc"><title id="timeline-title">{2}</title>'
        '<desc id="timeline-desc">{3}</desc>{4}</svg>'
    )
    title = words.text("site-timeline")
    return template.format(width, _TALL + 20, title, "; ".join(said), Markup("").join(parts))


def _column(x: int, verdicts: Sequence[tuple[str, int]], most: int, date: str) -> Markup:
    rect = Markup('<rect class="s-{}" x="{}" y="{:.1f}" width="{}" height="{:.1f}"></rect>')
    number = Markup('<text class="s-text" x="{}" y="{:.1f}" text-anchor="middle">{}</text>')
    parts, bottom, middle = [], float(_TALL), x + _COLUMN // 2
    for verdict, n in verdicts:
        height = max(3.0, n / most * (_TALL - 10))
        bottom -= height
        parts.append(rect.format(verdict, x, bottom, _COLUMN, height - 1))
        if height > 16:
            parts.append(number.format(middle, bottom + height / 2 + 4, n))
    foot = Markup(
        '<line x1="{0}" x2="{1}" y1="{2}" y2="{2}"></line><text x="{3}" y="{4}" text-anchor="middle">{5}</text>'
    )
    return Markup("").join(parts) + foot.format(x, x + _COLUMN, _TALL, middle, _TALL + 15, date)


def _stretch(verdict: str, number: str, at: float, width: float) -> Markup:
    """A stretch of the bar: places and widths in per cent, so that it fits any screen and sheet."""
    rect = Markup('<rect class="s-{}" x="{:.2f}%" y="0" width="{:.2f}%" height="40"></rect>')
    drawn = rect.format(verdict, at, max(0.3, width - 0.2))
    if width < max(_LABELLED, 2 * len(number)):
        return drawn
    text = Markup('<text class="s-text" x="{:.2f}%" dx="10" y="26">{}</text>')
    return drawn + text.format(at, number)
