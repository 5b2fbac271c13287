"""What is said of a job, how far it is and when it is looked at again, in the browser that runs it."""

import json

import pytest

pytestmark = pytest.mark.browser

SAID = {
    "start": "Start", "again": "Again", "cancel": "Cancel", "progress": "Progress", "starting": "Starting",
    "waiting": "{ahead} before", "running": "{done} of {total}", "begun": "Begun", "part": "{percent} in a hundred",
    "cancelled": "Cancelled", "done": "Done", "failed_too_long": "Too long",
}  # fmt: skip
NONE = {"state": "", "done": 0, "total": 0, "ahead": 0, "reason": ""}


@pytest.fixture
def jobs(blank):
    """Calls a pure function of the script."""
    return lambda name, *arguments: blank.evaluate(
        "([name, given]) => window.amparo.jobs[name](...given)", [name, list(arguments)]
    )


def test_it_is_looked_at_ever_more_rarely_and_at_least_every_four_seconds(jobs):
    pauses = [0]
    for _ in range(12):
        pauses.append(jobs("pauseAfter", pauses[-1]))
    assert pauses[1] == 400
    assert pauses == sorted(pauses)
    assert pauses[-1] == 4000


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({}, ""),
        ({"state": "waiting", "ahead": 2}, "2 before"),
        ({"state": "waiting"}, "Starting"),
        ({"state": "running"}, "Starting"),
        ({"state": "running", "done": 3, "total": 12}, "3 of 12"),
        ({"state": "cancelled"}, "Cancelled"),
        ({"state": "failed", "reason": "too_long"}, "Too long"),
        ({"state": "done"}, "Done"),
    ],
)
def test_every_state_has_its_words(jobs, told, words):
    assert jobs("words", NONE | told, SAID) == words


def test_progress_is_read_aloud_at_each_quarter_alone(jobs):
    running = NONE | {"state": "running", "total": 100}
    heard = {jobs("aloud", running | {"done": done}, SAID) for done in range(0, 101, 5)}
    assert heard == {"Begun", "25 in a hundred", "50 in a hundred", "75 in a hundred", "100 in a hundred"}


MADE = """
([state, said]) => {
  const node = document.createElement("div");
  const given = { job: "robust", "job-id": "a", "job-state": state, "job-query": "", "job-said": said };
  Object.entries(given).forEach(([name, value]) => node.setAttribute(`data-${name}`, value));
  node.tabIndex = -1;
  document.body.append(node);
}
"""


def test_an_element_offers_to_start_and_while_it_works_to_cancel(blank):
    blank.evaluate("() => { window.fetch = () => new Promise(() => {}); }")
    blank.evaluate(MADE, ["", json.dumps(SAID)])
    start = blank.get_by_role("button", name="Start")
    start.click()
    assert blank.get_by_role("button", name="Cancel").is_visible()
    assert not blank.locator(".job-start").is_visible()
    assert blank.locator(".job-words").inner_text() == "Starting"


def test_an_element_that_comes_back_to_running_work_looks_at_it_at_once(blank):
    blank.evaluate("() => { window.fetch = (address) => { window.asked = address; return new Promise(() => {}); }; }")
    blank.evaluate(MADE, ["running", json.dumps(SAID)])
    blank.locator(".job-bar:not([hidden])[aria-label=Progress]").wait_for(state="attached")
    assert blank.evaluate("window.asked") == "/jobs/a"


def test_an_element_whose_work_is_done_has_nothing_to_press(blank):
    blank.evaluate(MADE, ["done", json.dumps(SAID)])
    blank.locator("[data-job-shown=done]").wait_for(state="attached")
    assert blank.get_by_role("button").count() == 0
