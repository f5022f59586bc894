"""The catalogue: a folder of work records, read whole, checked whole, named by its digest."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from hashlib import sha256
from pathlib import Path

from cccheck.data import parse_json, read_bytes
from cccheck.errors import DataError, UsageError
from cccheck.files import write_atomically
from cccheck.model import Work
from cccheck.validation import nearest
from cccheck.works.record import load_work, record_of, record_problems


def load_works(folder: Path) -> tuple[Work, ...]:
    """Every work of a folder, sorted by id. Raises DataError for a broken record and for an id given twice."""
    files: dict[str, Path] = {}
    works = []
    for path in record_files(folder):
        work = load_work(path)
        if work.id in files:
            raise _taken(path, work.id, files[work.id])
        files[work.id] = path
        works.append(work)
    return tuple(sorted(works, key=lambda work: work.id))


def find_work(folder: Path, name: str) -> Work:
    """The work with that id. Raises UsageError that names the nearest id there is."""
    path = folder / f"{name}.json"
    if path in record_files(folder):
        work = load_work(path)
        if work.id == name:
            return work
    works = {work.id: work for work in load_works(folder)}
    if name not in works:
        hint = nearest(name, works) if works else "add one with `cccheck work add`"
        raise UsageError(f"{folder}: no work is called `{name}`; {hint}")
    return works[name]


def confirm_work(folder: Path, name: str) -> tuple[Path, bool]:
    """Take the mark off a record that nobody had looked through. Gives its file, and whether there was one.

    Raises UsageError where there is no such work.
    """
    work = find_work(folder, name)
    path = next(path for path in record_files(folder) if load_work(path).id == name)
    if work.extracted:
        record = json.loads(path.read_text("utf-8"))
        del record["extracted"]
        write_atomically(path, json.dumps(record, ensure_ascii=False, indent=2) + "\n")
    return path, work.extracted


def check_folder(folder: Path, profiles: Collection[str] | None = None) -> tuple[int, list[DataError]]:
    """How many records a folder holds, and every problem in them, file by file. `profiles`: the ids that are known."""
    found: list[DataError] = []
    files: dict[str, Path] = {}
    paths = record_files(folder)
    for path in paths:
        found += _check(path, files, profiles)
    return len(paths), found


def record_files(folder: Path) -> list[Path]:
    """The record files of a folder: `*.json`, hidden files left out, in the order of their names."""
    if not folder.is_dir():
        raise UsageError(f"{folder}: no such folder of works; name it with --works, or begin with `cccheck work add`")
    return sorted(path for path in folder.glob("*.json") if not path.name.startswith("."))


def corpus_digest(works: Iterable[Work]) -> str:
    """SHA-256 (hex) of the works' content: the same for any order of files and any layout of the JSON."""
    digest = sha256()
    for work in sorted(works, key=lambda work: work.id):
        digest.update(json.dumps(record_of(work), sort_keys=True, ensure_ascii=False).encode())
        digest.update(b"\n")
    return digest.hexdigest()


def write_work(work: Work, folder: Path, *, force: bool = False) -> Path:
    """Writes `<id>.json` in one step and gives its path. An existing record is replaced only with `force`."""
    path = folder / f"{work.id}.json"
    if path.exists() and not force:
        raise UsageError(f"{path}: there is a record already; choose another --id, or replace it with --force")
    folder.mkdir(parents=True, exist_ok=True)
    write_atomically(path, json.dumps(record_of(work), ensure_ascii=False, indent=2) + "\n")
    return path


def _check(path: Path, files: dict[str, Path], profiles: Collection[str] | None) -> Iterator[DataError]:
    try:
        document = parse_json(read_bytes(path), path)
    except DataError as error:
        yield error
        return
    yield from record_problems(document, path)
    profile = document.get("profile") if isinstance(document, dict) else None
    if profiles is not None and isinstance(profile, str) and profile not in profiles:
        yield DataError(path, "profile", f"`{profile}` is no known profile", nearest(profile, profiles))
    name = document.get("id") if isinstance(document, dict) else None
    if isinstance(name, str) and name in files:
        yield _taken(path, name, files[name])
    elif isinstance(name, str):
        files[name] = path


def _taken(path: Path, name: str, other: Path) -> DataError:
    return DataError(path, "id", f"`{name}` is the id of {other} too", "give every work an id of its own")
