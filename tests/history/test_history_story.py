"""A story over six scans, days apart: pages on a real server change between them, and what is said is held as text.

`story/*.txt` are meant to be read, in their order: each says what happened in the world, then the commands and what
they printed. To accept a change, look at the difference and run this file with the environment variable STORY=write.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from cccheck.scan import open_data
from making import WORKS
from running import CONTACT, Desk, Web, page, web

GOLDEN = Path(__file__).parent / "story"
HOST = "https://tidewatercourier.example"
LINK = f'<a href="{HOST}/2024/03/night-ferries">The Tidewater Courier</a>'
LICENCE = '<a href="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</a>'


def copy(credit: str, text: str = "<!--text-->", head: str = "") -> str:
    """A page that carries the article with this line of credit."""
    return page(f"{head}<h1>The Night Ferries of Marrow Bay</h1><article>{text}<p>{credit}</p></article>")


FULL = f"By Maren Oakhollow. First published by {LINK} under {LICENCE}."
NO_AUTHOR = f"First published by {LINK} under {LICENCE}."
NOTHING = "Have a good evening."
INITIAL = f"By M. Oakhollow. First published by {LINK} under {LICENCE}."
NO_LICENCE = f"By Maren Oakhollow. First published by {LINK}."
OTHER = page("<p>There was a regatta in the bay on Sunday, and everybody came to see the boats and to eat fish.</p>")
AMP = '<link rel="canonical" href="http://harbour-digest.example/ferries">'
GONE = ("404 Not Found", {}, "<title>Not found</title><p>Nothing here.</p>")
DOWN = ("500 Internal Server Error", {}, "out of order")

URLS = [
    "http://harbour-digest.example/ferries",
    "http://harbour-digest.example/ferries/amp",
    "http://lighthouse-news.example/ferries",
    "http://stubborn-times.example/boats",
    "http://vanishing-post.example/ferries",
    "http://shaky-server.example/ferries",
    "http://initial-review.example/ferries",
    "http://terse-tribune.example/ferries",
]
LATE = "http://late-courier.example/ferries"

STEPS = {
    "1 the first look": (
        "2026-11-01",
        """Eight addresses are on the list. harbour-digest leaves out the author, on its page and on its AMP page;
        stubborn-times and vanishing-post give no credit at all; initial-review writes “M. Oakhollow”; terse-tribune
        names no licence; the others are in order.""",
        {
            "http://harbour-digest.example/ferries": copy(NO_AUTHOR),
            "http://harbour-digest.example/ferries/amp": copy(NO_AUTHOR, head=AMP),
            "http://lighthouse-news.example/ferries": copy(FULL),
            "http://stubborn-times.example/boats": copy(NOTHING),
            "http://vanishing-post.example/ferries": copy(NOTHING),
            "http://shaky-server.example/ferries": copy(FULL),
            "http://initial-review.example/ferries": copy(INITIAL),
            "http://terse-tribune.example/ferries": copy(NO_LICENCE),
        },
        ["scan", "case list", "case show 1", "letter stubborn-times.example"],
    ),
    "2 a day later": (
        "2026-11-02",
        """Nothing was mended; every page now carries another advertisement. shaky-server does not answer. A person
        looks at initial-review and says that the initial is enough; notices go to harbour-digest and stubborn-times.""",
        {"http://shaky-server.example/ferries": DOWN},
        [
            "scan",
            "case show 1",
            "letter harbour-digest.example",
            "letter stubborn-times.example --lang de",
            "case notify 1 --on 2026-11-02 --note by-mail",
            "case notify 2",
            "decide http://initial-review.example/ferries --rule author-credit pass --why initials-are-enough",
            "case list",
        ],
    ),
    "3 credit is added and removed": (
        "2026-11-03",
        """harbour-digest adds the author on both pages. lighthouse-news drops its credit. vanishing-post is 404. A new
        address is on the list: late-courier, without a credit. shaky-server still does not answer.""",
        {
            "http://harbour-digest.example/ferries": copy(FULL),
            "http://harbour-digest.example/ferries/amp": copy(FULL, head=AMP),
            "http://lighthouse-news.example/ferries": copy(NOTHING),
            "http://vanishing-post.example/ferries": GONE,
            LATE: copy(NOTHING),
        },
        ["scan", "case list --all", "history harbour-digest.example", "letter harbour-digest.example"],
    ),
    "4 gone, altered, down": (
        "2026-11-05",
        """vanishing-post is still 404. lighthouse-news has its credit again, but no author. late-courier has put another
        article in the place of ours. shaky-server fails for the third time. initial-review writes its credit anew, so
        what was decided of the old one does not hold any more.""",
        {
            "http://lighthouse-news.example/ferries": copy(NO_AUTHOR),
            LATE: OTHER,
            "http://initial-review.example/ferries": copy(f"{INITIAL} Edited by our night desk."),
        },
        ["scan", "case list --all", "history shaky-server.example"],
    ),
    "5 the record of the work changes": (
        "2026-11-06",
        """Nothing changes in the world. But the newsroom has written into the record of the work that a copy has to
        name the licence, and that “M. Oakhollow” is the author too. Two pages are judged otherwise for that.""",
        {},
        ["scan", "diff 4 5", "case list", "history terse-tribune.example"],
    ),
    "6 four weeks later": (
        "2026-12-04",
        """stubborn-times has not moved, and its time is over. vanishing-post is back, still without credit.
        lighthouse-news is in order, shaky-server answers again, late-courier shows our article, with full credit.""",
        {
            "http://vanishing-post.example/ferries": copy(NOTHING),
            "http://lighthouse-news.example/ferries": copy(FULL),
            "http://shaky-server.example/ferries": copy(FULL),
            LATE: copy(FULL),
        },
        ["scan", "case list --all", "case show 2", "case show 3", "history", "diff 1 6", "letter --all"],
    ),
}


class Newsroom:
    """The list, the works and the settings of the story, and the commands given there on a certain day."""

    def __init__(self, folder: Path, net: Web) -> None:
        self.desk, self.net = Desk(folder, net), net
        shutil.copytree(WORKS, folder / "works")
        (folder / "urls.txt").write_text("".join(f"{url}\n" for url in URLS))
        settings = f'contact = "{CONTACT}"\nurls = "urls.txt"\ndelay = 0\n'
        (folder / "cccheck.toml").write_text(settings)

    def add(self, url: str) -> None:
        with (self.desk.folder / "urls.txt").open("a") as file:
            file.write(f"{url}\n")

    def rewrite_record(self) -> None:
        open_data.cache_clear()  # a scan of its own would read the folder anew
        path = self.desk.folder / "works" / "night-ferries.json"
        record = json.loads(path.read_text("utf-8"))
        record["credit"].append("license")
        record["authors"][0]["aliases"] = ["M. Oakhollow"]
        path.write_text(json.dumps(record), "utf-8")

    def told(self, command: str, day: str) -> Iterator[str]:
        """The command and what it printed."""
        words = command.split()
        scan = ["--changed-only", "--fail-on", "new"] if words[0] == "scan" else []
        clock = ["--now", f"{day}T07:00:00Z"] if words[0] in ("scan", "case", "decide", "letter") else []
        result = self.desk.here(*words, *scan, *clock)
        yield f"$ cccheck {' '.join([*words, *scan])}"
        yield from result.output.splitlines()
        yield f"(exit status {result.exit_code})" if words[0] == "scan" else ""
        yield ""


@pytest.fixture
def newsroom(tmp_path: Path) -> Iterator[Newsroom]:
    with web({}) as net:
        yield Newsroom(tmp_path / "newsroom", net)


def with_another_advertisement(body: object, day: str) -> object:
    """Pages are never the same bytes twice."""
    return body.replace("</html>", f"<div class='ad'>Offer of {day}</div></html>") if isinstance(body, str) else body


def test_the_story(newsroom, monkeypatch):
    for number, (title, (day, happened, world, commands)) in enumerate(STEPS.items(), 1):
        monkeypatch.setattr("cccheck.fetch.transport.utc_now", lambda day=day: f"{day}T06:00:00Z")
        newsroom.net.pages |= world
        for url, body in list(newsroom.net.pages.items()):
            newsroom.net.pages[url] = with_another_advertisement(body, day)
        if number == 3:
            newsroom.add(LATE)
        if number == 5:
            newsroom.rewrite_record()
        lines = [f"{day}: {title[2:]}", "", *(line.strip() for line in happened.splitlines()), ""]
        for command in commands:
            lines += newsroom.told(command, day)
        text = "\n".join(lines).rstrip() + "\n"
        path = GOLDEN / f"{title.replace(' ', '-').replace(',', '')}.txt"
        if os.environ.get("STORY") == "write":
            path.write_text(text, "utf-8")
        assert text == path.read_text("utf-8")
