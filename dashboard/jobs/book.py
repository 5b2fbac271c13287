"""Every kind of job by its name, and what a view knows of its own."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from dashboard.jobs import robust
from dashboard.jobs.job import DONE, Job, Kind, Work, job_id, job_query, kinds_of
from dashboard.jobs.shelf import Shelf
from dashboard.state import Known, ViewState

KINDS: Mapping[str, Kind] = MappingProxyType({"robust": robust.KIND})


def work_of(
    state: ViewState, known: Known, digest: str, shelf: Shelf | None, kinds: Mapping[str, Kind] = KINDS
) -> dict[str, Work]:
    """What is known of a view's jobs, by kind; one that was never asked for, and each without a shelf, has no state ("")."""
    return {
        kind: _work(kind, kinds[kind].form, job_query(state, known), digest, shelf)
        for kind in kinds_of(state.question, kinds)
    }


def _work(kind: str, form: int, query: str, digest: str, shelf: Shelf | None) -> Work:
    name = job_id(kind, form, query, digest)
    job = shelf.job(name) if shelf else None
    if shelf is None or job is None:
        return Work(Job(name, kind, query, 0, state=""))
    return Work(job, shelf.result(name) if job.state == DONE else None)
