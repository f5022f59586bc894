"""The view of one page: what is missing, the credit line, the page beside the original, and the evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cccheck.report.html.compare import Original
from cccheck.report.html.safe import begun, cut, slug, to_passage, web_link
from cccheck.report.html.side_by_side import Comparison, side_by_side
from cccheck.report.interface import Interface
from cccheck.report.sentences import told

Row = Mapping[str, Any]
_EVIDENCE, _PASSED = 4, 2  # quotations of one finding; of one that is in order
_EDITS = 100  # differences listed one by one
_QUOTE, _CONTEXT = 500, 120


def page_context(row: Row, blocks: Sequence[Row], work: Row | None, text: Original | None, words: Interface) -> Row:
    """What the template of a page is filled with."""
    comparison = side_by_side(blocks, row["match"], row["findings"], text, words)
    findings = [_finding(finding, row, comparison, words) for finding in row["findings"]]
    _say_once(findings)
    edits = row["match"]["edits"] if row["match"] else []
    title = words.text("page-title", title=work["title"], site=row["site"]) if work else ""
    return {
        "id": row["id"],
        "url": row["url"],
        "site": row["site"],
        "site_file": slug(row["site"]),
        "title": title or words.text("page-title-unknown", site=row["site"]),
        "verdict": row["verdict"],
        "summary": _summary(row, words),
        "detail": "" if row["accepted"] and row["findings"] else cut(row["detail"], 500),
        "accepted": row["accepted"],
        "live": _live(row, blocks),
        "match": row["match"],
        "hint": row["hint"],
        "work_title": work["title"] if work else row["work"],
        "work_file": slug(row["work"]) if row["work"] else "",
        "groups": _groups(findings, words),
        "not_asked": [f for f in findings if f["outcome"] == "inapplicable"],
        "credit_line": row["credit_line"],
        "comparison": comparison,
        "original_known": text is not None,
        "version": row["match"].get("version") if row["match"] else None,
        "corrections": [_edit(edit) for edit in (row["match"] or {}).get("corrections", ())[:_EDITS]],
        "edits": [_edit(edit) for edit in edits[:_EDITS]],
        "more_edits": max(0, len(edits) - _EDITS),
        "captures": [_CAPTURE | capture for capture in row["captures"]],
        "line": row["target"]["line"],
        "extra": row["target"]["extra"],
        "published": row["published"],
        "canonical": row["canonical"],
    }


_CAPTURE: dict[str, Any] = dict.fromkeys(("failure", "detail", "status", "sha256", "record_id", "warc"))


def _summary(row: Row, words: Interface) -> list[str]:
    """What the verdict comes to, in a sentence or two."""
    required = [finding["outcome"] for finding in row["findings"] if finding["level"] == "required"]
    fails, reviews = required.count("fail"), required.count("review")
    said = [words.text("summary-violation", fails)] if fails else []
    said += [words.text("summary-review", reviews)] if reviews else []
    if row["reason"]:
        said.append(f"{begun(words.label('reasons', row['reason']))}.")
    if not said and row["verdict"] == "compliant":
        return [words.text("summary-compliant")]
    return said or [words.label("verdict-says", row["verdict"])]


def _live(row: Row, blocks: Sequence[Row]) -> str | None:
    """The live page, scrolled to where the copy begins."""
    first = next((block["text"] for block in blocks if block.get("copied")), "")
    return to_passage(row["url"], first) or web_link(row["url"])


def _groups(findings: list[dict[str, Any]], words: Interface) -> list[tuple[str, list[dict[str, Any]]]]:
    """Findings under their headings, in the order of attention."""
    required = [f for f in findings if f["level"] == "required"]
    wishes = [f for f in findings if f["level"] != "required" and f["outcome"] in ("fail", "review")]
    passed = [f for f in findings if f["outcome"] == "pass"]
    return [
        (words.text("findings-fail"), [f for f in required if f["outcome"] == "fail"]),
        (words.text("findings-review"), [f for f in required if f["outcome"] == "review"]),
        (words.text("findings-guideline"), wishes),
        (words.text("findings-pass"), passed),
    ]


def _finding(finding: Row, row: Row, comparison: Comparison, words: Interface) -> dict[str, Any]:
    message, language = told(finding, words.language)
    pack, _, anchor = finding["rule"].partition("/")
    remedy = words.translated("remedies", finding["remedy"])
    evidence = _distinct(finding["evidence"])
    most = _PASSED if finding["outcome"] == "pass" else _EVIDENCE
    return {
        "decided": None,  # runs of early versions knew of no decisions
        **finding,
        "message": cut(message, 1_000),
        "language": language,
        "remedy": remedy,
        "clause_link": web_link(finding["clause_url"]),
        "pack": slug(pack),
        "anchor": slug(anchor),
        "evidence": [_evidence(item, row, comparison, words) for item in evidence[:most]],
        "more_evidence": max(0, len(evidence) - most),
    }


def _say_once(findings: list[dict[str, Any]]) -> None:
    """Passages that an earlier finding with the same outcome quotes are not quoted again."""
    first: dict[str, str] = {}
    for finding in sorted(findings, key=lambda f: f["outcome"] == "inapplicable"):
        finding["same_as"] = ""
        if finding["evidence"]:
            passages = f"{finding['outcome']} {[(e['quote'], e['prefix']) for e in finding['evidence']]}"
            finding["same_as"] = first.get(passages, "")
            first.setdefault(passages, finding["check"])
        if finding["same_as"]:
            finding["evidence"], finding["more_evidence"] = [], 0


def _distinct(evidence: list[Row]) -> list[Row]:
    """Evidence once: two parts of a check may have quoted the same."""
    seen: dict[tuple[Any, ...], Row] = {}
    for item in evidence:
        seen.setdefault((item["quote"], item["block"], item["start"], item["resolved"]), item)
    return list(seen.values())


def _evidence(item: Row, row: Row, comparison: Comparison, words: Interface) -> Row:
    goal = item["resolved"] or item["href"]
    seen = item["visible"]
    return {
        "quote": cut(item["quote"], _QUOTE),
        "prefix": item["prefix"][-_CONTEXT:],
        "suffix": item["suffix"][:_CONTEXT],
        "where": words.label("where", item["where"]),
        "hidden": "" if seen == "visible" else words.text(f"seen-as-{seen}"),
        "goal": cut(goal, 200) if goal else "",
        "block": item["block"] if item["block"] in comparison.shown else None,
        "live": to_passage(row["url"], item["quote"]) if seen == "visible" and not item["capture"] else None,
    }


def _edit(edit: Row) -> Row:
    return {
        "kind": edit["kind"],
        "detail": edit.get("detail", ""),
        "words": edit["words"],
        "original": cut(edit["original"]["quote"], _QUOTE),
        "here": cut(edit["copy"]["quote"], _QUOTE) if edit["copy"] else "",
    }
