"""`report.jsonl`: a line a page, each as report.json has it, with its site and its run, in the same order."""

from __future__ import annotations

import json
from pathlib import Path

from cccheck.files import replacing
from cccheck.report.formats import Order
from cccheck.report.ordered import ordered

NAME = "report.jsonl"


def write(order: Order) -> Path:
    """Write it; see `formats`."""
    with ordered(order.folder, order.moved) as run, replacing(order.output / NAME) as out:
        for row in run.rows():
            out.write(json.dumps({"run": order.info.id, **row}, ensure_ascii=False) + "\n")
    return order.output / NAME
