"""How the fetchers behave: who asks, how patiently, how much is taken. Times are in seconds, sizes in bytes."""

import re
from dataclasses import dataclass

from cccheck import __version__
from cccheck.errors import UsageError

MEBIBYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class FetchSettings:
    """`contact` is an e-mail address or URL which the sites asked can turn to; it stands in every request.

    `deadline` holds for all answers on the way to a page together, redirects included; waiting one's turn not counted.
    """

    contact: str
    delay: float = 2.0
    connect_timeout: float = 10.0
    read_timeout: float = 20.0
    deadline: float = 60.0
    max_body: int = 20 * MEBIBYTE
    max_redirects: int = 10
    allow_private: bool = False
    ignore_robots: bool = False
    workers: int = 64
    ca_bundle: str | None = None

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[!-~]{3,200}", self.contact):
            raise UsageError(
                f"contact: {self.contact!r} is no e-mail address or URL; say in cccheck.toml who may be written to"
            )
        for name in ("delay", "connect_timeout", "read_timeout", "deadline", "max_body", "workers"):
            value = getattr(self, name)
            if value < 0 or (value == 0 and name != "delay"):
                raise UsageError(f"{name}: {value} is out of range; give a number above zero")

    @property
    def user_agent(self) -> str:
        """Who asks, as the User-Agent header says it (RFC 9110 §10.1.5)."""
        return f"cccheck/{__version__} (checks the credits of republished articles; contact: {self.contact})"
