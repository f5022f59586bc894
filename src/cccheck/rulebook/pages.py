"""The reference pages made from the packs: a page a condition, an index, and the table of all conditions.

`docs/generate.py` writes them; a test holds that what is in `docs/` is what the packs say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cccheck.licenses.tools import data, jurisdictions
from cccheck.rulebook.book import Entry, Pack, Rulebook
from cccheck.rulebook.conditions import Condition, conditions
from cccheck.rulebook.describe import CUTS, DUE, when, words

_MADE = "<!-- Made from rules/ by docs/generate.py: change the packs, not this page. -->\n"
_SPOKESMAN = "cc-by-nc-sa-4.0"  # its words stand for a condition where it has it


def pages(book: Rulebook) -> dict[str, str]:
    """Every page by its path below `docs/`."""
    found = {"coverage.md": _coverage(book), "rules/README.md": _index(book)}
    for name, rows in _by_condition(book).items():
        found[f"rules/{name}.md"] = _page(name, rows)
    return found


def _by_condition(book: Rulebook) -> dict[str, list[tuple[Pack, Entry]]]:
    """Each condition with its row in every pack, the newest versions first."""
    found: dict[str, list[tuple[Pack, Entry]]] = {}
    for pack in sorted(book.packs.values(), key=_newest_first):
        for entry in pack.entries:
            found.setdefault(entry.condition, []).append((pack, entry))
    return found


def _newest_first(pack: Pack) -> tuple[bool, float, str, int, str]:
    license = pack.license
    return (
        license.version is None,
        -float(license.version or 0),
        license.jurisdiction or "",
        len(license.unit),
        license.unit,
    )


def _spokesman(rows: list[tuple[Pack, Entry]]) -> Entry:
    return next((entry for pack, entry in rows if pack.id == _SPOKESMAN), rows[0][1])


# ------------------------------------------------------------------ a page a condition


def _page(name: str, rows: list[tuple[Pack, Entry]]) -> str:
    first = _spokesman(rows)
    decided = f"Decided by the check `{first.rule.check}`." if first.decided else "Decided by no program."
    parts = [_MADE, f"# {first.rule.title}\n", f"Rule `<licence>/{name}`. {decided}\n"]
    if not first.decided:
        parts.append(f"{first.words.get('reason', '')}\n")
    parts += [f"**{heading}.** {text}\n" for heading, text in words(first)]
    parts += _differences(first, rows)
    parts += ["## Licence by licence\n", _table(("licences", "when it is due", "clause"), _clause_rows(rows))]
    return "\n".join(parts)


def _differences(first: Entry, rows: list[tuple[Pack, Entry]]) -> list[str]:
    """Where packs word a condition otherwise: which licences, and how."""
    usual, other = dict(words(first)), dict[tuple[str, str], list[str]]()
    for pack, entry in rows:
        for heading, text in words(entry):
            if usual.get(heading) != text:
                other.setdefault((heading, text), []).append(pack.license.short)
    return [f"For {_listed(names)}: **{heading}.** {text}\n" for (heading, text), names in other.items()]


def _clause_rows(rows: list[tuple[Pack, Entry]]) -> Iterator[tuple[str, ...]]:
    """Licences of one version with the same clause and due are one row; each name links its own clause."""
    grouped: dict[tuple[str | None, str, str, str], list[str]] = {}
    for pack, entry in rows:
        cuts = CUTS.get(str(entry.rule.options.get("cuts")), "") if entry.due != "no" else ""
        due = f"{when(entry)}. {cuts}" if cuts else when(entry)
        key = (pack.license.version, pack.license.jurisdiction or "", due, _number(entry))
        url = entry.rule.clause_url
        grouped.setdefault(key, []).append(f"[{pack.license.short}]({url})" if url else pack.license.short)
    for (_, _, due, number), names in grouped.items():
        yield ", ".join(names), due, number


def _number(entry: Entry) -> str:
    """The clause without the licence's name."""
    before, sign, number = entry.rule.clause.partition("§")
    return f"§{number.removesuffix(')') if before.endswith('text ') else number}" if sign else "—"


# ------------------------------------------------------------------ the index and the table of conditions


