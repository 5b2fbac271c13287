"""A job: long work for one view, done in the background; what names it, and how far it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from geodata.errors import AmparoError

if TYPE_CHECKING:
    from dashboard.state import Known, ViewState
    from geodata.corridor import Corridor

#: What a job can be: in line, being worked on, or at one of its three ends.
WAITING, RUNNING, DONE, CANCELLED, FAILED = STATES = ("waiting", "running", "done", "cancelled", "failed")
#: Why a job failed: the work itself could not be done, it took too long, it broke off again and again, or the data that
#: it was asked for is there no longer.
REASONS = ("refused", "too_long", "broken_off", "data_changed")

#: Told how many steps of how many are done; it raises what ends the job early.
Tell = Callable[[int, int], None]


class JobCancelled(AmparoError):
    """Somebody asked for the job to end; the work ends at its next step."""


class JobTooLong(AmparoError):
    """The job took longer than any may."""


class TooManyJobs(AmparoError):
    """As many jobs wait as may: ask again when one is done."""


@dataclass(frozen=True)
class Kind:
    """One kind of job: the question of the page that it belongs to, and its work.

    `work` gives plain values that JSON holds: (corridor, view, tell) -> value. `form` names the method and the form of
    the result: where either changes, raise it, and older results count no more.
    """

    question: str
    work: Callable[[Corridor, ViewState, Tell], Any]
    form: int = 1


@dataclass(frozen=True)
class Job:
    """A job as it stands: `ahead` others are done before it, `done` of `total` steps are made (0 of 0 before the first)."""

    id: str
    kind: str
    query: str
    asked_at: int
    state: str = WAITING
    done: int = 0
    total: int = 0
    ahead: int = 0
    reason: str = ""

    @property
    def told(self) -> dict[str, Any]:
        """What the page is told of it; never what was asked, and no result."""
        return {name: getattr(self, name) for name in ("id", "state", "done", "total", "ahead", "reason")}


@dataclass(frozen=True)
class Work:
    """What a view knows of its job of one kind: its name, its query, how it stands, and its result (None but where done)."""

    job: Job
    result: Any = None


def job_id(kind: str, form: int, query: str, digest: str) -> str:
    """The name of a job: equal for equal work on equal data, and nothing that could lead out of a folder."""
    return sha256("\n".join((kind, str(form), query, digest)).encode()).hexdigest()[:32]


def job_query(state: ViewState, known: Known) -> str:
    """The canonical query of the work for a view: whatever changes no figure is left out."""
    bare = type(state)()
    return state.with_(lang="", layers=bare.layers, table=bare.table, at="", plan_name="").query(known)


def kinds_of(question: str, kinds: Mapping[str, Kind]) -> tuple[str, ...]:
    """The kinds of job that belong to a question."""
    return tuple(name for name, kind in kinds.items() if kind.question == question)
