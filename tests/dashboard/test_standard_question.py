"""The question of a standard: its words, regions, tables, marks and commands say the same, and the list can be followed."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from pages import the_page
from said import rows_of, words

from dashboard.questions.standard import commands
from dashboard.state import LANGUAGES, ViewState
from dashboard.text import Texts
from geodata.planning import STANDARD_CLASSES, Change

pytestmark = pytest.mark.usefixtures("own_store")

TABLES = ("standard_sections", "standard_countries", "standard_changes", "standard_left")
PANAMA = "date=2024-04&within=PAN&lang=en"


def shown(query: str) -> dict[str, object]:
    return the_page().answer(f"q=standard&{query}", "")


def parts_of(part: object) -> list[object]:
    """A part of the page and everything within it."""
    if isinstance(part, list | tuple):
        return [inner for one in part for inner in parts_of(one)]
    inside = getattr(part, "children", None)
    return [part, *(parts_of(inside) if inside is not None else [])]


def attributes(part: object, name: str) -> list[str]:
    return [value for one in parts_of(part) if (value := getattr(one, name, None)) is not None]


def test_the_sentence_tells_met_pending_missed_and_not_known_apart_with_range_and_date() -> None:
    assert words(shown("lang=en&date=2024-04")["sentence"]) == (
        "For 18% of the travel time, confirmed services meet this standard. "
        "Between 11% and 23% depending on the pace, as at the end of April 2024. "
        "For 49% it is pending: services must be confirmed, or are about to open. "
        "For 30% it is missed, first from Necoclí on: clinical care after rape within 24 h. "
        "For 3% it is not known; that does not mean it is safe."
    )


def test_every_share_of_the_sentence_comes_from_the_printed_command(capsys: pytest.CaptureFixture[str]) -> None:
    query = "date=2024-04&lang=en&standard=shelter@48,legal_aid@72&whom=woman"
    page = the_page()
    state, _ = ViewState.parse(f"q=standard&{query}", page.known)
    line = commands(state, page.answers(state).question)[0].line
    assert "--target shelter=48 --target legal_aid=72" in line
    found = {row["class"]: row for row in rows_of(line, capsys)}
    said, texts = words(shown(query)["sentence"]), Texts("en")
    for name in STANDARD_CLASSES:
        share = float(found[name]["typical_share"])
        assert texts.percent(share) in said or share == 0, name


def test_another_target_is_another_answer_of_the_map_the_strip_and_the_bars() -> None:
    usual, lax = shown("date=2024-04"), shown("date=2024-04&standard=clinical_care@720")
    assert usual["map"]["runs"] != lax["map"]["runs"]
    assert usual["strip"] != lax["strip"]
    assert usual["charts"]["standard"]["wide"] != lax["charts"]["standard"]["wide"]


def test_the_strip_has_a_lane_per_target_in_its_own_readiness_and_holds_hours_against_the_first() -> None:
    drawn = shown("date=2024-04&lang=en&standard=shelter@48,legal_aid@72")["strip"]["horizontal"]
    assert "Legal aid" in drawn
    assert "48 h" in drawn
    assert "run--not_ready" in drawn
    assert "run--covered" not in drawn


def test_the_targets_can_be_changed_taken_out_and_added_by_what_stands_in_the_page() -> None:
    figures = shown("lang=en&standard=clinical_care@24,shelter@48")["figures"]
    fields = [one for one in parts_of(figures) if getattr(one, "type", "") == "number"]
    assert [field.value for field in fields] == [24, 48]
    assert attributes(figures, "data-before") == [
        "clinical_care@",
        "clinical_care@24,shelter@",
        "clinical_care@24,shelter@48,",
    ]
    assert attributes(figures, "data-after") == [",shelter@48", ""]
    assert attributes(figures, "data-value") == ["shelter@48", "clinical_care@24"]
    options = next(one.options for one in parts_of(figures) if getattr(one, "options", None))
    assert [option["value"] for option in options][:2] == ["primary_health@48", "psychosocial@48"]
    assert len(options) == 7


def test_of_one_target_the_last_is_taken_out_and_then_none_is_said() -> None:
    assert attributes(shown("standard=shelter@48")["figures"], "data-value") == ["none"]
    parts = shown("standard=none&lang=en&date=2024-04")
    assert words(parts["sentence"]).startswith("This standard has no target yet.")
    assert "April 2024" in words(parts["sentence"])
    assert (parts["story"], parts["charts"]) == ([], {})
    for table in TABLES:
        assert the_page().table(f"q=standard&standard=none&table={table}", "")["rows"] == []


def test_each_change_is_one_sentence_and_the_link_shows_those_that_can_be_planned() -> None:
    parts = shown(PANAMA)
    said = words(parts["story"])
    assert "What would make Panama ready" in said
    assert "1 place is enough for all that can be made ready. No shorter list does it." in said
    assert (
        "Bajo Chiquito: clinical care after rape and a shelter as well at “Puesto de salud de Bajo Chiquito”." in said
    )
    plan = next(href for href in attributes(parts["story"], "href") if "q=plan" in href)
    state, notices = ViewState.parse(unquote(plan.partition("?")[2]), the_page().known)
    assert [notice.part for notice in notices if notice.part != "q"] == []
    assert [Change.parse(text).target for text in state.plan] == ["SV008"]
    assert state.plan_name == "Standard: Panama"


def test_what_no_place_in_the_country_makes_ready_is_told_with_its_reason() -> None:
    said = words(shown("date=2024-04&within=COL&lang=en")["story"])
    assert "What no place in Colombia can make ready" in said
    assert "the nearest is Bajo Chiquito (Panama)" in said
    assert "No place ahead is near enough" in words(shown(PANAMA)["story"])


def test_only_confirmations_make_no_plan() -> None:
    story = shown("date=2024-04&within=HND&lang=en")["story"]
    assert "No new place is needed." in words(story)
    assert "find out whether" in words(story)
    assert [href for href in attributes(story, "href") if "q=plan" in href] == []


def test_without_a_country_the_first_on_the_way_that_is_not_ready_is_told_and_one_that_is_not_passed_is_not() -> None:
    assert "What would make Colombia ready" in words(shown("date=2024-04&lang=en")["story"])
    assert "What would make Colombia ready" in words(shown("date=2024-04&lang=en&within=USA")["story"])


def test_the_countries_stand_in_the_order_of_travel_in_the_choice_the_bars_and_the_table() -> None:
    parts = shown(f"{PANAMA}&table=standard_countries")
    along = ["Colombia", "Panama", "Costa Rica", "Nicaragua", "Honduras", "Guatemala", "Mexico"]
    choice = next(one.options for one in parts_of(parts["story"]) if getattr(one, "options", None))
    assert [option["label"] for option in choice] == along
    assert [row["cells"][0]["text"] for row in parts["table"]["rows"]] == along
    drawn = parts["charts"]["standard"]["wide"]
    assert sorted(along, key=lambda one: drawn.index(f">{one}<")) == along


def test_the_bars_and_the_table_of_countries_are_the_printed_command(capsys: pytest.CaptureFixture[str]) -> None:
    parts = shown(f"{PANAMA}&table=standard_countries")
    line = next(line for line in attributes(parts["story"], "data-copies") if "--by country" in line)
    found = rows_of(line, capsys)
    values = [cell["value"] for row in parts["table"]["rows"] for cell in row["cells"][2:6]]
    assert values == pytest.approx([float(row["hours"]) for row in found])


def test_the_table_of_what_is_needed_is_the_printed_command_and_the_marks_of_the_map(
    capsys: pytest.CaptureFixture[str],
) -> None:
    parts = shown(f"{PANAMA}&table=standard_changes")
    line = next(line for line in attributes(parts["story"], "data-copies") if "--by changes" in line)
    found = rows_of(line, capsys)
    assert [row["at"] for row in parts["table"]["rows"]] == [f"place:{row['place_id']}" for row in found]
    assert [row["cells"][6]["value"] for row in parts["table"]["rows"]] == pytest.approx(
        [float(row["typical_hours"]) for row in found]
    )
    proposed = [point for point in parts["map"]["points"] if point["kind"] == "proposed"]
    assert [(point["place"], point["label"]) for point in proposed] == [("bajo_chiquito", "1")]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("table", TABLES)
def test_its_tables_have_a_cell_for_every_column_in_every_language(table: str, lang: str) -> None:
    for query in (
        "date=2024-04&within=PAN",
        "dir=southbound&date=2025-06",
        "status=confirmed&date=2024-06&within=MEX",
    ):
        found = the_page().table(f"q=standard&{query}&lang={lang}&table={table}", "")
        assert {len(row["cells"]) for row in found["rows"]} <= {len(found["columns"])}
    assert the_page().table(f"q=standard&date=2024-04&within=PAN&lang={lang}&table={table}", "")["rows"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_language_answers_for_every_country(lang: str) -> None:
    for country in ("COL", "PAN", "CRI", "NIC", "HND", "GTM", "MEX"):
        parts = shown(f"lang={lang}&date=2024-02&within={country}")
        assert len(words(parts["story"])) > 100
        assert set(parts["charts"]["standard"]) == {"wide", "narrow"}


def test_a_row_of_the_sections_selects_its_stretch() -> None:
    row = shown(f"{PANAMA}&table=standard_sections")["table"]["rows"][1]
    assert row["at"].startswith("leg:")
    assert words(shown(f"{PANAMA}&at={row['at']}")["detail"])


def test_where_confirmed_ones_alone_count_the_small_print_says_so() -> None:
    assert "Only confirmed services count here." in words(shown("lang=en&status=confirmed&date=2024-06")["summary"])
