"""The documents beside the dashboard: whole in every language, light, harmless, and true to the records they come from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise

import pandas as pd
import pytest
from flask.testing import FlaskClient
from hostile import HOSTILE, the_hostile_page
from pages import the_page

from dashboard.app import create_app
from dashboard.documents import DOCUMENTS, Reading
from dashboard.documents.figures import CONSTANTS, PARTS
from dashboard.documents.holdings import holdings, latest_date, legs_by_basis
from dashboard.documents.method import CHOICES, FIGURES
from dashboard.documents.rendering import document_html, environment
from dashboard.server import finished_server
from dashboard.settings import Settings
from dashboard.state import LANGUAGES, ViewState
from dashboard.text import Texts, catalogue
from geodata.coverage import CLASSES
from geodata.schema import BASES, ROLES

KB = 1000
#: The one document with pictures: five drawings of a route, each for a wide and for a narrow page, as no script chooses.
HEAVIEST_KB = {"planning": 90}
#: What has no end tag.
VOID = {"meta", "link", "br", "img", "hr", "input"}
#: Texts that are shown in one form of the plural only, or in the footer of the dashboard.
ELSEWHERE = re.compile(r"method\.(link|.*\.(one|many|other))$")
LONG_KEY = re.compile(r"\b[a-z_]+\.[a-z_]+\.[a-z_.]+\b")


class Outline(HTMLParser):
    """The headings, links, anchors and words of a page; a tag that is left open or closed twice is a fault."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.headings: list[int] = []
        self.links: list[str] = []
        self.anchors: list[str] = []
        self.words: list[str] = []
        self.feed(page)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if tag not in VOID:
            self.open.append(tag)
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "a":
            self.links.append(str(named["href"]))
        if "id" in named:
            self.anchors.append(str(named["id"]))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """What closes itself leaves nothing open."""

    def handle_data(self, data: str) -> None:
        if "style" not in self.open and data.strip():
            self.words.append(re.sub(r"[ \n]+", " ", data).strip(" \n"))


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return finished_server(create_app(Settings(), the_page().corridor), Settings()).test_client()


@cache
def written(name: str, lang: str, query: str = "") -> str:
    document = next(document for document in DOCUMENTS if document.name == name)
    return document_html(document, Reading.of(the_page(), f"{query}&lang={lang}", ""), DOCUMENTS)


EACH = [pytest.param(document.name, lang, id=f"{document.name}-{lang}") for document in DOCUMENTS for lang in LANGUAGES]


@pytest.mark.parametrize(("name", "lang"), EACH)
def test_a_document_is_well_formed_light_and_in_its_language(name: str, lang: str) -> None:
    page = written(name, lang)
    outline = Outline(page)
    assert f'<html lang="{lang}">' in page
    assert len(page.encode()) <= HEAVIEST_KB.get(name, 60) * KB
    assert "<script" not in page
    assert len(outline.anchors) == len(set(outline.anchors))
    assert {link[1:] for link in outline.links if link.startswith("#")} <= set(outline.anchors)
    assert outline.links[0] == "#main"


@pytest.mark.parametrize(("name", "lang"), EACH)
def test_headings_begin_with_one_title_and_never_skip_a_step(name: str, lang: str) -> None:
    levels = Outline(written(name, lang)).headings
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize(("name", "lang"), EACH)
def test_no_placeholder_no_key_and_no_nan_is_left(name: str, lang: str) -> None:
    words = " ".join(Outline(written(name, lang)).words)
    assert re.findall(r"[{}]|\bnan\b|undefined", words) == []
    assert LONG_KEY.findall(words) == []


@pytest.mark.parametrize(("name", "lang"), EACH)
def test_every_language_is_one_link_away_on_the_same_page_and_the_view_too(name: str, lang: str) -> None:
    page = written(name, lang, "date=2024-02&dir=southbound")
    links = Outline(page).links
    for other in LANGUAGES:
        address = next(link for link in links if link.startswith(f"/{name}?") and link.endswith(f"lang={other}"))
        state, notices = ViewState.parse(address.partition("?")[2], the_page().known)
        assert (state.lang, str(state.as_of), state.direction, notices) == (other, "2024-02", "southbound", ())
    back = next(link for link in links if link.startswith("/?"))
    assert str(ViewState.parse(back[2:], the_page().known)[0].as_of) == "2024-02"
    assert re.findall(r'hreflang="(\w\w)" aria-current="true"', page) == [lang]


