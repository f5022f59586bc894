"""The program at a terminal, and somebody who answers its questions."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path


def typed(folder: Path, words: Iterable[str], answers: Iterable[str], *, status: int = 0) -> None:
    """`cccheck` with these words in a folder, and a line for each answer; it has to end with the status."""
    ours, theirs = pty.openpty()
    program = [sys.executable, "-c", "from cccheck.cli import main; main()", *words]
    with subprocess.Popen(program, stdin=theirs, stdout=theirs, stderr=theirs, cwd=folder) as process:
        os.close(theirs)
        os.write(ours, "".join(f"{answer}\n" for answer in answers).encode())
        assert process.wait(30) == status
    os.close(ours)
