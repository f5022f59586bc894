"""Which job runs when: one a site, delays kept, the largest site first, nobody asleep while there is work."""

import threading
import time

import pytest

from cccheck.fetch.backlog import Backlog
from cccheck.fetch.politeness import Paces
from cccheck.fetch.schedule import Schedule
from cccheck.model import Target


def backlog(*urls):
    return Backlog(Target(u, line=n) for n, u in enumerate(urls, 1))


def test_targets_come_by_site_largest_first():
    found = backlog("https://a.example/1", "https://b.example/1", "https://www.b.example/2", "https://b.example/3")
    assert len(found) == 4
    assert [found.next_site(), found.next_site(), found.next_site()] == [("b.example", 3), ("a.example", 1), None]
    assert [found.next_targets("b.example")[0].line for _ in range(3)] == [2, 3, 4]
    assert found.next_targets("b.example") == []


def test_targets_of_one_address_stay_together_with_all_they_carry():
    targets = [
        Target("https://a.example", "w", 1, {"k": "ü"}),
        Target("https://b.example/", None, 2),
        Target("https://a.example/#x", None, 3),
    ]
    found = Backlog(targets)
    assert found.next_targets("a.example") == [targets[0], targets[2]]
    assert found.next_targets("b.example") == [targets[1]]


def test_an_empty_backlog():
    assert Backlog([]).next_site() is None


@pytest.fixture
def paces():
    return Paces(time.monotonic)


def schedule(paces, jobs, **options):
    """A schedule over a dict of sites with their jobs."""
    sites = iter(sorted(((s, len(j)) for s, j in jobs.items()), key=lambda s: -s[1]))
    return Schedule(paces, lambda: next(sites, None), lambda s: jobs[s].pop(0) if jobs[s] else None, **options)


def test_one_job_a_site(paces):
    plan = schedule(paces, {"a": [1, 2], "b": [3]})
    assert plan.take()[::2] == ("a", 1)
    assert plan.take()[::2] == ("b", 3)
    taken = []
    thread = threading.Thread(target=lambda: taken.append(plan.take()))
    thread.start()
    time.sleep(0.05)
    assert taken == []
    plan.done("a")
    thread.join(1)
    assert taken[0][::2] == ("a", 2)
    plan.done("a")
    plan.done("b")
    assert plan.take() is None


def test_delays_are_waited_for(paces):
    plan = schedule(paces, {"a": [1, 2]})
    _, pace, _ = plan.take()
    pace.ready_at = time.monotonic() + 0.1
    plan.done("a")
    start = time.monotonic()
    assert plan.take()[2] == 2
    assert time.monotonic() - start >= 0.09


def test_pushed_jobs_come_first_and_wake_whoever_waits(paces):
    plan = schedule(paces, {"a": [1, 2]})
    _, pace, _ = plan.take()
    plan.push("a", "lead")
    plan.push("other", "hop")
    assert plan.take()[::2] == ("other", "hop")
    pace.ready_at = time.monotonic() + 5
    plan.done("a")
    taken = []
    threads = [threading.Thread(target=lambda: taken.append(plan.take())) for _ in range(3)]
    for thread in threads:
        thread.start()
    time.sleep(0.05)
    paces.of("new").ready_at = time.monotonic() + 0.05
    plan.push("new", "soon")
    time.sleep(0.3)
    assert [t[2] for t in taken] == ["soon"]
    plan.stop()
    for thread in threads:
        thread.join(1)
    assert sorted(taken, key=str)[-1] is None or None in taken


def test_nobody_goes_home_while_something_may_lead_to_more(paces):
    plan = schedule(paces, {})
    plan.expect()
    taken = []
    thread = threading.Thread(target=lambda: taken.append(plan.take()))
    thread.start()
    time.sleep(0.05)
    assert taken == []
    plan.push("a", "lead")
    plan.settle()
    thread.join(1)
    assert taken[0][2] == "lead"
    plan.done("a")
    assert plan.take() is None


def test_nothing_new_is_begun_while_full(paces):
    full = [True]
    plan = schedule(paces, {"a": [1], "b": [2]}, full=lambda: full[0])
    plan.push("b", "lead")
    assert plan.take()[2] == "lead"
    taken = []
    thread = threading.Thread(target=lambda: taken.append(plan.take()))
    thread.start()
    time.sleep(0.05)
    assert taken == []
    full[0] = False
    plan.done("b")
    thread.join(1)
    assert taken[0][2] in (1, 2)


def test_a_held_site_takes_pushed_jobs(paces):
    plan = schedule(paces, {"a": [1]}, full=lambda: True)
    taken = []
    thread = threading.Thread(target=lambda: taken.append(plan.take()))
    thread.start()
    time.sleep(0.05)
    plan.push("a", "lead")
    thread.join(1)
    assert taken[0][2] == "lead"


def test_many_workers_many_sites(paces):
    """Every job once, never two of a site at a time, and about as fast as the delays allow."""
    jobs = {f"s{n}": list(range(n % 7 + 1)) for n in range(60)}
    total = sum(map(len, jobs.values()))
    plan = schedule(paces, jobs)
    running, done, lock = set(), [], threading.Lock()

    def work():
        while (taken := plan.take()) is not None:
            site, pace, job = taken
            with lock:
                assert site not in running
                running.add(site)
                done.append((site, job))
            time.sleep(0.002)
            with lock:
                running.remove(site)
            pace.ready_at = time.monotonic() + 0.05
            plan.done(site)

    start = time.monotonic()
    workers = [threading.Thread(target=work) for _ in range(20)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(10)
    assert len(done) == len(set(done)) == total
    assert time.monotonic() - start < 1.5  # one after the other it would be twelve
