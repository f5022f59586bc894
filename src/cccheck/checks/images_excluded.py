"""images-excluded: are the pictures left out that do not come with the text?

Due only where the publisher's profile asks: no pictures; its own only; any, with their credit.
What passes: none of the original's pictures in the article; where they may be taken, their caption or credit with them.
What fails: a picture of the original that is loaded from the publisher's own site.
What a person decides: any other picture from there, one with the file name of one in the original (its owner may have
allowed it), and one whose credit was not found.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cccheck.addresses import host_of
from cccheck.checks._subject import Subject
from cccheck.data import listed
from cccheck.match.facts import file_name
from cccheck.match.normalize import words
from cccheck.model import CheckResult, Evidence, Image, Outcome
from cccheck.phrases import fold

_LEAST = 8  # letters of a file name that names one picture
_BESIDE = 2  # blocks after a picture in which its caption may stand
_CREDIT = 0.5  # share of the caption's words for it to be the caption


def check(subject: Subject, options: Mapping[str, Any]) -> CheckResult:
    """The pictures in the article against those of the original."""
    looked_at = [(image, _of_original(subject, image)) for image in _in_article(subject)]
    taken = [(image, caption) for image, caption in looked_at if caption is not None]
    if not taken:
        return CheckResult(Outcome.PASS, "images-none-taken")
    if options["use"] == "none":
        loaded = [image for image, _ in taken if _from_publisher(subject, image)]
        sure = [image for image in loaded if _is_recorded(subject, image)]
        if sure:
            return CheckResult(Outcome.FAIL, "images-from-publisher", {"number": len(sure)}, _quoted(sure))
        code = "images-perhaps-from-publisher" if loaded else "images-same-name"
        return CheckResult(Outcome.REVIEW, code, {}, _quoted([image for image, _ in taken]))
    if options["use"] == "own":
        foreign = [image for image, caption in taken if caption and not _is_own(subject, caption)]
        if foreign:
            return CheckResult(Outcome.REVIEW, "images-perhaps-foreign", {}, _quoted(foreign))
    bare = [image for image, caption in taken if caption and not _credited(subject, image, caption)]
    if bare:
        return CheckResult(Outcome.REVIEW, "images-credit-not-found", {}, _quoted(bare))
    return CheckResult(Outcome.PASS, "images-credited", {}, _quoted([image for image, _ in taken]))


def _in_article(subject: Subject) -> list[Image]:
    """The pictures above the article and between its words; counters, logos and badges are none."""
    first, last = max(0, subject.match.first_block - 6), subject.match.last_block
    images = (image for image in subject.page.images if first <= image.block <= last)
    return [image for image in images if image.src and not _is_none(f"{image.src} {image.alt}".lower())]


def _is_none(text: str) -> bool:
    return any(word in text for word in listed("pictures.none"))


def _of_original(subject: Subject, image: Image) -> str | None:
    """The caption in the original; empty for a picture of the publisher's that is not recorded; None for any other."""
    name = file_name(image.src)
    for src, caption in subject.work.images:
        if src == image.src or (len(name) >= _LEAST and file_name(src) == name):
            return caption
    return "" if _from_publisher(subject, image) else None


def _is_recorded(subject: Subject, image: Image) -> bool:
    return any(src == image.src or file_name(src) == file_name(image.src) for src, _ in subject.work.images)


def _from_publisher(subject: Subject, image: Image) -> bool:
    host, home = host_of(image.src), host_of(subject.work.publisher.url)
    return bool(host) and (host == home or host.endswith(f".{home}"))


def _is_own(subject: Subject, caption: str) -> bool:
    publisher, folded = subject.work.publisher, fold(caption)
    return any(fold(name) in folded for name in (publisher.name, *publisher.aliases))


def _credited(subject: Subject, image: Image, caption: str) -> bool:
    """Whether the caption, or most of it, stands with the picture."""
    beside = subject.texts[max(0, image.block - 1) : image.block + _BESIDE]
    there = set(words(" ".join((image.caption, image.alt, *beside))))
    wanted = set(words(caption))
    return len(wanted & there) >= _CREDIT * len(wanted)


def _quoted(images: list[Image]) -> tuple[Evidence, ...]:
    return tuple(Evidence(quote=image.alt or image.src, where="inside", href=image.src) for image in images[:3])
