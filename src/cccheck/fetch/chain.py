"""A walk along redirects: one step at a time, so that every hop can wait its turn at its own site."""

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol

from cccheck.fetch.urls import clean, key, resolve, split, without_credentials
from cccheck.model import Capture, FetchFailure, Reason, Redirect, Role

if TYPE_CHECKING:
    from http.cookiejar import CookieJar

REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Chain:
    """Where a walk began (`seed`), where it stands (`url`), the redirects between, and the seconds spent on answers."""

    seed: str
    url: str
    role: Role
    redirects: tuple[Redirect, ...] = ()
    cookies: "CookieJar | None" = field(default=None, compare=False, repr=False)
    spent: float = 0.0

    @property
    def again(self) -> bool:
        """Whether this address was met before on this walk."""
        return any(key(r.url) == key(self.url) for r in self.redirects)

    def failure(self, reason: Reason, detail: str, when: str, status: int | None = None) -> FetchFailure:
        """The walk ends here without a response."""
        return FetchFailure(self.seed, reason, detail, when, status, self.redirects, self.role)


Step = Chain | Capture | FetchFailure


class Stepper(Protocol):
    """A fetcher that can be led step by step."""

    def step(self, chain: Chain) -> Step:
        """Ask for `chain.url`: what came, or the walk one redirect further."""


def begin(url: str, role: Role) -> Chain:
    """The walk from an address; credentials in it are left behind."""
    bare = without_credentials(clean(url))
    return Chain(bare, bare, role)


def walk(stepper: Stepper, url: str, role: Role) -> Capture | FetchFailure:
    """All steps at once."""
    step: Step = begin(url, role)
    while isinstance(step, Chain):
        step = stepper.step(step)
    return step


def onward(chain: Chain, status: int, location: str, when: str, most: int) -> Chain | FetchFailure:
    """The walk one redirect further, or why it goes no further: too many, in a circle, or to something not http(s).

    An address may come twice (sites that set a cookie and ask again), not a third time.
    """
    goal = resolve(chain.url, location)
    further = replace(chain, url=goal, redirects=(*chain.redirects, Redirect(chain.url, status, goal)))
    if len(further.redirects) > most:
        return further.failure(Reason.REDIRECTS, f"more than {most} redirects", when)
    if split(goal) is None:
        return further.failure(Reason.UNSUPPORTED, "redirected to something that is no web address", when)
    if sum(key(r.url) == key(goal) for r in further.redirects) > 1:
        return further.failure(Reason.REDIRECTS, "redirected in a circle", when)
    return further
