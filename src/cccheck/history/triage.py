"""Cases in the order of the harm that they do: their records weighed, see `cccheck.harm`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from cccheck.harm import Harm, harm
from cccheck.history.model import ACTIVE, Case, State
from cccheck.history.read import cases, evidence
from cccheck.history.store import Store


def by_harm(store: Store, found: Iterable[Case]) -> list[tuple[Case, Harm]]:
    """Each case with its weight, the heaviest first, then by number. A case whose record was dropped weighs nothing."""
    on_site = Counter(case.copy.site for case in cases(store, states=ACTIVE))
    weighed = [(case, _weight(store, case, on_site[case.copy.site])) for case in found]
    return sorted(weighed, key=lambda pair: (-pair[1].score, pair[0].id))


def _weight(store: Store, case: Case, on_site: int) -> Harm:
    """The weight of the page of the copy that weighs most."""
    late = case.state is State.OVERDUE
    pages = evidence(store, case.copy.id)
    weights = [harm(record, earlier=case.earlier, on_site=on_site, overdue=late) for record in pages]
    return max(weights, key=lambda weight: weight.score, default=Harm(0, ()))
