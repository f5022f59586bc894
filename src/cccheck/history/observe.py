"""From a page's record, as the journal holds it, to what the history keeps of it. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from cccheck.addresses import boil_plain
from cccheck.decisions import captured
from cccheck.history.model import GONE_REASONS
from cccheck.licenses import parse_license
from cccheck.model import Verdict

_COPIES = frozenset({Verdict.COMPLIANT, Verdict.VIOLATION, Verdict.REVIEW, Verdict.EXCERPT})
_TO_DO = frozenset({Verdict.VIOLATION, Verdict.REVIEW})
_PAGED = ("/page/", "/seite/", "/pagina/")

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Observed:
    """One page in one run. `digest` names what is said of it: while that is the same, nothing new is stored.

    `keep`: the whole record is kept,
    because somebody has to act on it.
    """

    verdict: str
    reason: str | None
    work: str | None
    missing: str
    unsure: str
    accepted: str | None
    decided: str
    digest: bytes
    shown: str
    at: str
    copy: bool
    unreachable: bool
    keep: bool


def observe(row: Row) -> Observed:
    """What a record says."""
    verdict, reason = row["verdict"], row["reason"]
    unreachable = verdict == Verdict.UNAVAILABLE and reason not in GONE_REASONS
    required = [f for f in row["findings"] if f["level"] == "required"]
    missing = _pairs(required, "fail")
    unsure = _pairs(required, "review") if verdict != Verdict.UNAVAILABLE else "[]"
    decided = _compact([f["rule"] for f in row["findings"] if "decided" in f])
    is_copy = verdict in _COPIES and row["work"] is not None
    return Observed(
        verdict=verdict,
        reason=reason,
        work=row["work"],
        missing=missing,
        unsure=unsure,
        accepted=row["accepted"],
        decided=decided,
        digest=_digest(row, missing, unsure, decided, unreachable),
        shown=row.get("shown") or captured(row),
        at=row["captures"][0]["fetched_at"],
        copy=is_copy,
        unreachable=unreachable,
        keep=verdict in _TO_DO or decided != "[]",
    )


def _pairs(findings: list[Row], outcome: str) -> str:
    return _compact([[f["rule"], f["check"]] for f in findings if f["outcome"] == outcome])


_compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _digest(row: Row, missing: str, unsure: str, decided: str, unreachable: bool) -> bytes:
    """Of what is said of the page, not of where on it that stands. Failures are one, whatever their reason."""
    if unreachable:
        return b"unreachable"
    codes = sorted((f["rule"], f["outcome"], f["code"]) for f in row["findings"])
    said = [row["verdict"], row["reason"], row["work"], row["accepted"], missing, unsure, decided, codes]
    return sha256(_compact(said).encode("utf-8", "replace")).digest()[:12]


# ------------------------------------------------------------------ which pages are one copy


def names_of(row: Row) -> tuple[str, ...]:
    """What the page has in common with other addresses of the same copy.

    The canonical address, if it is on the page's own host, the page's own address, and the copied text.
    """
    own = boil_plain(row["final_url"])
    addresses = [own] if own else []
    if own and row["canonical"] and row["canonical"] != row["final_url"]:
        canonical = boil_plain(row["canonical"])
        addresses += [canonical] if canonical and canonical.host == own.host and canonical.path else []
    found = [f"url {_unpaged(a.host + a.path)} {a.query or ''}" for a in addresses]
    return tuple(dict.fromkeys([*found, *_text_name(row)]))


def _unpaged(address: str) -> str:
    """Without the number of a further page of the same article."""
    for mark in _PAGED:
        head, found, number = address.rpartition(mark)
        if found and number.isdecimal():
            return head
    return address


def _text_name(row: Row) -> list[str]:
    """The copied text, named by what was cut and altered: the original and these give the copy."""
    match = row["match"]
    if not match or row["verdict"] == Verdict.EXCERPT:
        return []
    edits = [
        (e["kind"], e["original"]["start"], e["original"]["end"], (e["copy"] or {}).get("quote", ""))
        for e in match["edits"]
        if e["kind"] != "added"
    ]
    return ["text " + sha256(_compact(edits).encode("utf-8", "replace")).hexdigest()[:24]]


def license_of(row: Row) -> str | None:
    """The licence that a record was judged under: its rules are named after it (`cc-by-4.0/creator`)."""
    heads = dict.fromkeys(f["rule"].partition("/")[0] for f in row["findings"])
    return next((head.upper() for head in heads if parse_license(head)), None)
