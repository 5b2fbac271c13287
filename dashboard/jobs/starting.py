"""How the process that does the jobs is started: apart from the server, so that it outlives a worker that ends."""

from __future__ import annotations

import subprocess
import sys
import threading

from dashboard.jobs.job import Job
from dashboard.jobs.shelf import MOST_TRIES, Shelf
from geodata.store.place import PROJECT


def seen_to(shelf: Shelf, job: Job) -> None:
    """Have the jobs of a shelf worked on, where one waits and nobody does: a first one, or one whose process was ended."""
    if job.state == "waiting" and shelf.lock.holder() is None:
        shelf.lock.handed_on(lambda lock: _start_for(shelf, job, lock))


def _start_for(shelf: Shelf, job: Job, lock: int) -> None:
    """Start a process, unless several came to nothing before they began the job: then the job failed."""
    if shelf.started(job.id) > MOST_TRIES:
        shelf.failed(job.id, "broken_off")
    else:
        start(shelf.digest, lock)


def start(digest: str, lock: int) -> None:
    """Start `python -m dashboard job` in a session of its own, with the server's environment and the lock in its hand.

    It is a new process and no fork, since the server has threads. It holds the lock before it has read a single line, so
    that however slowly it begins no second one is started meanwhile. A thread waits for its end, so that none is left over.
    """
    process = subprocess.Popen(  # noqa: S603 - our own words and a digest
        [sys.executable, "-m", "dashboard", "job", "--digest", digest, "--lock", str(lock)],
        pass_fds=(lock,),
        cwd=PROJECT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    threading.Thread(target=process.wait, daemon=True).start()
