"""Where the program's own data files are: in the wheel beside the code, in a checkout at its top level."""

from functools import cache
from pathlib import Path

_HERE = Path(__file__).resolve().parent


@cache
def rules_dir() -> Path:
    """The folder `rules/`: licences, publishers, phrases, messages."""
    installed = _HERE / "data" / "rules"
    return installed if installed.is_dir() else _HERE.parents[1] / "rules"


def schema_path(name: str) -> Path:
    """The JSON Schema called `name` (report, work, rules, config)."""
    return _HERE / "schemas" / f"{name}.schema.json"
