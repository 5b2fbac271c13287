"""The question of the chain: its words, its table and its drawing say what the command line says."""

from __future__ import annotations

import pytest
from pages import the_page
from said import rows_of, words

from dashboard.questions.chain import commands, first_missing
from dashboard.state import LANGUAGES, ViewState
from dashboard.text import Texts

pytestmark = pytest.mark.usefixtures("own_store")


def shown(query: str) -> dict[str, object]:
    return the_page().answer(f"q=chain&{query}", "")


def test_the_sentence_says_the_share_the_range_the_date_and_what_is_not_known() -> None:
    said = words(shown("lang=en&date=2024-04")["sentence"])
    assert said == (
        "For 73% of the travel time, the whole chain of protection is known to lie ahead in time. "
        "Between 34% and 84% depending on the pace, as at the end of April 2024. "
        "The link most often missing first is clinical care after rape: 17% of the travel time. "
        "For 10% it is not known; that does not mean it is safe."
    )


def test_where_no_service_is_known_to_admit_her_the_headline_says_so_and_gives_no_zero() -> None:
    said = words(shown("lang=en&date=2024-04&whom=speaks_french")["sentence"])
    assert said.startswith("Nowhere on this route is the whole chain")
    assert "For 83% it is not known" in said
    assert "0%" not in said


def test_every_share_of_the_sentence_comes_from_the_printed_command(capsys: pytest.CaptureFixture[str]) -> None:
    page, query = the_page(), "date=2024-04&whom=girl_alone&lang=en"
    state, _ = ViewState.parse(f"q=chain&{query}", page.known)
    first = commands(state, page.answers(state).question)[0]
    found = {row["class"]: row for row in rows_of(first.line, capsys)}
    said, texts = words(shown(query)["sentence"]), Texts("en")
    for name, column in (
        ("whole", "typical_share"),
        ("whole", "low_share"),
        ("whole", "high_share"),
        ("clinical_care", "typical_share"),
        ("unknown", "typical_share"),
    ):
        assert texts.percent(float(found[name][column])) in said


def test_the_table_of_the_cascade_is_its_command_and_the_drawing_says_the_same(
    capsys: pytest.CaptureFixture[str],
) -> None:
    parts = shown("date=2024-04&table=cascade&lang=en&whom=speaks_french")
    line = "python -m geodata cascade --as-of 2024-04 --route north_acandi_ciudad_juarez --whom speaks_french"
    assert line in words(parts["story"])
    found = rows_of(line, capsys)
    values = [[cell["value"] for cell in row["cells"][1:]] for row in parts["table"]["rows"]]
    names = [f"{name}{suffix}" for suffix in ("", "_alone") for name in ("kept", "unknown", "lost")]
    assert values == [[float(row[name]) for name in names] for row in found]
    assert "Speaks her language" in parts["charts"]["cascade"]["wide"]


def test_the_classes_run_from_whole_over_the_last_link_to_the_first() -> None:
    _, classes = first_missing(the_page().corridor)
    assert classes == ("whole", "legal_aid", "shelter", "psychosocial", "clinical_care", "unknown")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_language_answers_for_every_audience(lang: str) -> None:
    for whom in ("", "girl_alone", "without_papers", "speaks_portuguese"):
        parts = shown(f"lang={lang}&date=2024-02&whom={whom}&table=cascade")
        assert len(words(parts["sentence"])) > 80
        assert set(parts["charts"]["cascade"]) == {"wide", "narrow"}


def test_a_selected_stretch_is_told_in_detail() -> None:
    assert words(shown("lang=en&at=leg:meteti__panama_city__bus@10.0")["detail"])


def test_no_lane_shows_hours_in_a_colour_that_the_legend_gives_to_a_link() -> None:
    page = the_page()
    state, _ = ViewState.parse("q=chain&date=2024-04", page.known)
    assert dict(page.answers(state).lanes) == {}
