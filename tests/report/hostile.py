"""A run whose pages and values are as hostile as they come, and its report."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from cccheck.cli import cccheck
from making import paragraphs, work
from scanning import Scans

PAYLOADS = (
    "<script>window.hacked=1</script>",
    "<img src=x onerror=window.hacked=1>",
    "\"><svg onload='window.hacked=1'>",
    "' autofocus onfocus='window.hacked=1",
    "</style><style>main{display:none}</style>",
    "</title></textarea></script><script>window.hacked=1</script>",
    "javascript:window.hacked=1",
    "{{ 7 * 7 }}{% for x in y %}",
    "\u202e\u2066gnihtyna\u202d",
    "W" * 3000,
    "\x00\x1b[31m\ufffe",
)
TEXT = "".join(PAYLOADS)
_KEPT = {
    "id",
    "site",
    "verdict",
    "outcome",
    "level",
    "basis",
    "where",
    "visible",
    "role",
    "tag",
    "mark",
    "kind",
    "rule",
}
_KEPT |= {"reason", "work", "hint", "check", "failure", "origin", "fetched_at", "license"}


def hostile_run(folder: Path) -> tuple[Path, list[str]]:
    """The report's folder, and the ids of its pages."""
    scans = Scans(folder, _pages())
    scans.run()
    out = scans.output
    rows = [json.loads(line) for line in (out / "audits.jsonl").read_text("utf-8").splitlines()]
    for row in rows[:4]:  # of these, whatever may hold a text holds one that is hostile; the last are large
        path = out / "pages" / f"{row['id']}.json"
        path.write_text(json.dumps(poisoned(json.loads(path.read_bytes()))), encoding="utf-8")
    changed = [poisoned(row) if number < 4 else row for number, row in enumerate(rows)]
    (out / "audits.jsonl").write_text("".join(json.dumps(row) + "\n" for row in changed), encoding="utf-8")
    result = CliRunner().invoke(cccheck, ["report", str(out), "--format", "html"])
    assert result.exit_code == 0, result.output
    return out / "html", [row["id"] for row in rows]


def poisoned(value: Any, key: str = "") -> Any:
    """The same with every text replaced that no contract holds to a closed list."""
    if isinstance(value, dict):
        return {name: poisoned(part, name) for name, part in value.items()}
    if isinstance(value, list):
        return [poisoned(part, key) for part in value]
    return TEXT if isinstance(value, str) and key not in _KEPT else value


def _pages() -> dict[str, str]:
    body = "<article><!--text--></article>"
    made = {f"https://hostile{n}.example/a": f"<h1>Ferries</h1>{body}<p>By Maren Oakhollow</p>" for n in range(4)}
    huge = "".join(f"<p>{n} word {'lorem ipsum dolor sit amet ' * 40}</p>" for n in range(5000))  # more than 5 MB
    made["https://huge.example/a"] = f"{body}{huge}"
    made["https://one-block.example/a"] = f"{body}<p>{'x' * 5_000_000}</p>"
    words = " ".join(paragraphs(work())).split()
    altered = " ".join(word if n % 7 else f"{word} {'indeed' * (n % 3)} {n}" for n, word in enumerate(words * 20))
    made["https://many-edits.example/a"] = f"<article><p>{altered}</p></article>{body}"
    made["https://bidi.example/a"] = (
        f"{body}<p>\u202eBy Maren Oakhollow\u202c, first published by The Tidewater Courier</p>"
    )
    return made
