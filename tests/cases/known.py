"""Cases that the program gets wrong today, by cause. A case that comes right fails its test: take it out."""

_CAUSES = {
}
KNOWN = {case: why for why, cases in _CAUSES.items() for case in cases}