@pytest.mark.parametrize("template", environment().list_templates())
def test_a_template_holds_no_visible_word(template: str) -> None:
    source, _, _ = environment().loader.get_source(environment(), template)
    shown = re.sub(r"{%.*?%}|{{.*?}}|{#.*?#}", "", source, flags=re.DOTALL)
    assert re.findall(r"[A-Za-zÀ-ÿ]{2,}", re.sub(r"<[^>]*>", " ", shown)) == []
    assert re.findall(r'(?:aria-label|title|alt)="[A-Za-z]', shown) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_text_of_the_method_is_on_its_page(lang: str) -> None:
    texts, page = Texts(lang), written("method", lang)
    page += " ".join(Outline(page).words)
    figures = {name: texts.number(value) for name, value in CONSTANTS.items()}
    keys = [key for key in catalogue(lang) if key.startswith("method.") and not ELSEWHERE.match(key)]
    assert len(keys) > 80
    assert [key for key in keys if texts(key, **figures) not in page] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_figure_has_its_section_with_three_parts_in_order(lang: str) -> None:
    texts, page = Texts(lang), written("method", lang)
    sections = re.findall(r'<section class="figure" id="(\w+)">(.*?)</section>', page, flags=re.DOTALL)
    assert [key for key, _ in sections] == [figure.key for figure in FIGURES]
    for _, body in sections:
        labels = [f"<dt>{texts(f'method.part.{part}')}</dt>" for part in ("is", "is_not", "wrong")]
        assert all(body.count(label) == 1 for label in labels)
        assert sorted(labels, key=body.index) == labels


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_class_is_drawn_and_explained_as_on_the_screen(lang: str) -> None:
    texts, page = Texts(lang), written("method", lang)
    for name in CLASSES:
        drawn = page.index(f'fill="url(#texture-{name})"')
        assert page.index(texts(f"class.{name}"), drawn) < page.index(texts(f"class.{name}.meaning"), drawn)
        assert f'<pattern id="texture-{name}"' in page
    assert [role for role in ROLES if texts(f"role.{role}.long") not in page] == []


def test_every_constant_is_quoted_and_none_is_written_by_hand() -> None:
    texts = catalogue("es")
    said = [texts[f"method.{figure.key}.{part}"] for figure in FIGURES for part in PARTS]
    said += [texts[f"method.choice.{choice}"] for choice in CHOICES]
    assert [name for name in CONSTANTS if not any(f"{{{name}}}" in text for text in said)] == []


def prose(lang: str) -> list[str]:
    """What is to be read from beginning to end: the lead, the parts of each figure, the choices."""
    texts = Texts(lang)
    figures = {name: texts.number(value) for name, value in CONSTANTS.items()}
    keys = ["method.lead", *(f"method.{figure.key}.{part}" for figure in FIGURES for part in PARTS)]
    return [texts(key, **figures) for key in [*keys, *(f"method.choice.{choice}" for choice in CHOICES)]]


def sentences(lang: str) -> Iterator[str]:
    for text in prose(lang):
        yield from re.split(r"(?<=[.?!])\s+", text)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_method_is_read_in_ten_minutes_and_its_sentences_are_short(lang: str) -> None:
    lengths = [len(sentence.split()) for sentence in sentences(lang)]
    assert 1500 <= sum(lengths) <= 2000
    assert sum(lengths) / len(lengths) <= 20
    assert max(lengths) < 60


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_data_section_counts_what_the_tables_hold(lang: str) -> None:
    snapshot, texts, page = the_page().corridor.snapshot, Texts(lang), written("method", lang)
    for held in holdings(snapshot):
        assert held.rows == len(snapshot.table(held.table))
        cells = (texts(f"method.data.{held.table}"), texts.number(held.rows, 0), texts.date(held.latest))
        assert f'<th scope="row">{cells[0]}</th><td>{cells[1]}</td><td>{cells[2]}</td>' in page
    assert snapshot.digest in page
    assert all(texts(f"caveat.{code}") in " ".join(Outline(page).words) for code in snapshot.table("caveats")["id"])


