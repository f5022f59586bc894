"""Works that are nearly the same text: an update, a regional edition, a part of a longer one.

They are one family: what its members share is theirs, however many they are. What texts of several families share is a
standard notice, a paragraph of a news agency, a publisher's tail: nobody's, so no sign of any of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations, pairwise

MANY = 3  # families that share a passage make it a common one
_FEW = 8  # texts that share a gram: each pair is counted; of more, neighbours only, so that time stays linear
_HALF = 0.5  # of the longer text, by grams that few texts share: a version of it
_PART = 0.8  # of the shorter text, by any grams: nearly all of it is a part of the longer


def families(shared: Mapping[int, Sequence[int]], sizes: Sequence[int]) -> list[int]:
    """The family of each text, named by one of its members. `shared`: the texts of each gram that several have, in
    ascending order; `sizes`: how many distinct grams each text has."""
    narrow: Counter[tuple[int, int]] = Counter()
    broad: Counter[tuple[int, int]] = Counter()
    for owners in shared.values():
        if len(owners) <= _FEW:
            narrow.update(combinations(owners, 2))
        else:
            broad.update(pairwise(owners))
    leader = list(range(len(sizes)))
    for one, other in sorted(narrow.keys() | broad.keys()):
        few, all_ = narrow[one, other], narrow[one, other] + broad[one, other]
        shorter, longer = sorted((sizes[one], sizes[other]))
        if few >= _HALF * longer or all_ >= _PART * shorter:
            leader[_lead(leader, other)] = _lead(leader, one)
    return [_lead(leader, number) for number in range(len(sizes))]


def _lead(leader: list[int], number: int) -> int:
    """The head of a text's family so far; the way there is made shorter."""
    while leader[number] != number:
        leader[number] = leader[leader[number]]
        number = leader[number]
    return number


def common(shared: Mapping[int, Sequence[int]], family: Sequence[int]) -> Iterable[int]:
    """The grams that texts of many families share."""
    for gram, owners in shared.items():
        if len(owners) >= MANY and len({family[number] for number in owners}) >= MANY:
            yield gram
