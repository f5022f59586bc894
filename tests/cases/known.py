"""Cases that the program gets wrong today, by cause. A case that comes right fails its test: take it out."""

_CAUSES = {
    "author_credit.py: a name alone that was encoded twice (`JosÃ©`) is not suspected": [
        "author-credit/review-letters-garbled",
    ],
    "_edits.py: words put in are counted by the match and judged by no check": [
        "changes-indicated/fail-words-put-into-a-paragraph",
        "changes-indicated/review-paragraph-put-in",
        "no-derivatives/fail-words-put-into-a-paragraph",
    ],
    "_edits.py: a mark of omission and a pointer to the rest are no signs of a cut": [
        "changes-indicated/pass-cut-and-marked-by-dots",
        "changes-indicated/pass-rest-is-at-the-original",
    ],
    "match: the work's earlier versions are not compared": [
        "verdict/no-violation-f22-copy-of-an-earlier-version",
    ],
}
KNOWN = {case: why for why, cases in _CAUSES.items() for case in cases}
