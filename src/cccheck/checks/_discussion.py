"""Readers' comments that no mark-up calls so: what stands below a heading such as "3 comments", after the article.
Where the heading is in a part that is marked as comments, that part says where they end.

A reader may say whose the article is, and link it: that is no credit of the page's. But such a heading may stand above
other things as well, so what it holds is for a person.
"""

from __future__ import annotations

import re
from functools import lru_cache

from cccheck.checks._subject import Subject
from cccheck.phrases import pattern

_RANKS = {f"h{rank}": rank for rank in range(1, 7)}
_LONGEST = 120  # characters; a longer heading is another article's
_SPARE_WORDS = 1  # beside the words for comments: "Comments (closed)"
_QUOTED = re.compile(r"[\"“”«»„]")


@lru_cache(maxsize=2)
def discussion(subject: Subject) -> frozenset[int]:
    """The blocks below such a heading, up to the next heading of its rank or a higher one."""
    found: set[int] = set()
    rank = 0  # of the heading that began it; 0: there is none open
    for block in subject.page.blocks[subject.match.last_block + 1 :]:
        own = _RANKS.get(block.tag, 0)
        if own and (not rank or own <= rank):
            begins = _is_of_comments(subject.folded_texts[block.index])
            rank = own if begins and "comments" not in subject.layout.parts(block) else 0
        elif rank and "footer" not in subject.layout.parts(block):
            found.add(block.index)
    return frozenset(found)


def _is_of_comments(heading: str) -> bool:
    """Whether a heading says "3 comments", "Leave a reply" or "2 comments on “Title”", and nothing else."""
    words = next(pattern("comments_heading").finditer(heading), None) if len(heading) <= _LONGEST else None
    if words is None:
        return False
    rest = heading[: words.start()] + " " + _QUOTED.split(heading[words.end() :])[0]
    return len(re.findall(r"[^\W\d_]+", rest)) <= _SPARE_WORDS
