"""The checks: each file answers one question about a page and a work, with evidence.

A check is a module of this package named after its id (`author-credit` → `author_credit.py`) with one function
`check(subject, options) -> CheckResult`. Files whose names begin with `_` are what checks share. Nothing lists the
checks: they are found by walking the package.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from typing import Any

from cccheck.checks._subject import Subject
from cccheck.model import Asked, CheckResult

Check = Callable[[Subject, Mapping[str, Any]], CheckResult]

__all__ = ["Check", "Subject", "all_checks", "element_of", "is_of_form", "may_stand_elsewhere"]


@cache
def all_checks() -> dict[str, Check]:
    """Every check by its id."""
    names = sorted(info.name for info in pkgutil.iter_modules(__path__) if not info.name.startswith("_"))
    return {name.replace("_", "-"): import_module(f"{__name__}.{name}").check for name in names}


@cache
def may_stand_elsewhere(check: str) -> bool:
    """Whether what a publisher's term asks for may stand on a further page of the copy, or be drawn by a script."""
    return bool(getattr(import_module(f"{__name__}.{check.replace('-', '_')}"), "MAY_STAND_ELSEWHERE", False))


@cache
def is_of_form(check: str) -> bool:
    """Whether the check asks for a form of the credit, where others ask whether there is any."""
    return bool(getattr(import_module(f"{__name__}.{check.replace('-', '_')}"), "OF_FORM", False))


@cache
def element_of(check: str) -> Asked | None:
    """What a licensor's `credit` list calls the thing this check looks for; None where it can not be asked for."""
    module = import_module(f"{__name__}.{check.replace('-', '_')}")
    element: Asked | None = getattr(module, "ELEMENT", None)
    return element
