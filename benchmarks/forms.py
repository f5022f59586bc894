"""Labelled republications made of parts: mark-up of sites, ways to give credit, places for it, ways to spoil it.

    python benchmarks/forms.py OUT [--seed 1] [--pages 800]
    python benchmarks/accuracy.py OUT --standard

The parts are data (forms.toml); the texts are those of the examples' works. Writes what `accuracy.py` reads:
`urls.txt`, `works/`, `pages.warc.gz` and `expected.jsonl`. The same seed gives the same pages.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import tomllib
from dataclasses import dataclass, replace
from html import escape
from io import BytesIO
from pathlib import Path
from string import Template
from typing import Any

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

HERE = Path(__file__).resolve().parent
WORKS = HERE.parent / "examples" / "works"
PLACES = ("before", "after", "after", "after", "end")
OUT_OF_SIGHT = ("display:none", "visibility:hidden", "position:absolute;left:-9999px", "font-size:0")
CREDIT = ("author-credit", "publisher-credit", "source-link")
NOTHING = {**dict.fromkeys(CREDIT, "fail"), "license-notice": "fail|review"}
# How a credit is spoilt, and what the checks must then say. None is seven times as frequent as each of the others.
SPOILT: dict[str, dict[str, str]] = {
    "nothing spoilt": dict.fromkeys(CREDIT, "pass"),
    "somebody else named": {"author-credit": "fail", "publisher-credit": "pass|review", "source-link": "pass"},
    "no link": {"author-credit": "pass", "publisher-credit": "pass|review", "source-link": "fail|review"},
    "in a comment": NOTHING,
    "of another article": NOTHING,
    "out of sight": NOTHING,
    "none": NOTHING,
}


@dataclass(frozen=True)
class Parts:
    """A page before it is put together: byline and note as HTML, what is written before and after the text."""

    byline: str
    note: str
    extra: str = ""  # after the article: a comment, a box


class Maker:
    """Makes pages of the parts in forms.toml."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.data: dict[str, Any] = tomllib.loads((HERE / "forms.toml").read_text("utf-8"))
        self.texts = [self._text(path) for path in sorted(WORKS.glob("*.json"))]

    def _text(self, path: Path) -> tuple[str, str]:
        record = json.loads(path.read_text("utf-8"))
        return record["title"], record.get("text") or (WORKS / record["text_file"]).read_text("utf-8")

    def work(self, number: int) -> dict[str, Any]:
        """A work of its own for each page."""
        rng, (title, text) = self.rng, self.rng.choice(self.texts)
        publisher, domain = rng.choice(list(self.data["publishers"].items()))
        names = rng.sample(self.data["authors"], rng.choice((1, 1, 1, 2)))
        return {
            "id": f"w{number:04}",
            "title": title,
            "authors": [{"name": name} for name in names],
            "publisher": {"name": publisher, "url": f"https://{domain}/"},
            "url": f"https://{domain}/2026/02/w{number:04}-story/",
            "license": rng.choice(list(self.data["licenses"])),
            "credit": ["author", "publisher", "link"],
            "published": "2026-02-01",
            "text": text,
        }

    def page(self, work: dict[str, Any], spoilt: str) -> tuple[str, str]:
        """A page that copies the work, and the name of the site's mark-up."""
        credit = self.rng.choice(self.data["credit"])
        values = self._values(work)
        if spoilt == "somebody else named":
            values |= {"authors": self.data["stranger"], "AUTHORS": self.data["stranger"].upper()}
        byline, note = (Template(credit.get(key, "")).substitute(values) for key in ("byline", "note"))
        if spoilt == "no link":
            byline, note = (self._without_link(part, work) for part in (byline, note))
        parts = self._spoil(Parts(byline, note), spoilt, values)
        site = self.rng.choice(list(self.data["sites"]))
        return self._put_together(site, parts, work), site

    def _values(self, work: dict[str, Any]) -> dict[str, str]:
        license, names = self.data["licenses"][work["license"]], [author["name"] for author in work["authors"]]
        authors = " and ".join(names)
        return {
            "authors": authors,
            "AUTHORS": authors.upper(),
            "publisher": escape(work["publisher"]["name"]),
            "url": work["url"],
            "home": work["publisher"]["url"],
            "title": escape(work["title"]),
            "license": license["short"],
            "license_url": license["url"],
            "license_name": license["name"],
        }

    def _without_link(self, html: str, work: dict[str, Any]) -> str:
        for address in (work["url"], work["publisher"]["url"]):
            html = html.replace(f'"{address}', '"/x').replace(address, "our archive")
        return html

    def _spoil(self, parts: Parts, spoilt: str, values: dict[str, str]) -> Parts:
        if spoilt == "none":
            return Parts("", "")
        if spoilt == "in a comment":
            said = f"<p>reader7</p><p>{parts.byline} {parts.note}</p>"
            return Parts("", "", f'<div id="comments"><ol class="comment-list"><li>{said}</li></ol></div>')
        if spoilt == "of another article":
            teaser = Template('<li><a href="${home}2025/01/other/">Another thing</a> by $authors, $publisher</li>')
            box = f'<div class="related-posts"><h3>You may also like</h3><ul>{teaser.substitute(values)}</ul></div>'
            return Parts("", "", box)
        if spoilt == "out of sight":
            style = self.rng.choice(OUT_OF_SIGHT)
            byline = f'<span style="{style}">{parts.byline}</span>' if parts.byline else ""
            return Parts(byline, f'<div style="{style}">{parts.note}</div>')
        frame = Template(self.rng.choice(list(self.data["frames"].values())))
        return replace(parts, note=frame.substitute(credit=parts.note))

    def _put_together(self, site: str, parts: Parts, work: dict[str, Any]) -> str:
        paragraphs = [escape(part) for part in work["text"].split("\n\n") if part.strip()]
        places = dict.fromkeys(("before", "after", "end", "comment"), "")
        places[self.rng.choice(PLACES)] = parts.note
        places["end"] += parts.extra
        number = work["id"][1:]
        return Template(self.data["sites"][site]).safe_substitute(
            places,
            title=escape(work["title"]),
            site="Valley Herald",
            host=f"v{number}.example",
            url=f"https://v{number}.example/2026/03/story/",
            byline=f'<span class="byline">{parts.byline}</span>' if parts.byline else "",
            body=self._among([f"<p>{part}</p>" for part in paragraphs], work),
            lines="<br><br>\n".join(paragraphs),
            boxes="".join(f"<div><span>{part}</span></div>" for part in paragraphs),
        )

    def _among(self, paragraphs: list[str], work: dict[str, Any]) -> str:
        """The paragraphs with what pages put between them."""
        sentences = [escape(sentence) for sentence in re.split(r"(?<=[.])\s", work["text"]) if sentence]
        found = []
        for paragraph in paragraphs:
            found.append(paragraph)
            if self.rng.random() < 0.3:
                item = Template(self.rng.choice(self.data["among"]["items"]))
                found.append(item.safe_substitute(quote=self.rng.choice(sentences)))
        return "\n".join(found)


