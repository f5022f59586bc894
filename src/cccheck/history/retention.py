"""What may go: runs and sightings that are older than is wanted, and on which no open case rests."""

from __future__ import annotations

from cccheck.history.store import Store

_ACTIVE = "SELECT copy FROM cases WHERE state IN ('open', 'notified', 'overdue')"


def folders_needed(store: Store) -> set[str]:
    """The folders of the runs in which the evidence of open cases lies: where a violation was first and last seen."""
    rows = store.ask(
        "SELECT DISTINCT r.folder FROM audit a JOIN run r ON r.id IN (a.first_run, a.last_run)"
        f" WHERE a.verdict = 'violation' AND a.copy IN ({_ACTIVE})"
    )
    return {row[0] for row in rows}


def forget(store: Store, before: str, *, dry: bool = False) -> int:
    """Drop the sightings that ended before that time and were followed by others; how many. What is known stays.

    Cases, what was noted with them, and all that was ever seen of a copy with an open case are kept; so are the runs in
    which something that is kept was seen first or last.
    """
    past = (
        "last_seen < ?1 AND id NOT IN (SELECT known FROM page WHERE known IS NOT NULL)"
        " AND id NOT IN (SELECT failing FROM page WHERE failing IS NOT NULL)"
        f" AND (copy IS NULL OR copy NOT IN ({_ACTIVE}))"
    )
    (number,) = store.one(f"SELECT count(*) FROM audit WHERE {past}", before)
    if not dry:
        with store.transaction():
            store.do(f"DELETE FROM record WHERE audit IN (SELECT id FROM audit WHERE {past})", before)
            store.do(f"DELETE FROM audit WHERE {past}", before)
            old = "coalesce(finished, started) < ? AND id < (SELECT max(id) FROM run WHERE finished IS NOT NULL)"
            named = "SELECT first_run FROM audit UNION SELECT last_run FROM audit"  # by them folders are found again
            store.do(f"DELETE FROM run WHERE {old} AND id NOT IN ({named})", before)
        store.shrink()
    return int(number)
