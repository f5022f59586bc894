"""Cases that the program gets wrong today, by cause. A case that comes right fails its test: take it out."""

_CAUSES = {
    "author_credit.py: a name alone that was encoded twice (`JosÃ©`) is not suspected": [
        "author-credit/review-letters-garbled",
    ],
}
KNOWN = {case: why for why, cases in _CAUSES.items() for case in cases}
