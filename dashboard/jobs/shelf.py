"""Where jobs are kept: a folder per job that every process of a server reads and writes."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from dashboard.jobs.files import Lock, got, put
from dashboard.jobs.job import CANCELLED, DONE, FAILED, RUNNING, WAITING, Job, TooManyJobs
from geodata.store.place import PROJECT

#: As many jobs may wait, and as many are kept once they have ended.
MOST_WAITING, MOST_KEPT = 8, 50
#: A job whose process broke off so often is not begun again.
MOST_TRIES = 3
_ENDS = {"result": DONE, "failed": FAILED, "cancel": CANCELLED}
_ID = re.compile(r"[0-9a-f]{32}")


def jobs_folder(settings: Mapping[str, str]) -> Path:
    """The folder `jobs` in AMPARO_VAR, else in `var/`."""
    return Path(settings.get("AMPARO_VAR") or PROJECT / "var").absolute() / "jobs"


class Shelf:
    """The jobs of one version of the data. Threads and processes may share it.

    Of a job there are files: `asked` (what is to be done), `tries` (how often it was begun), `starts` (how often a process
    was started while it waited), `progress`, and at its end `result`, `failed` (why) or `cancel` (somebody asked for it
    to end). It runs if the process that holds the lock says that it is busy with it; without an end it waits otherwise,
    and so it does when that process is gone.
    """

    def __init__(self, folder: Path, digest: str) -> None:
        self.folder, self.digest = folder, digest
        self.lock = Lock(folder / f"{digest[:16]}.lock")

    def job(self, name: str) -> Job | None:
        """The job as it stands; None where there is none of this name."""
        bare = self._bare(name)
        return self._standing(bare, self.lock.holder()) if bare else None

    def ask(self, name: str, kind: str, query: str) -> Job:
        """Put a job in line; one that is there stays as it is, unless it was cancelled or failed: then it waits again.

        Raises `TooManyJobs` where as many wait as may.
        """
        there = self.job(name)
        if there is None or there.state in (CANCELLED, FAILED):
            if len(self.waiting()) >= MOST_WAITING:
                raise TooManyJobs(f"{MOST_WAITING} jobs wait already: ask again when one is done.")
            there = Job(name, kind, query, time.time_ns())
            self._put_in_line(there)
        return self.job(name) or there

    def _put_in_line(self, job: Job) -> None:
        place = self.folder / job.id
        place.mkdir(parents=True, exist_ok=True)
        for end in ("failed", "cancel", "tries", "starts", "progress"):
            (place / end).unlink(missing_ok=True)
        asked = {"kind": job.kind, "query": job.query, "digest": self.digest, "asked_at": job.asked_at}
        put(place / "asked", asked)

    def cancel(self, name: str) -> Job | None:
        """Ask for a job to end; one that has ended stays as it is. None where there is none."""
        job = self.job(name)
        if job is not None and job.state in (WAITING, RUNNING):
            put(self.folder / name / "cancel", time.time_ns())
        return self.job(name)

    def result(self, name: str) -> Any:  # noqa: ANN401 - whatever the work gave
        """What a job's work gave; None where it is not done."""
        return got(self.folder / name / "result") if _ID.fullmatch(name) else None

    def waiting(self) -> list[Job]:
        """The jobs that wait, in the order in which they were asked for."""
        return [job for job in self._jobs() if job.state == WAITING]

    def begun(self, name: str) -> int:
        """Count one more beginning of a job, and how many there were."""
        return self._counted(name, "tries")

    def started(self, name: str) -> int:
        """Count one more process that was started since a job waits, and how many there were."""
        return self._counted(name, "starts")

    def _counted(self, name: str, what: str) -> int:
        path = self.folder / name / what
        count = int(got(path) or 0) + 1
        put(path, count)
        return count

    def progressed(self, name: str, done: int, total: int) -> None:
        """Write down how far a job is."""
        put(self.folder / name / "progress", [done, total])

    def is_cancelled(self, name: str) -> bool:
        """Whether somebody asked for a job to end."""
        return (self.folder / name / "cancel").exists()

    def finished(self, name: str, result: Any) -> None:  # noqa: ANN401
        """Keep what a job's work gave."""
        put(self.folder / name / "result", result)

    def failed(self, name: str, reason: str, why: str = "") -> None:
        """Keep why a job failed: a word of `REASONS`, and what was said of it for those who look after the server."""
        put(self.folder / name / "failed", {"reason": reason, "why": why})

    def clear(self, kept: int = MOST_KEPT) -> None:
        """Throw away all that has ended or belongs to another version of the data, but the latest."""
        alive = {job.id for job in self._jobs() if job.state in (WAITING, RUNNING)}
        over = [job for job in self._jobs(every=True) if job.id not in alive]
        for job in over[: max(0, len(over) - kept)]:
            shutil.rmtree(self.folder / job.id, ignore_errors=True)

    def _jobs(self, *, every: bool = False) -> list[Job]:
        """All jobs of this data (with `every`, of any), the earliest first, each with how many wait before it."""
        holder = self.lock.holder()
        named = [path.name for path in self.folder.iterdir()] if self.folder.is_dir() else []
        found = [self._standing(bare, holder) for bare in (self._bare(name, every=every) for name in named) if bare]
        return sorted(found, key=lambda job: (job.asked_at, job.id))

    def _bare(self, name: str, *, every: bool = False) -> Job | None:
        asked = got(self.folder / name / "asked") if _ID.fullmatch(name) else None
        if not isinstance(asked, dict) or not (every or asked["digest"] == self.digest):
            return None
        return Job(name, asked["kind"], asked["query"], asked["asked_at"])

    def _standing(self, job: Job, holder: str | None) -> Job:
        place = self.folder / job.id
        ended = next((state for name, state in _ENDS.items() if (place / name).exists()), "")
        done, total = got(place / "progress") or (0, 0)
        job = replace(job, done=done, total=total)
        if ended:
            why = got(place / "failed") if ended == FAILED else None
            return replace(job, state=ended, reason=why["reason"] if why else "")
        if holder == job.id:
            return replace(job, state=RUNNING)
        return replace(job, done=0, total=0, ahead=sum(1 for _ in self._before(job, holder)))

    def _before(self, job: Job, holder: str | None) -> Iterator[str]:
        """The jobs that are worked on before one that waits: the one that is, and those that were asked for earlier."""
        for path in self.folder.iterdir():
            other = self._bare(path.name)
            if other is None or other.id == job.id or any((path / end).exists() for end in _ENDS):
                continue
            if other.id == holder or (other.asked_at, other.id) < (job.asked_at, job.id):
                yield other.id
