"""The process that does the jobs: one after the other, out of the way of those who read the page."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING

from dashboard.jobs.job import Job, JobCancelled, JobTooLong, Kind
from dashboard.jobs.shelf import MOST_TRIES, Shelf
from dashboard.state import Known, ViewState
from geodata.errors import AmparoError

if TYPE_CHECKING:
    from geodata.corridor import Corridor

#: Progress is written at most so often, and no job may take longer.
PROGRESS_SECONDS, LONGEST_SECONDS = 0.2, 1800.0


@dataclass
class Teller:
    """Writes down how far a job is, and ends it where it was cancelled or takes too long.

    The first step and the last are written whenever they come, those between at most five times a second.
    """

    shelf: Shelf
    job: str
    every_seconds: float = PROGRESS_SECONDS
    longest_seconds: float = LONGEST_SECONDS
    begun: float = field(default_factory=time.monotonic)
    told: float = float("-inf")

    def __call__(self, done: int, total: int) -> None:
        """Tell that `done` of `total` steps are made. Raises `JobCancelled` or `JobTooLong`, which the work lets pass."""
        now = time.monotonic()
        if now - self.told < self.every_seconds and done != total:
            return
        self.told = now
        if self.shelf.is_cancelled(self.job):
            raise JobCancelled("Somebody asked for this job to end.")
        if now - self.begun > self.longest_seconds:
            raise JobTooLong(f"This job took longer than {self.longest_seconds:.0f} s.")
        self.shelf.progressed(self.job, done, total)


def work_through(
    shelf: Shelf, corridor: Corridor, known: Known, kinds: Mapping[str, Kind], held: IO[str] | None = None
) -> int:
    """Do what waits on the shelf, the earliest first; how many jobs were worked on. 0 at once where somebody else does.

    `held` is the lock where this process was given it. What is asked for while the last job ends is not missed: after
    giving up the lock the shelf is looked at once more.
    """
    worked = 0
    if held is not None:
        with held:
            worked += _empty(shelf, held, corridor, known, kinds)
    while shelf.waiting():
        with shelf.lock.taken() as file:
            if file is None:
                return worked
            worked += _empty(shelf, file, corridor, known, kinds)
    return worked


def _empty(shelf: Shelf, lock: IO[str], corridor: Corridor, known: Known, kinds: Mapping[str, Kind]) -> int:
    """Do jobs until none waits, with the lock in hand; how many."""
    worked = 0
    while waiting := shelf.waiting():
        shelf.lock.busy_with(lock, waiting[0].id)
        work_on(waiting[0], shelf, corridor, known, kinds)
        shelf.lock.busy_with(lock, "")
        worked += 1
    shelf.clear()
    return worked


def work_on(job: Job, shelf: Shelf, corridor: Corridor, known: Known, kinds: Mapping[str, Kind]) -> None:
    """Do one job and write down how it ended: with its result, cancelled, or with the reason why it failed."""
    if corridor.snapshot.digest != shelf.digest:
        shelf.failed(job.id, "data_changed")
    elif shelf.begun(job.id) > MOST_TRIES:
        shelf.failed(job.id, "broken_off")
    else:
        _done(job, shelf, corridor, known, kinds)


def _done(job: Job, shelf: Shelf, corridor: Corridor, known: Known, kinds: Mapping[str, Kind]) -> None:
    state, _ = ViewState.parse(job.query, known)
    tell = Teller(shelf, job.id)
    try:
        result = kinds[job.kind].work(corridor, state, tell)
    except JobCancelled:
        return
    except JobTooLong as late:
        shelf.failed(job.id, "too_long", str(late))
    except (AmparoError, KeyError) as refusal:
        shelf.failed(job.id, "refused", str(refusal))
    else:
        shelf.finished(job.id, result)
