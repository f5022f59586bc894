"""Pictures as inline SVG, each with its content in words for those who do not see it."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from cccheck.report.interface import Interface

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


def _stretch(verdict: str, number: str, at: float, width: float) -> Markup:
    """A stretch of the bar: places and widths in per cent, so that it fits any screen and sheet."""
    rect = Markup('<rect class="s-{}" x="{:.2f}%" y="0" width="{:.2f}%" height="40"></rect>')
    drawn = rect.format(verdict, at, max(0.3, width - 0.2))
    if width < max(_LABELLED, 2 * len(number)):
        return drawn
    text = Markup('<text class="s-text" x="{:.2f}%" dx="10" y="26">{}</text>')
    return drawn + text.format(at, number)
