"""Jobs on the server as it is run, with two workers that share them: asked for once, done apart, there for both."""

from __future__ import annotations

import json
import os
import re
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.browser.conftest import ROOT, served

pytestmark = pytest.mark.browser
#: A new process reads the data before it begins; on a busy machine that takes a while.
PATIENCE_SECONDS = 90.0
SAME = {"Sec-Fetch-Site": "same-origin", "Origin": "null", "Content-Type": "application/json"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("var")


@pytest.fixture(scope="module")
def two_workers(folder: Path) -> Iterator[str]:
    command = re.sub("^web: ", "", (ROOT / "Procfile").read_text(encoding="utf-8").strip())
    with served(command, folder, workers=2) as address:
        yield address


def asked(address: str, method: str, path: str, body: object = None, **headers: str) -> tuple[int, Any]:
    """What the server answers, on a connection of its own, so that either worker may take it."""
    with closing(HTTPConnection(urlsplit(address).netloc, timeout=30)) as connection:
        connection.request(method, path, json.dumps(body) if body is not None else None, SAME | headers)
        answer = connection.getresponse()
        text = answer.read()
        return answer.status, json.loads(text) if answer.headers.get_content_type() == "application/json" else text


def until(holds: Callable[[], Any]) -> Any:
    """What a check gives once it gives something; a failure where it does not in time."""
    pause, end = threading.Event(), time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        found = holds()
        if found:
            return found
        pause.wait(0.1)
    pytest.fail("It did not come about in time.")


def stands(address: str, name: str, *states: str) -> Callable[[], Any]:
    """A check that a job is in one of these states."""

    def check() -> Any:
        told = asked(address, "GET", f"/jobs/{name}")[1]
        return told if told["state"] in states else None

    return check


@contextmanager
def cancelled_at_last(address: str, *names: str) -> Iterator[None]:
    yield
    for name in names:
        asked(address, "POST", f"/jobs/{name}/cancel")


def test_many_who_ask_at_once_have_one_job_and_one_process_does_it(two_workers: str, folder: Path) -> None:
    answers: list[tuple[int, Any]] = []
    body = {"kind": "robust", "query": "q=siting&k=1"}
    threads = [
        threading.Thread(target=lambda: answers.append(asked(two_workers, "POST", "/jobs", body))) for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {status for status, _ in answers} == {200}
    (name,) = {told["id"] for _, told in answers}
    done = until(stands(two_workers, name, "done", "failed"))
    assert done["state"] == "done"
    assert done["done"] == done["total"] > 0
    assert tries(folder, name) == 1
    assert {asked(two_workers, "GET", f"/jobs/{name}")[1]["state"] for _ in range(8)} == {"done"}


def test_a_process_that_was_ended_is_followed_by_another_and_a_job_in_line_waits(
    two_workers: str, folder: Path
) -> None:
    first, second = (
        asked(two_workers, "POST", "/jobs", {"kind": "robust", "query": f"q=siting&k={places}"})[1]["id"]
        for places in (5, 6)
    )
    with cancelled_at_last(two_workers, first, second):
        until(stands(two_workers, first, "running"))
        assert asked(two_workers, "GET", f"/jobs/{second}")[1]["state"] == "waiting"
        assert asked(two_workers, "GET", f"/jobs/{second}")[1]["ahead"] == 1
        os.kill(holder_of(folder), signal.SIGKILL)
        until(lambda: stands(two_workers, first, "running", "done")() and tries(folder, first) == 2)
        assert asked(two_workers, "POST", f"/jobs/{second}/cancel")[1]["state"] == "cancelled"
        until(stands(two_workers, first, "done"))
        assert asked(two_workers, "GET", f"/jobs/{second}")[1]["state"] == "cancelled"


def tries(folder: Path, name: str) -> int:
    """How often a job was begun."""
    return int(json.loads((folder / "jobs" / name / "tries").read_text(encoding="utf-8")))


def holder_of(folder: Path) -> int:
    """The process that works for a server of this folder: the one that holds the lock open."""
    (lock,) = (folder / "jobs").glob("*.lock")
    for process in Path("/proc").glob("[0-9]*"):
        try:
            held = {str(one.readlink()) for one in (process / "fd").iterdir()}
            line = (process / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if str(lock) in held and b"job" in line:
            return int(process.name)
    pytest.fail("Nobody holds the lock.")


def test_a_running_job_is_cancelled_and_gives_no_result(two_workers: str, folder: Path) -> None:
    name = asked(two_workers, "POST", "/jobs", {"kind": "robust", "query": "q=siting&k=7"})[1]["id"]
    until(stands(two_workers, name, "running"))
    assert asked(two_workers, "POST", f"/jobs/{name}/cancel")[1]["state"] == "cancelled"
    other = asked(two_workers, "POST", "/jobs", {"kind": "robust", "query": "q=siting&k=1&window=24"})[1]["id"]
    until(stands(two_workers, other, "running", "done"))  # the one before was given up
    assert not (folder / "jobs" / name / "result").exists()
    until(stands(two_workers, other, "done"))


def test_another_page_can_start_and_end_nothing(two_workers: str) -> None:
    body = {"kind": "robust", "query": "q=siting&k=8"}
    for headers in (
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://elsewhere.org"},
    ):
        assert asked(two_workers, "POST", "/jobs", body, **headers)[0] == 403
    assert asked(two_workers, "POST", f"/jobs/{'0' * 32}/cancel")[0] == 404
    assert asked(two_workers, "GET", "/jobs/..%2f..%2fetc")[0] == 404
