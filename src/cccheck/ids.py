"""A set of numbers of 64 bits that takes eight bytes for each: a set of Python's own takes a hundred."""

from __future__ import annotations

from array import array
from bisect import bisect_left

_PARTS = 256


class Ids:
    """Numbers from 0 to 2⁶⁴ - 1, such as the beginnings of digests: they are to be spread evenly."""

    def __init__(self) -> None:
        # Each part in order, so that a number is found by halving; small, so that one is put in at little cost.
        self._parts = [array("Q") for _ in range(_PARTS)]

    def __contains__(self, number: int) -> bool:
        part, at = self._place(number)
        return at < len(part) and part[at] == number

    def __len__(self) -> int:
        return sum(map(len, self._parts))

    def add(self, number: int) -> None:
        """Put a number in, unless it is there."""
        part, at = self._place(number)
        if at == len(part) or part[at] != number:
            part.insert(at, number)

    def discard(self, number: int) -> None:
        """Take a number out, if it is there."""
        part, at = self._place(number)
        if at < len(part) and part[at] == number:
            del part[at]

    def _place(self, number: int) -> tuple[array[int], int]:
        """The part that a number belongs to, and where in it."""
        part = self._parts[number % _PARTS]
        return part, bisect_left(part, number)