def test_the_hours_of_all_legs_have_one_basis_each() -> None:
    counts = legs_by_basis(the_page().corridor)
    assert counts.index.tolist() == list(BASES)
    assert counts.sum() == len(the_page().corridor.legs)


@pytest.mark.parametrize(
    ("dates", "latest"),
    [
        (["2024", "2024-05", "2023-12-31"], "2024-05"),
        (["2024-01/2024-06", "2024-03"], "2024-06"),
        (["", ""], ""),
        ([], ""),
    ],
)
def test_the_latest_date_is_that_of_a_periods_end_and_a_blank_is_none(dates: list[str], latest: str) -> None:
    assert latest_date(pd.DataFrame({"period": pd.Series(dates, dtype="str")}), ("period",)) == latest


def test_the_answer_has_the_headers_of_the_dashboard_and_is_asked_for_again_only_when_it_changed(
    client: FlaskClient,
) -> None:
    answer = client.get("/method", headers={"Accept-Language": "pt-BR"})
    assert (answer.status_code, answer.mimetype, answer.headers["Content-Language"]) == (200, "text/html", "pt")
    dashboard = client.get("/").headers
    for name in ("Content-Security-Policy", "Referrer-Policy", "X-Frame-Options", "X-Content-Type-Options"):
        assert answer.headers[name] == dashboard[name]
    assert "Accept-Language" in answer.headers["Vary"]
    same = client.get("/method", headers={"Accept-Language": "pt-BR", "If-None-Match": answer.headers["ETag"]})
    assert (same.status_code, same.data) == (304, b"")


def test_the_styles_of_a_document_are_served_and_the_dashboard_does_not_load_them(client: FlaskClient) -> None:
    page = client.get("/method").text
    styles = re.findall(r'<link rel="stylesheet" href="([^"]+)">', page)
    assert len(styles) == 2
    for address in styles:
        with client.get(address) as style:
            assert (style.status_code, style.mimetype) == (200, "text/css")
    assert "documents.css" not in client.get("/").text
    assert re.findall(r'(?:src|href)="(?!/|#|data:)[^"]*"', page) == []


@pytest.mark.parametrize("path", ["/methods", "/method/", "/method/es", "/method.html", "/documents", "/indicator"])
def test_a_document_that_there_is_not_is_not_found(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.text) == (404, "404 Not Found\n")


@pytest.mark.parametrize(
    "query",
    [
        "lang=<script>alert(1)</script>",
        "lang=%00",
        "date=9999-99&lang=xx",
        'route="><img src=x onerror=alert(1)>',
        "at={{7*7}}&lang=en",
        "%ff%fe=%ff",
        "lang=en" * 400,
        "a[]=1&a[]=2&&&=",
    ],
)
def test_a_hostile_query_is_passed_over(client: FlaskClient, query: str) -> None:
    answer = client.get("/method", query_string=query)
    assert answer.status_code == 200
    assert all(sign not in answer.text for sign in ("<script", "<img", "onerror", "{{", ">49<"))
    assert re.search(r'<html lang="(es|en)">', answer.text)


@pytest.mark.parametrize("name", [document.name for document in DOCUMENTS])
def test_names_in_the_data_are_shown_as_text(name: str) -> None:
    document = next(document for document in DOCUMENTS if document.name == name)
    page = document_html(document, Reading.of(the_hostile_page(), "lang=es", ""), DOCUMENTS)
    assert "<script" not in page
    assert "<img" not in page
    assert any(HOSTILE.split("`", 1)[0] in word for word in Outline(page).words)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_dashboards_foot_leads_to_the_documents_with_the_view(lang: str) -> None:
    foot = the_page().shell(f"date=2024-02&lang={lang}", "")["footer"]
    links = [part.children for part in foot if getattr(part.children, "href", "")]
    assert [link.href for link in links] == [
        f"/{name}?date=2024-02&lang={lang}" for name in ("method", "planning", "indicators")
    ]
    assert [link.children for link in links] == [
        Texts(lang)(key) for key in ("method.link", "planning.link", "indicators.heading")
    ]
