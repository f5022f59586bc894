"""What each rule asks: a file for each pack that the run was held to, from what the run kept of them."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

from cccheck.journal import RULES
from cccheck.model import SITE_ORDER
from cccheck.report.html.render import Renderer
from cccheck.report.html.safe import slug
from cccheck.report.kept import OF_RULE, read_lines


def write_rules(folder: Path, renderer: Renderer) -> None:
    """Write the views of the rules and the list of them."""
    packs: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for _, rule in read_lines(folder / RULES, OF_RULE):
        pack, _, name = rule["rule"].partition("/")
        packs[pack].append({**rule, "anchor": slug(name)})
    listed = []
    for pack, rules in sorted(packs.items()):
        title = rules[0]["license"] or pack
        rules.sort(key=lambda rule: rule["check"] is None)
        listed.append({"file": slug(pack), "title": title, "rules": len(rules)})
        renderer.write(f"rules/{slug(pack)}.html", "pack.html", 1, title=title, rules=rules)
    renderer.write("rules.html", "rules.html", packs=listed, verdicts=[verdict.value for verdict in SITE_ORDER])