def write(out: Path, seed: int, pages: int) -> None:
    """The whole folder."""
    maker = Maker(seed)
    ways = ["nothing spoilt"] * 6 + list(SPOILT)
    (out / "works").mkdir(parents=True, exist_ok=True)
    urls, expected = [], []
    with (out / "pages.warc.gz").open("wb") as file:
        warc = WARCWriter(file, gzip=True)
        for number in range(pages):
            work, spoilt = maker.work(number), maker.rng.choice(ways)
            html, site = maker.page(work, spoilt)
            url = f"https://v{work['id'][1:]}.example/2026/03/story/"
            (out / "works" / f"{work['id']}.json").write_text(json.dumps(work, ensure_ascii=False, indent=1), "utf-8")
            head = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
            body = BytesIO(html.encode())
            warc.write_record(warc.create_warc_record(url, "response", payload=body, http_headers=head))
            urls.append(f"{url} {work['id']}\n")
            right = ["compliant"] if spoilt == "nothing spoilt" else ["violation", "review"]
            case = {"url": url, "scenario": f"{spoilt}; {site}", "verdicts": right, "checks": SPOILT[spoilt]}
            expected.append(json.dumps({**case, "open": []}, ensure_ascii=False) + "\n")
    (out / "urls.txt").write_text("".join(urls), "utf-8")
    (out / "expected.jsonl").write_text("".join(expected), "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description="Makes labelled republications of parts.")
    parser.add_argument("out", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pages", type=int, default=800)
    options = parser.parse_args()
    write(options.out, options.seed, options.pages)


if __name__ == "__main__":
    main()
