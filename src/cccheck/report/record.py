"""PageAudit → the plain data that the journal and every report are made of."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from cccheck.model import KIND_ORDER, Block, Edit, Evidence, Finding, Match, PageAudit

_MAX_EDITS = 200


def page_id(url: str, work: str | None) -> str:
    """A name for (URL, work) that is the same in every run."""
    return sha256(f"{url}\n{work or ''}".encode()).hexdigest()[:16]


def audit_id(audit: PageAudit) -> str:
    """The audit's own name: of (URL, hint); of a further work on the page, of (URL, hint, work)."""
    hint = audit.target.hint
    return page_id(audit.url, hint if audit.beside is None else f"{hint or ''}+{audit.work}")


def page_record(audit: PageAudit, site: str, folder: Path | None = None) -> dict[str, Any]:
    """One page as the report holds it; `site` goes first, for the journal. WARC files are named from `folder`."""
    target = audit.target
    further = {} if audit.beside is None else {"beside": audit.beside}
    return {
        "site": site,
        "id": audit_id(audit),
        "url": audit.url,
        "final_url": audit.final_url,
        "target": {"line": target.line, "extra": dict(target.extra)},
        "hint": target.hint,
        "work": audit.work,
        **further,
        "verdict": audit.verdict.value,
        "reason": audit.reason.value if audit.reason else None,
        "detail": audit.detail,
        "accepted": audit.accepted,
        "canonical": audit.canonical,
        "published": audit.published,
        "found": audit.found,
        "shown": audit.shown,
        "captures": [_capture(capture, folder) for capture in audit.captures],
        "match": _match(audit.match) if audit.match else None,
        "credit_line": {"html": audit.credit_line.html, "text": audit.credit_line.text} if audit.credit_line else None,
        "findings": [_finding(finding) for finding in audit.findings],
    }


def _capture(capture: Mapping[str, Any], folder: Path | None) -> dict[str, Any]:
    warc = capture.get("warc")
    return {**capture, "warc": os.path.relpath(warc, folder) if warc and folder else warc}


def page_texts(audit: PageAudit) -> dict[str, Any]:
    """The page's text blocks, so that a report can be drawn later without auditing again."""
    return {
        "id": audit_id(audit),
        "url": audit.url,
        "work": audit.work,
        "blocks": [_block(block, audit.match) for block in audit.blocks],
    }


def _block(block: Block, match: Match | None) -> dict[str, Any]:
    row: dict[str, Any] = {"index": block.index, "tag": block.tag, "text": block.text, "visible": block.visible}
    if block.hidden_by:
        row["hidden_by"] = block.hidden_by
    if match is None:
        return row
    if block.index in match.body:
        row["mark"] = match.body[block.index]
    if spans := match.copied.get(block.index):
        row["copied"] = [list(span) for span in spans]
    return row


def _match(match: Match) -> dict[str, Any]:
    return {
        "containment": match.containment,
        "page_share": match.page_share,
        "words_work": match.words_work,
        "words_copied": match.words_copied,
        "words_added": match.words_added,
        "words_cut": match.words_cut,
        "words_altered": match.words_altered,
        "hint_missed": match.hint_missed,
        "tied": list(match.tied),
        "candidates": [{"work": c.work, "containment": c.containment} for c in match.candidates],
        "edits": [_edit(edit) for edit in _weightiest(match.edits)],
        "version": match.version,
        "corrections": [_edit(edit) for edit in _weightiest(match.corrections)],
    }


def _weightiest(edits: Sequence[Edit]) -> Sequence[Edit]:
    """At most so many as a report holds, the gravest kept, in the order of the original."""
    if len(edits) <= _MAX_EDITS:
        return edits
    kept = sorted(edits, key=lambda edit: (KIND_ORDER.index(edit.kind), -edit.words))[:_MAX_EDITS]
    return sorted(kept, key=lambda edit: edit.original_start)


def _edit(edit: Edit) -> dict[str, Any]:
    copy: Mapping[str, Any] | None = None
    if edit.copy is not None:
        place = edit.copy
        copy = {"block": place.block, "start": place.start, "end": place.end, "quote": place.quote}
    original = {"start": edit.original_start, "end": edit.original_end, "quote": edit.original_quote}
    return {"kind": edit.kind, "detail": edit.detail, "words": edit.words, "original": original, "copy": copy}


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "check": finding.check,
        "level": finding.level,
        "basis": finding.basis,
        "outcome": finding.outcome.value,
        "code": finding.code,
        "params": dict(finding.params),
        "title": finding.title,
        "message": finding.message,
        "clause": finding.clause,
        "clause_url": finding.clause_url,
        "origin": finding.origin,
        "remedy": finding.remedy,
        "evidence": [_evidence(item) for item in finding.evidence],
    }


def _evidence(item: Evidence) -> dict[str, Any]:
    return {
        "quote": item.quote[:1000],
        "prefix": item.prefix,
        "suffix": item.suffix,
        "where": item.where,
        "visible": item.visible,
        "hidden_by": item.hidden_by,
        "capture": item.capture,
        "block": item.block,
        "start": item.start,
        "end": item.end,
        "selector": item.selector,
        "href": item.href,
        "resolved": item.resolved,
    }
