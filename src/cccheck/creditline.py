"""A finished credit line for a work, as HTML and as plain text: what the copy should carry."""

from html import escape

from cccheck.licenses import License
from cccheck.model import CreditLine, Work


def credit_line(work: Work, license: License) -> CreditLine:
    """Title linked to the original, authors, publisher linked, licence linked where it has an address."""
    authors = join_names([author.name for author in work.authors])
    by = f" by {authors}" if authors else ""
    name = "a Creative Commons license" if license.kind == "unspecified" else license.short
    link = f'<a href="{escape(license.url)}" rel="license">{escape(name)}</a>' if license.url else escape(name)
    under = "with permission" if license.kind == "permission" else f"under {link}"
    text_under = "with permission" if license.kind == "permission" else f"under {name}"
    address = f" ({license.url})" if license.url else ""
    html = (
        f'“<a href="{escape(work.url)}">{escape(work.title)}</a>”{escape(by)} was first published by '
        f'<a href="{escape(work.publisher.url)}">{escape(work.publisher.name)}</a> and is republished here {under}.'
    )
    text = (
        f"“{work.title}”{by} was first published by {work.publisher.name} ({work.url}) "
        f"and is republished here {text_under}{address}."
    )
    return CreditLine(html, text)


def join_names(names: list[str], word: str = "and") -> str:
    """`A`, `A and B`, `A, B and C`."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {word} {names[-1]}" if names else ""
