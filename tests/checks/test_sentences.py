"""What single sentences beside a copy are worth: the groups of `data/sentences.toml`."""

from __future__ import annotations

import tomllib

import pytest

from making import CASES, audit, finding, work

GROUPS = tomllib.loads((CASES.parent / "data" / "sentences.toml").read_text("utf-8"))["group"]
_LICENCE = "https://creativecommons.org/licenses/by/4.0/"
_PAGE = """<!doctype html>
<html lang="en"><head><title>{title} | Harbour Digest</title></head><body>
<nav><a href="/">Harbour Digest</a> <a href="/news">News</a></nav>
<article><h1>{title}</h1>
{above}
<!--text{text}-->
{below}
</article>
{beside}
<footer>© 2026 Harbour Digest. All rights reserved.</footer></body></html>"""


def params():
    for group in GROUPS:
        for sentence in group["sentences"]:
            yield pytest.param(group, sentence, id=f"{group['check']}-{group['outcome']}-{sentence}")


@pytest.mark.parametrize(("group", "sentence"), list(params()))
def test_sentence(group, sentence):
    subject = work(**group.get("work", {}))
    said = {key: group.get(key, "").replace("SENTENCE", sentence) for key in ("above", "below", "beside")}
    text = f" {group['text']}" if "text" in group else ""
    html = _PAGE.format(title=subject.title, text=text, **said)
    result = audit(html.replace("WORK", subject.url).replace("LICENCE", _LICENCE), subject)
    found = finding(result, group["check"])
    assert (found.outcome, found.code) == (group["outcome"], group.get("code", found.code))
    assert found.message != found.code, "no sentence is written for this code"
