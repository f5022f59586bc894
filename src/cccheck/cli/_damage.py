"""Files of a run that were changed since: an error that nobody expected and that they explain is told as theirs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from cccheck.errors import CccheckError, DataError


@contextmanager
def blamed(*folders: Path) -> Iterator[None]:
    """While these runs are read. Their manifests are asked only when something went wrong: digests take their time.

    Raises DataError that names the first file that is not the one that the scan wrote; else the error as it was.
    """
    try:
        yield
    except (CccheckError, click.ClickException, click.exceptions.Exit, OSError):
        raise
    except Exception as error:
        from cccheck.fetch.verify import check_manifest
        from cccheck.journal import MEND

        for folder in folders:
            for flaw in check_manifest(folder):
                raise DataError(flaw.file, flaw.place, flaw.problem, MEND) from error
        raise