def _index(book: Rulebook) -> str:
    rows = _by_condition(book)
    decided = [(name, found) for name, found in rows.items() if _spokesman(found).decided]
    others = [(name, found) for name, found in rows.items() if not _spokesman(found).decided]
    table = ((_link(n, f), f"`{_spokesman(f).rule.check}`", _spokesman(f).words.get("asks", "")) for n, f in decided)
    left = ((_link(n, f), _spokesman(f).words.get("reason", "")) for n, f in others)
    return "\n".join(
        (
            _MADE,
            "# The rules\n",
            "What the licences ask of whoever republishes a text, one page a condition. "
            "`cccheck rule show cc-by-4.0/creator` shows the same for one licence; "
            "[every licence's conditions](../coverage.md) are in one table, and "
            "[what the program judges and what it cannot](../judging.md) has a page of its own.\n",
            "## What a check decides\n",
            _table(("condition", "check", "what it asks"), table),
            "## What no program decides\n",
            "These are conditions too. The program makes no finding of them, for the reason given.\n",
            _table(("condition", "why not"), left),
        )
    )


def _link(name: str, rows: list[tuple[Pack, Entry]]) -> str:
    return f"[{_spokesman(rows).rule.title}]({name}.md)"


def _coverage(book: Rulebook) -> str:
    """Licence × condition: which rule covers it, what decides it, in which clause it stands."""
    parts = [
        _MADE,
        "# Every condition of every licence\n",
        "What each text says of a republisher, the rule that covers it, and what decides it. Names of conditions are "
        "those of `rules/cc/conditions.json`.\n",
    ]
    for title, rows in _chapters():
        parts += [f"## {title}\n", _table(_COVERAGE_HEAD, (_coverage_row(book, condition) for condition in rows))]
    return "\n".join((*parts, *_ports()))


_COVERAGE_HEAD = ("condition", "licences", "due", "rule", "decided by", "clause")


def _chapters() -> Iterator[tuple[str, list[Condition]]]:
    """The conditions by version; those of the retired units and of the public domain apart."""
    found: dict[str, list[Condition]] = {}
    for condition in conditions():
        found.setdefault(_chapter(condition), []).append(condition)
    yield from found.items()


def _chapter(condition: Condition) -> str:
    unit = condition.units[0]
    if unit in ("zero", "mark"):
        return "Public domain"
    if "sampling" in unit or unit == "devnations":
        return "Sampling and Developing Nations"
    return f"Version {condition.version}" + ("" if unit.startswith("by") else ", without attribution")


def _coverage_row(book: Rulebook, condition: Condition) -> tuple[str, ...]:
    entry = covering(book, condition)
    licences = ", ".join(_unit_name(unit) for unit in condition.units)
    clause = f"§{condition.clause}" if condition.clause[:1].isdigit() else condition.clause or "—"
    if entry is None:
        return condition.name, licences, DUE[condition.asked], "—", "nothing: not asked", clause
    rule = f"[{entry.condition}](rules/{entry.condition}.md)"
    decided = f"`{entry.rule.check}`" if entry.decided else "no program"
    return condition.name, licences, DUE[condition.asked], rule, decided, clause


def covering(book: Rulebook, condition: Condition) -> Entry | None:
    """The row that covers a condition; None where none does, which only what is not asked may do without."""
    for pack in book.packs.values():
        license = pack.license
        if license.version == condition.version and license.unit in condition.units and not license.jurisdiction:
            return next((entry for entry in pack.entries if condition.name in entry.covers), None)
    return None


def _unit_name(unit: str) -> str:
    return {"zero": "CC0", "mark": "PDM"}.get(unit, unit.upper() if "sampling" not in unit else unit)


def _ports() -> Iterator[str]:
    yield "## Ports with clause numbers of their own\n"
    yield (
        "The attribution clause of each port that differs from the unported text. All other ports number it alike, and "
        "where a port's numbers are not known, it is cited without one.\n"
    )
    rows = (
        (f"{version} {jurisdictions()[place]}", ", ".join(f"{_unit_name(u)} §{c}" for u, c in units.items()))
        for (version, place), units in ((key.split("/"), units) for key, units in data("ports")["different"].items())
    )
    yield _table(("port", "attribution clause"), rows)
    unknown = data("ports")["unknown"]
    yield "Not known: " + _listed(f"{k.split('/')[0]} {jurisdictions()[k.split('/')[1]]}" for k in unknown) + ".\n"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |\n" for line in lines)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)
