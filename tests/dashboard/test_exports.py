"""The map to be taken away: all that the live map draws, all inside one file, and every name only a name."""

from __future__ import annotations

import html
import re
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import folium
import pytest
from flask import Flask
from hostile import HOSTILE, the_hostile_page
from pages import the_page

from dashboard.__main__ import main
from dashboard.downloads import register_downloads
from dashboard.exports.escaping import in_script, shown
from dashboard.exports.map_file import map_html
from dashboard.exports.names import ZOOMS, names
from dashboard.exports.runs import cut
from dashboard.maps.values import MARK_KINDS, Mark
from dashboard.page import Page
from dashboard.state import LANGUAGES, ViewState
from dashboard.text import Texts
from geodata.corridor.geodesy import distance_km
from geodata.reference.boundaries import basemap_features

EVERYTHING = "layers=services,state,reports"
VIEWS = ("", EVERYTHING, "q=state&date=2025-06&dir=southbound", "date=2024-08&route=north_carreto_tijuana")


class Tags(HTMLParser):
    """The elements of a page with their attributes, and the text outside scripts and styles."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        self._silent = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attributes}))
        self._silent = tag if tag in ("script", "style") else ""

    def handle_endtag(self, tag: str) -> None:
        self._silent = ""

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


@cache
def file_of(query: str, lang: str = "es") -> str:
    return the_page().map_file(f"{query}&lang={lang}", "")


def runs_of(page: Page, query: str) -> int:
    return len(page.answers(ViewState.parse(query, page.known)[0]).profile.leg_runs)


@pytest.mark.parametrize("query", VIEWS)
def test_the_file_loads_nothing_from_anywhere(query: str) -> None:
    tags = Tags(file_of(query)).tags
    loading = [(tag, them) for tag, them in tags if {"src", "srcset", "data", "poster"} & them.keys() or tag == "link"]
    assert loading == []
    assert [them["href"] for _, them in tags if "href" in them] == ["#runs"]
    styles = re.findall(r"<style>(.*?)</style>", file_of(query), flags=re.DOTALL)
    assert not re.search(r"url\(|@import", " ".join(styles))
    assert "sourceMappingURL" not in file_of(query)
    assert "user-scalable" not in file_of(query)
    assert "default-src 'none'" in next(them["content"] for _, them in tags if them.get("http-equiv"))


@pytest.mark.parametrize("query", VIEWS)
def test_every_run_of_the_answer_is_drawn_and_listed(query: str) -> None:
    page, written = the_page(), file_of(query)
    wanted = runs_of(page, query)
    assert wanted > 20
    assert len(re.findall(r'"className": "run run-', written)) == wanted
    assert written.count("<tr><td>") == wanted


def test_every_point_of_the_live_map_is_in_a_badge() -> None:
    page = the_page()
    points = page.answer(f"{EVERYTHING}&lang=es", "")["map"]["points"]
    written = file_of(EVERYTHING)
    assert len(points) > 50
    assert [point["title"] for point in points if f"<li>{shown(point['title'])}</li>" not in written] == []
    assert len(re.findall(r"L\.marker\(", written)) == len({(point["place"], point["kind"]) for point in points})


@pytest.mark.parametrize("lang", LANGUAGES)
def test_marks_stand_on_the_map_and_their_kinds_in_the_legend(lang: str) -> None:
    page, texts = the_page(), Texts(lang)
    marks = (
        Mark("proposed", "erm_lajas_blancas", "1. <Lajas>", 1),
        *(Mark(kind, "bajo_chiquito", f"{kind}!") for kind in MARK_KINDS[1:]),
        Mark("proposed", "own", "2. Punto", 2, point=(8.5, -77.9)),
    )
    state, _ = ViewState.parse("", page.known)
    found = page.answers(state)
    said = page.answers.method(state).sentence(page.corridor, found, state, texts)
    without, written = (map_html(page.corridor, found, said, state, texts, them) for them in ((), marks))
    assert written.count("L.marker(") == without.count("L.marker(") + len(marks)
    assert [mark.title for mark in marks if f"<li>{shown(mark.title)}</li>" not in written] == []
    assert "8.5, -77.9" in written
    assert [kind for kind in MARK_KINDS if texts(f"mark.{kind}") not in Tags(written).text] == []
    assert [kind for kind in MARK_KINDS if texts(f"mark.{kind}") in Tags(without).text] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_headline_filters_and_the_date_of_the_data_stand_in_each_language(lang: str) -> None:
    page, texts = the_page(), Texts(lang)
    found = Tags(file_of("date=2024-02&window=120&status=confirmed", lang))
    said = page.answer(f"date=2024-02&window=120&status=confirmed&lang={lang}", "")["sentence"][0].children
    assert dict(found.tags)["html"] == {"lang": lang}
    wanted = (
        said,
        texts("export.stamp", month=texts.month(ViewState.parse("date=2024-02", page.known)[0].as_of),
              retrieved=texts.date("2026-11"), digest=page.corridor.snapshot.digest[:12]),
        texts("capability.clinical_care"),
        texts.hours_in_words(120),
        texts("status.confirmed"),
        texts("direction.northbound"),
        *(texts(f"disclaimer.{name}") for name in ("not_violence", "schematic", "borders")),
    )  # fmt: skip
    assert [words for words in wanted if " ".join(words.split()) not in found.text] == []


def test_markup_in_a_name_stays_a_name() -> None:
    page = the_hostile_page()
    written = page.map_file(f"{EVERYTHING}&lang=es", "")
    plain = file_of(EVERYTHING)
    names_of = [tag for tag, _ in Tags(written).tags]
    assert {tag: names_of.count(tag) for tag in ("script", "img")} == {
        "script": [tag for tag, _ in Tags(plain).tags].count("script"), "img": 0,
    }  # fmt: skip
    assert HOSTILE not in written
    assert "<script>window.caught" not in written
    assert "${window" not in written
    assert "7*7 }}" not in written
    assert not re.search(r"(?<![-\w])49(?![-\w.])", Tags(written).text)
    assert HOSTILE.split("</script>")[0] in Tags(written).text
    assert " ".join(HOSTILE.split()) in Tags(written).text


def test_words_are_shown_as_they_are_and_do_nothing_else() -> None:
    assert html.unescape(shown(HOSTILE)) == HOSTILE
    assert not set("<>\"'`$\\{}") & set(shown(HOSTILE))
    assert "</script" not in in_script(HOSTILE)


def test_the_same_view_gives_the_same_file_and_leaves_folium_as_it_was() -> None:
    before = list(folium.Map.default_js), list(folium.Map.default_css)
    assert the_page().map_file("&lang=es", "") == file_of("")
    assert (folium.Map.default_js, folium.Map.default_css) == before
    assert len(file_of("").encode()) < 1_000_000


def test_a_cut_line_is_as_long_as_its_part_of_the_leg() -> None:
    page = the_page()
    leg = page.corridor.legs.index[page.corridor.legs["length_km"] > 300][0]
    line = cut(page.corridor.lines[leg], 100.0, 250.0)
    drawn = sum(distance_km(start[1], start[0], end[1], end[0]) for start, end in pairwise(line))
    assert drawn == pytest.approx(150.0, abs=0.1)


def test_no_name_is_written_over_another_at_any_zoom() -> None:
    page = the_page()
    written = names(page.corridor, basemap_features(), {"necocli", "meteti"}, {"meteti": 50.0}, Texts("es"))
    for zoom in ZOOMS:
        boxes = [name.box_at(zoom) for name in written if name.shown_from <= zoom]
        over = [
            (one, other)
            for at, one in enumerate(boxes)
            for other in boxes[at + 1 :]
            if one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
        ]
        assert over == []
    assert written[0].kind == "stop"


def test_the_page_hands_it_over_as_an_attachment_that_nobody_keeps() -> None:
    server = Flask("test")
    register_downloads(server, the_page())
    answer = server.test_client().get("/download/map.html?lang=fr&date=2024-02&route=%3Cscript%3E")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == 'attachment; filename="amparo-map.html"'
    assert answer.headers["Cache-Control"] == "no-store"
    assert '<html lang="fr">' in answer.text


@pytest.fixture
def own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("AMPARO_DATABASE_URL", raising=False)
    monkeypatch.setenv("AMPARO_VAR", str(tmp_path / "var"))
    return tmp_path


def test_the_command_writes_the_same_file_as_the_page(own_store: Path) -> None:
    assert main(["map", "--lang", "pt", "--output", str(own_store / "map.html"), "--query", "?date=2024-02"]) == 0
    assert (own_store / "map.html").read_text() == file_of("date=2024-02", "pt")


@pytest.mark.parametrize("query", ["lang=xx", "date=2031-01", "route=nowhere"])
def test_the_command_refuses_a_query_that_it_cannot_use(
    own_store: Path, query: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["map", "--output", str(own_store / "map.html"), "--query", query]) == 1
    assert query.split("=")[1] in capsys.readouterr().err
    assert list(own_store.glob("*map*")) == []


def test_the_command_refuses_an_unknown_language_and_a_folder_that_is_not_there(own_store: Path) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["map", "--lang", "xx", "--output", str(own_store / "map.html")])
    assert main(["map", "--output", str(own_store / "nowhere" / "map.html")]) == 1
    assert list(own_store.glob("*map*")) == []
