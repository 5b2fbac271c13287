"""Long work in the background: asked for once, in line, seen, ended, kept, and never more than its question."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from flask import Flask
from pages import the_page

from dashboard.jobs import Kind, Shelf, job_id, job_query, jobs_folder, starting
from dashboard.jobs.book import work_of
from dashboard.jobs.files import Lock, got, put
from dashboard.jobs.job import REASONS, JobCancelled, JobTooLong, TooManyJobs
from dashboard.jobs.serving import register_jobs
from dashboard.jobs.shelf import MOST_TRIES, MOST_WAITING
from dashboard.jobs.working import Teller, work_on, work_through
from dashboard.panels.job import job_region
from dashboard.state import LANGUAGES, ViewState
from dashboard.text import Texts
from geodata.errors import UnknownName

SAME = {"Sec-Fetch-Site": "same-origin", "Origin": "null"}
HOLDING = """
import sys, time
from pathlib import Path
from dashboard.jobs.files import Lock
with Lock(Path(sys.argv[1])).taken() as file:
    Lock.busy_with(file, sys.argv[2])
    print("held", flush=True)
    sys.stdin.read()
"""


def months(_corridor: object, state: ViewState, tell) -> dict[str, object]:
    """A small piece of work of three steps."""
    for step in range(4):
        tell(step, 3)
    return {"month": str(state.as_of), "numbers": [0.1, None]}


def refusing(_corridor: object, _state: ViewState, _tell) -> None:
    raise UnknownName("There is nothing to work out.")


KINDS = {"months": Kind("care", months), "refusing": Kind("care", refusing)}


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "jobs", the_page().corridor.snapshot.digest)


def asked(shelf: Shelf, query: str = "", kind: str = "months") -> str:
    """The name of a job that was asked for."""
    name = job_id(kind, 1, query, shelf.digest)
    shelf.ask(name, kind, query)
    return name


def worked(shelf: Shelf, kinds=KINDS) -> int:
    return work_through(shelf, the_page().corridor, the_page().known, kinds)


def test_the_same_work_on_the_same_data_has_one_name_and_any_difference_another() -> None:
    known = the_page().known
    one, same = (
        job_query(ViewState.parse(query, known)[0], known)
        for query in ("date=2024-02&lang=fr&layers=none&table=places&at=place:david&name=Plan", "date=2024-02")
    )
    assert one == same == "date=2024-02"
    names = {
        job_id("months", 1, one, "a"),
        job_id("months", 2, one, "a"),
        job_id("months", 1, one, "b"),
        job_id("other", 1, one, "a"),
        job_id("months", 1, "", "a"),
    }
    assert len(names) == 5
    assert all(len(name) == 32 for name in names)


def test_a_job_waits_is_done_and_keeps_its_result(shelf: Shelf) -> None:
    name = asked(shelf, "date=2024-02")
    assert shelf.job(name).state == "waiting"
    assert shelf.result(name) is None
    assert worked(shelf) == 1
    assert shelf.job(name).told == {"id": name, "state": "done", "done": 3, "total": 3, "ahead": 0, "reason": ""}
    assert shelf.result(name) == {"month": "2024-02", "numbers": [0.1, None]}


def test_asking_again_for_what_is_done_does_nothing(shelf: Shelf) -> None:
    name = asked(shelf)
    worked(shelf)
    assert shelf.ask(name, "months", "").state == "done"
    assert worked(shelf) == 0


def test_jobs_are_done_in_the_order_in_which_they_were_asked_for(shelf: Shelf) -> None:
    names = [asked(shelf, f"date=2024-{month:02}") for month in (5, 1, 3)]
    assert [job.id for job in shelf.waiting()] == names
    assert [shelf.job(name).ahead for name in names] == [0, 1, 2]
    order: list[str] = []
    worked(shelf, {"months": Kind("care", lambda _corridor, state, _tell: order.append(str(state.as_of)))})
    assert order == ["2024-05", "2024-01", "2024-03"]


def test_only_so_many_may_wait(shelf: Shelf) -> None:
    for at in range(MOST_WAITING):
        asked(shelf, f"window={at + 1}")
    with pytest.raises(TooManyJobs):
        asked(shelf, "window=100")
    assert shelf.ask(job_id("months", 1, "window=1", shelf.digest), "months", "window=1").state == "waiting"


def test_a_cancelled_job_is_not_begun_and_can_be_asked_for_again(shelf: Shelf) -> None:
    name = asked(shelf)
    assert shelf.cancel(name).state == "cancelled"
    assert worked(shelf) == 0
    assert shelf.ask(name, "months", "").state == "waiting"
    assert worked(shelf) == 1
    assert shelf.cancel(name).state == "done"


def test_work_that_is_cancelled_ends_at_its_next_step(shelf: Shelf) -> None:
    steps: list[int] = []

    def endless(_corridor: object, _state: ViewState, tell) -> None:
        for step in range(1000):
            Teller(shelf, name)(step, 1000)  # a teller that has just been made tells at once
            steps.append(step)
            if step == 3:
                shelf.cancel(name)

    name = asked(shelf)
    worked(shelf, {"months": Kind("care", endless)})
    assert steps == [0, 1, 2, 3]
    assert shelf.job(name).state == "cancelled"
    assert shelf.result(name) is None


def test_progress_is_written_at_most_so_often_but_its_last_step_always(shelf: Shelf) -> None:
    name = asked(shelf)
    tell = Teller(shelf, name, every_seconds=3600)
    tell(1, 9)
    tell(2, 9)
    assert got(shelf.folder / name / "progress") == [1, 9]
    tell(9, 9)
    assert got(shelf.folder / name / "progress") == [9, 9]
    with pytest.raises(JobTooLong):
        Teller(shelf, name, longest_seconds=-1)(1, 9)
    shelf.cancel(name)
    with pytest.raises(JobCancelled):
        Teller(shelf, name)(1, 9)


def test_every_failure_has_its_reason(shelf: Shelf) -> None:
    page = the_page()

    def late(_corridor: object, _state: ViewState, _tell) -> None:
        raise JobTooLong("late")

    def ended(name: str, on: Shelf, kinds: dict[str, Kind]) -> str:
        work_on(on.job(name), on, page.corridor, page.known, kinds)
        return on.job(name).reason

    other = Shelf(shelf.folder, "another version of the data")
    broken = asked(shelf, "window=9")
    for _ in range(MOST_TRIES):
        shelf.begun(broken)
    found = (
        ended(asked(shelf, kind="refusing"), shelf, KINDS),
        ended(asked(shelf, "window=8"), shelf, {"months": Kind("care", late)}),
        ended(broken, shelf, KINDS),
        ended(asked(other), other, KINDS),
    )
    assert found == REASONS
    assert shelf.ask(broken, "months", "window=9").state == "waiting"


def test_a_job_whose_process_was_ended_waits_again(shelf: Shelf) -> None:
    name = asked(shelf)
    held = [sys.executable, "-c", HOLDING, str(shelf.lock.path), name]
    environ = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    with subprocess.Popen(held, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environ) as process:
        process.stdout.readline()
        assert shelf.job(name).state == "running"
        assert asked(shelf, "window=9")
        assert shelf.waiting()[0].ahead == 1
        assert worked(shelf) == 0  # somebody else is at it
        process.kill()
    assert shelf.job(name).state == "waiting"
    assert worked(shelf) == 2


def test_a_lock_is_had_by_one_at_a_time(tmp_path: Path) -> None:
    lock = Lock(tmp_path / "lock")
    assert lock.holder() is None
    with lock.taken() as file:
        lock.busy_with(file, "a job")
        assert lock.holder() == "a job"
        with Lock(lock.path).taken() as other:
            assert other is None
        lock.busy_with(file, "")
        assert lock.holder() == ""
    assert lock.holder() is None


def test_however_often_it_is_looked_at_one_process_is_started(shelf: Shelf) -> None:
    shelf.folder.mkdir()
    started: list[int] = []

    def slow_to_begin(lock: int) -> None:
        started.append(os.dup(lock))  # what a process inherits: the lock is held until this is closed

    assert [shelf.lock.handed_on(slow_to_begin) for _ in range(3)] == [True, False, False]
    assert shelf.lock.holder() == ""
    asked(shelf)
    with os.fdopen(started[0], "r+", encoding="utf-8") as held:
        assert worked(shelf) == 0  # without the lock in hand nothing is done
        assert work_through(shelf, the_page().corridor, the_page().known, KINDS, held) == 1
    assert shelf.lock.holder() is None


def test_processes_that_end_before_they_begin_are_not_started_for_ever(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended: list[int] = []
    monkeypatch.setattr(starting, "start", lambda _, lock: ended.append(lock))
    name = asked(shelf)
    for _ in range(10):
        starting.seen_to(shelf, shelf.job(name))
    assert len(ended) == MOST_TRIES
    assert (shelf.job(name).state, shelf.job(name).reason) == ("failed", "broken_off")
    starting.seen_to(shelf, shelf.job(asked(shelf)))
    assert (len(ended), shelf.job(name).state) == (MOST_TRIES + 1, "waiting")


def test_a_file_is_read_whole_while_it_is_written_again_and_again(tmp_path: Path) -> None:
    path = tmp_path / "value"
    put(path, [0] * 5000)

    def write() -> None:
        for number in range(200):
            put(path, [number] * 5000)

    writer = threading.Thread(target=write)
    writer.start()
    while writer.is_alive():
        value = got(path)
        assert len(value) == 5000
        assert len(set(value)) == 1
    writer.join()
    assert list(tmp_path.iterdir()) == [path]


def test_what_is_no_number_is_refused_and_not_written(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        put(tmp_path / "value", float("nan"))


def test_only_the_latest_that_ended_are_kept(shelf: Shelf) -> None:
    names = [asked(shelf, f"window={at}") for at in range(1, 5)]
    worked(shelf)
    old = asked(Shelf(shelf.folder, "another version"))
    waits = asked(shelf, "window=5")
    shelf.clear(kept=2)
    assert [name for name in (*names, old) if (shelf.folder / name).is_dir()] == [names[3], old]
    assert shelf.job(waits).state == "waiting"


def test_no_name_leads_out_of_the_folder(shelf: Shelf) -> None:
    asked(shelf)
    (shelf.folder.parent / "asked").write_text(json.dumps({"kind": "months", "query": "", "digest": shelf.digest}))
    for name in ("..", ".", "", "../jobs", "A" * 32, "0" * 31, "0" * 32):
        assert shelf.job(name) is None
        assert shelf.result(name) is None
        assert shelf.cancel(name) is None


def test_the_folder_is_that_of_written_data(tmp_path: Path) -> None:
    assert jobs_folder({"AMPARO_VAR": str(tmp_path)}) == tmp_path / "jobs"
    assert jobs_folder({}).parts[-2:] == ("var", "jobs")


# ---- the addresses ---------------------------------------------------------------------------------------------------


@pytest.fixture
def server(shelf: Shelf):
    """The addresses of a server at which somebody else is at work already, so that it starts no process of its own."""
    server = Flask("jobs")
    register_jobs(server, shelf, the_page().known, KINDS)
    shelf.folder.mkdir()
    with shelf.lock.taken():
        yield server.test_client()


def test_a_job_is_asked_for_looked_at_and_cancelled(server, shelf: Shelf) -> None:
    body = {"kind": "months", "query": "date=2024-02&lang=fr&table=places"}
    answer = server.post("/jobs", json=body, headers=SAME)
    name = job_id("months", 1, "date=2024-02", shelf.digest)
    assert answer.get_json() == {"id": name, "state": "waiting", "done": 0, "total": 0, "ahead": 0, "reason": ""}
    assert answer.headers["Cache-Control"] == "no-store"
    assert server.get(f"/jobs/{name}").get_json() == answer.get_json()
    assert server.post(f"/jobs/{name}/cancel", headers=SAME).get_json()["state"] == "cancelled"
    assert server.get(f"/jobs/{'0' * 32}").status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        {},
        {"kind": "months"},
        {"kind": "unknown", "query": ""},
        {"kind": ["months"], "query": ""},
        {"kind": "months", "query": 3},
        {"kind": "months", "query": "date=never"},
        {"kind": "months", "query": "q=state"},
    ],
)
def test_what_is_no_job_is_refused(server, body: object, shelf: Shelf) -> None:
    assert server.post("/jobs", json=body, headers=SAME).status_code == 400
    assert shelf.waiting() == []


def test_a_long_body_is_refused(server) -> None:
    assert server.post("/jobs", json={"kind": "months", "query": "x" * 9000}, headers=SAME).status_code == 413


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "cross-site", "Origin": "null"},
        {"Sec-Fetch-Site": "same-site", "Origin": "null"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "https://elsewhere.org"},
        {"Origin": "https://elsewhere.org"},
    ],
)
def test_another_page_starts_and_ends_nothing(server, shelf: Shelf, headers: dict[str, str]) -> None:
    assert server.post("/jobs", json={"kind": "months", "query": ""}, headers=headers).status_code == 403
    name = asked(shelf)
    assert server.post(f"/jobs/{name}/cancel", headers=headers).status_code == 403
    assert shelf.job(name).state == "waiting"


def test_who_asks_for_too_many_is_told_so(server) -> None:
    for at in range(MOST_WAITING):
        assert (
            server.post("/jobs", json={"kind": "months", "query": f"window={at + 1}"}, headers=SAME).status_code == 200
        )
    answer = server.post("/jobs", json={"kind": "months", "query": "window=100"}, headers=SAME)
    assert (answer.status_code, answer.get_json()) == (429, {"reason": "too_many"})


# ---- what the page knows ---------------------------------------------------------------------------------------------


def test_a_view_knows_its_job_and_the_result_once_it_is_there(shelf: Shelf) -> None:
    page = the_page()
    state = ViewState(lang="fr")

    def work():
        return work_of(state, page.known, shelf.digest, shelf, {"months": KINDS["months"]})["months"]

    assert (work().job.state, work().result) == ("", None)
    shelf.ask(work().job.id, "months", work().job.query)
    assert (work().job.state, work().result) == ("waiting", None)
    worked(shelf)
    assert (work().job.state, work().result["month"]) == ("done", "2024-04")
    assert work_of(ViewState(question="state"), page.known, shelf.digest, shelf, KINDS) == {}
    assert work_of(state, page.known, shelf.digest, None, KINDS)["months"].job.state == ""


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_has_every_word_of_a_job(shelf: Shelf, lang: str) -> None:
    page = the_page()
    work = work_of(ViewState(), page.known, shelf.digest, shelf, {"robust": KINDS["months"]})["robust"]
    region = job_region(work, Texts(lang)).to_plotly_json()["props"]
    said = json.loads(region["data-job-said"])
    assert {f"failed_{reason}" for reason in REASONS} < set(said)
    assert all(said.values())
    assert "{done}" in said["running"]
    assert "{total}" in said["running"]
    assert region["data-job-id"] == work.job.id
