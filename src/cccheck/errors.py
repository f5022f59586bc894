"""Every error that a user sees, as one line that names the place and the mend.

CccheckError
├── UsageError      what was asked or configured cannot be done as it stands   (exit status 2)
└── DataError       a file of ours or the user's is broken: file, key, mend    (exit status 2)
"""


class CccheckError(Exception):
    """Base of all expected errors; `str(error)` is one line fit for the terminal."""


class UsageError(CccheckError):
    """The command line or the configuration asks for something that cannot be done."""


class DataError(CccheckError):
    """A data file is broken. Takes the file, the place in it, what is wrong and the mend."""

    def __init__(self, file: object, place: str, problem: str, mend: str = "") -> None:
        self.file, self.place, self.problem, self.mend = str(file), place, problem, mend
        where = f"{file}: {place}: " if place else f"{file}: "
        super().__init__(where + problem + (f"; {mend}" if mend else ""))
