"""A letter as plain text, as HTML, and as a draft that mail programs open (RFC 5322). None of them sends anything."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from html import escape

from cccheck.letters.model import Letter
from cccheck.plain import clean

_URL = re.compile(r"https?://[^\s<>\"“”«»„]+[^\s<>\"“”«»„.,;:!?)\]]")
_ADDRESS = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+")
_PLAIN_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,63}")
_BLOCK = re.compile(r"\n\n+")
_CODE = "    "  # what stands four spaces in is to be pasted, and stays as it is
_PAGE = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<title>{subject}</title>
</head>
<body style="font-family: sans-serif; line-height: 1.5; max-width: 40em">
{body}
</body>
</html>
"""


def as_text(letter: Letter) -> str:
    """The subject, a blank line, the body."""
    return f"{letter.subject}\n\n{letter.text}"


def as_html(letter: Letter) -> str:
    """The body as a page of HTML: all that stands in it is escaped, addresses and clauses are links."""
    body = "\n".join(_blocks(letter))
    return _PAGE.format(language=escape(letter.language), subject=escape(letter.subject), body=body)


def _blocks(letter: Letter) -> Iterator[str]:
    for block in _BLOCK.split(letter.text.strip("\n")):
        lines = block.splitlines()
        if all(line.startswith(_CODE) for line in lines):
            code = "\n".join(escape(line.removeprefix(_CODE)) for line in lines)
            yield f'<pre style="white-space: pre-wrap; background: #f2f2f2; padding: 0.6em">{code}</pre>'
            continue
        yield from _paragraph(lines, letter.addresses)


def _paragraph(lines: list[str], addresses: Mapping[str, str]) -> Iterator[str]:
    """Lines, and the items among them that begin with a hyphen."""
    said = [line for line in lines if not line.startswith("- ")]
    items = [line[2:] for line in lines if line.startswith("- ")]
    if said:
        yield "<p>" + "<br>\n".join(_linked(line, addresses) for line in said) + "</p>"
    if items:
        yield "<ul>\n" + "\n".join(f"<li>{_linked(item, addresses)}</li>" for item in items) + "\n</ul>"


def _linked(line: str, addresses: Mapping[str, str]) -> str:
    """A line with links on web addresses, mail addresses and clauses."""
    clauses = "|".join(re.escape(clause) for clause in sorted(addresses, key=len, reverse=True))
    pattern = re.compile("|".join(filter(None, (_URL.pattern, _ADDRESS.pattern, clauses))))
    parts, end = [], 0
    for found in pattern.finditer(line):
        parts += [escape(line[end : found.start()], quote=False), _link(found[0], addresses)]
        end = found.end()
    return "".join([*parts, escape(line[end:], quote=False)])


def _link(text: str, addresses: Mapping[str, str]) -> str:
    target = addresses.get(text) or (text if text.startswith("http") else f"mailto:{text}")
    return f'<a href="{escape(target)}">{escape(text, quote=False)}</a>'


def as_mail(letter: Letter, *, to: str = "", sender: str = "") -> str:
    """A draft in UTF-8, text and HTML, marked as not sent yet. `to` and `sender` are addresses, or empty.

    No header holds anything but one line. The same letter gives the same bytes.
    """
    from email.message import EmailMessage
    from email.policy import SMTP

    draft = EmailMessage(SMTP)
    for name, address in (("From", sender), ("To", to)):
        if mail_address(address):
            draft[name] = address
    draft["Subject"] = clean(letter.subject)
    draft["X-Unsent"] = "1"  # Outlook opens such a message for editing; other programs show it, ready to be edited
    draft.set_content(letter.text)
    draft.add_alternative(as_html(letter), subtype="html")
    draft.set_boundary(f"=_{sha256(letter.text.encode()).hexdigest()[:32]}")
    return draft.as_string()


def mail_address(text: str) -> bool:
    """Whether a text is one plain mail address, without a name, in ASCII: all that a header gets."""
    return len(text) <= 254 and _PLAIN_ADDRESS.fullmatch(text) is not None


FORMATS = ("txt", "html", "eml")


def written(letter: Letter, form: str, *, to: str = "", sender: str = "") -> bytes:
    """The letter in one of FORMATS, as the bytes of its file."""
    if form == "eml":
        return as_mail(letter, to=to, sender=sender).encode("ascii")
    return (as_html(letter) if form == "html" else as_text(letter)).encode()
