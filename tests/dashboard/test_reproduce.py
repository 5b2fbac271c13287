"""Each command line that the page prints runs, and gives the figures that the page shows."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Callable

import plotly
import pytest
from pages import the_page

from dashboard.state import ViewState
from geodata.__main__ import main
from geodata.corridor import Corridor

QUESTIONS = the_page().known.questions
Run = Callable[[str], list[dict]]


def printed(query: str) -> list[str]:
    """The command lines of a view, each once."""
    parts = json.dumps(the_page().answer(query, ""), cls=plotly.utils.PlotlyJSONEncoder)
    return list(dict.fromkeys(re.findall(r'"data-copies": "([^"]+)"', parts)))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(tmp_path_factory.mktemp("var"))


@pytest.fixture
def run(folder: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a printed command line and gives its rows; the corridor of the page is that of the store."""
    monkeypatch.setenv("AMPARO_VAR", folder)
    monkeypatch.setattr(Corridor, "of", classmethod(lambda cls, *_: the_page().corridor))

    def rows(line: str) -> list[dict]:
        words = shlex.split(line)
        assert words[:3] == ["python", "-m", "geodata"]
        capsys.readouterr()
        assert main([*words[3:], "--format", "json"]) == 0
        return json.loads(capsys.readouterr().out)

    return rows


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_command_that_is_printed_runs(question: str, run: Run) -> None:
    lines = [
        line for query in (f"q={question}", f"q={question}&dir=southbound&date=2025-06") for line in printed(query)
    ]
    assert len(lines) >= 6
    for line in lines:
        run(line)


def line_of(query: str, *words: str) -> str:
    return next(line for line in printed(query) if all(word in line.split() for word in words))


def test_the_first_segment_has_the_hours_of_the_headline(run: Run) -> None:
    worst = the_page().answers(ViewState()).profile.stretches.iloc[0]
    first = next(row for row in run(line_of("", "reach")) if row["leg_id"] == worst["leg_id"])
    assert [first[f"{pace}_hours"] for pace in ("low", "typical", "high")] == pytest.approx(
        [worst[f"{pace}_start"] for pace in ("low", "typical", "high")]
    )


def test_the_shares_of_the_bars_are_those_of_the_command(run: Run) -> None:
    found = the_page().answers(ViewState())
    rows = {row["class"]: row for row in run(line_of("", "shares")) if row.get("status", "listed") == "listed"}
    for name, share in found.shares.items():
        assert any(value == pytest.approx(share) for value in rows[name].values() if isinstance(value, float)), name


def test_the_share_of_a_whole_chain_is_that_of_the_command(run: Run) -> None:
    shares = the_page().answers(ViewState(question="chain")).shares
    rows = {row["class"]: row for row in run(line_of("q=chain", "chain", "class"))}
    assert any(value == pytest.approx(shares["whole"]) for value in rows["whole"].values() if isinstance(value, float))


def test_the_populations_are_those_of_the_command(run: Run) -> None:
    told = json.dumps(the_page().answer("lang=en", "")["figures"], cls=plotly.utils.PlotlyJSONEncoder)
    women = {row["population"]: row["typical_women"] for row in run(line_of("", "exposure", "population"))}
    for name in ("in_time", "fast_only", "out_of_time"):
        assert f"{women[name]:,.0f}" in told
