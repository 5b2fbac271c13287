"""The page of the indicators: true to the data, silent where it knows nothing, and written to from this machine alone."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
import python_calamine
from flask.testing import FlaskClient
from pages import the_page

from dashboard.app import create_app
from dashboard.documents import DOCUMENTS, Reading
from dashboard.documents.entry_form import FIELDS
from dashboard.documents.indicators import INDICATORS, Choice, command, value_text
from dashboard.documents.rendering import document_html
from dashboard.layers import LayerStore
from dashboard.page import Page
from dashboard.server import finished_server
from dashboard.settings import Settings
from dashboard.state import LANGUAGES
from dashboard.text import Texts, catalogue
from geodata.__main__ import main
from geodata.corridor import Corridor
from geodata.indicators import TEMPLATE_COLUMNS, read_entries
from geodata.reference import read_reference
from geodata.snapshot import Snapshot
from geodata.store import Store
from geodata.tables import number_text

PAGE = "/indicators?country=PAN&period=2024&module=access_to_justice&lang=en"
SAME = {"Sec-Fetch-Site": "same-origin", "Origin": "null", "Host": "127.0.0.1:8050"}
FORM = {
    "indicator_id": "complaints_with_outcome",
    "country_iso3": "PAN",
    "period": "2024",
    "kind": "value",
    "value": "12.5",
    "unit": "",
    "text": "",
    "language": "es",
    "source_publisher": "Ministerio Público",
    "source_title": "Informe anual",
    "source_url": "",
    "source_date": "2025-02",
}
HOSTILE = "</p><script>window.caught=1</script>{{7*7}}\"'><img src=x onerror=z>=1+1"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> tuple[FlaskClient, Store]:
    store = Store(f"sqlite:///{tmp_path_factory.mktemp('store') / 'amparo.sqlite'}", busy_seconds=0)
    store.fill_from_reference()
    return finished_server(create_app(Settings(), the_page().corridor, store), Settings()).test_client(), store


@pytest.fixture
def client(served: tuple[FlaskClient, Store]) -> Iterator[FlaskClient]:
    """The server, with no entries before and after."""
    yield served[0]
    with served[1].writing() as connection:
        connection.exec_driver_sql("DELETE FROM indicator_entries")


@pytest.fixture
def store(served: tuple[FlaskClient, Store]) -> Store:
    return served[1]


def shown(query: str) -> str:
    return document_html(INDICATORS, Reading.of(the_page(), query, ""), DOCUMENTS)


def cells(page: str, indicator: str, lang: str = "en") -> str:
    """What the page shows of one indicator."""
    name = Texts(lang)(f"indicator.{indicator}")
    return next(body for body in re.findall(r"<tbody>.*?</tbody>", page, flags=re.DOTALL) if name in body)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_indicator_has_its_row_and_no_information_is_said_in_words(lang: str) -> None:
    page, texts = shown(f"lang={lang}&period=2024-04"), Texts(lang)
    silent = texts("indicator_basis.no_information")
    for indicator in read_reference()["indicators"].to_dict("records"):
        body = cells(page, indicator["id"], lang)
        assert texts(f"indicator.{indicator['id']}.meaning") in body
        if not indicator["formula"]:
            assert f"<td>{silent}</td>" in body


def test_figures_are_shown_with_their_range_and_what_they_rest_on() -> None:
    page = shown("lang=en&period=2024-04&country=CRI")
    assert "<strong>Services: 2 (1–2)</strong>" in cells(page, "clinical_services")
    assert "On 2 rows; left out: 3." in cells(page, "clinical_services")
    assert "<strong>Services: 0</strong>" in cells(shown("lang=en&period=2024-04"), "clinical_services")


@pytest.mark.parametrize("unit", ["share", "hours", "services", "percent", "USD"])
def test_a_reading_that_is_not_known_is_a_word_and_never_zero(unit: str) -> None:
    nothing = float("nan")
    row = {"basis": "computed", "unit": unit, "low": nothing, "typical": nothing, "high": nothing}
    for lang in LANGUAGES:
        assert not any(sign.isdigit() for sign in value_text(row, Texts(lang)))


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("country=XXX", "XXX"),
        ("period=2024-13", "2024-13"),
        ("period=1901", "1901"),
        ("module=money", "money"),
        ("country=<b>", "&lt;b&gt;"),
    ],
)
def test_what_cannot_be_used_is_named_and_the_usual_is_shown(query: str, said: str) -> None:
    page = shown(f"lang=en&{query}")
    assert f"“{said}” could not be used" in page
    assert Texts("en").country("PAN") in page


def test_a_change_of_language_keeps_country_period_and_module() -> None:
    page = shown("lang=en&country=CRI&period=2024&module=budget")
    assert 'href="/indicators?country=CRI&amp;period=2024&amp;module=budget&amp;lang=fr"' in page


def test_all_countries_come_in_the_order_of_travel() -> None:
    body = cells(shown("lang=en&country=all&period=2024&module=budget"), "services_closed")
    order = [body.index(f"<td>{Texts('en').country(one)}</td>") for one in ("PER", "COL", "PAN", "CRI", "MEX")]
    assert order == sorted(order)


def test_the_line_beside_each_table_gives_the_table_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], client: FlaskClient
) -> None:
    monkeypatch.setenv("AMPARO_VAR", str(tmp_path))
    monkeypatch.delenv("AMPARO_STORE", raising=False)
    query = "country=PAN&period=2024-04&module=budget&lang=en"
    line = command(Choice.of(Reading.of(the_page(), query, "")), "budget")
    assert f"<code>{line}</code>" in shown(query)
    assert main(line.split()[3:]) == 0
    assert client.get(f"/download/indicators.csv?{query}").text.removeprefix("\ufeff") == capsys.readouterr().out


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_spreadsheet_says_what_the_csv_says_with_words_beside_it(lang: str, client: FlaskClient) -> None:
    query, texts = f"country=PAN&period=2024&lang={lang}", Texts(lang)
    lines = list(csv.reader(io.StringIO(client.get(f"/download/indicators.csv?{query}").text.removeprefix("\ufeff"))))
    body = client.get(f"/download/indicators.xlsx?{query}").data
    book = python_calamine.load_workbook(io.BytesIO(body))
    assert book.sheet_names == [texts(f"sheet.{name}") for name in ("values", "definitions", "sources", "caveats")]
    sheet = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    read = [
        [number_text(cell) if isinstance(cell, float) else cell for cell in line[: len(lines[0])]] for line in sheet
    ]
    assert read == lines
    assert {line[1] for line in book.get_sheet_by_index(1).to_python()} >= {texts("indicator.shelters")}
    assert client.get(f"/download/indicators.xlsx?{query}").data == body


def test_what_is_entered_stands_beside_the_computed_value_at_once(client: FlaskClient, store: Store) -> None:
    answer = client.post(PAGE, data=FORM, headers=SAME)
    assert answer.status_code == 303
    page = client.get(answer.headers["Location"].partition("#")[0], headers=SAME).text
    assert Texts("en")("entry.kept") in page
    assert "12.5%" in cells(page, "complaints_with_outcome")
    assert "Ministerio Público, Informe anual, 2025-02" in cells(page, "complaints_with_outcome")
    assert len(read_entries(store)) == 1


@pytest.mark.parametrize(
    ("headers", "address"),
    [
        (SAME, "192.0.2.7"),
        (SAME, "::ffff:192.0.2.7"),
        (SAME | {"Host": "amparo.example"}, "127.0.0.1"),
        (SAME | {"X-Forwarded-For": "192.0.2.7"}, "127.0.0.1"),
        (SAME | {"Forwarded": "for=192.0.2.7"}, "127.0.0.1"),
        (SAME | {"Sec-Fetch-Site": "cross-site"}, "127.0.0.1"),
        (SAME | {"Sec-Fetch-Site": "same-site"}, "127.0.0.1"),
        (SAME | {"Origin": "https://evil.example"}, "127.0.0.1"),
        ({"Host": "127.0.0.1:8050", "Origin": "null"}, "127.0.0.1"),
        ({"Host": "127.0.0.1:8050"}, "127.0.0.1"),
    ],
)
def test_nobody_enters_from_elsewhere_or_from_another_page(
    headers: dict[str, str], address: str, client: FlaskClient, store: Store
) -> None:
    answer = client.post(PAGE, data=FORM, headers=headers, environ_base={"REMOTE_ADDR": address})
    assert (answer.status_code, answer.text) == (403, "403 Forbidden\n")
    assert read_entries(store).empty


@pytest.mark.parametrize("host", ["127.0.0.1:8050", "localhost:8050", "[::1]:8050"])
def test_a_browser_without_fetch_metadata_enters_by_its_origin(host: str, client: FlaskClient) -> None:
    headers = {"Host": host, "Origin": f"http://{host}"}
    assert client.post(PAGE, data=FORM, headers=headers).status_code == 303


def test_the_form_is_offered_on_this_machine_alone(client: FlaskClient) -> None:
    here, elsewhere = (
        client.get(PAGE, headers=SAME, environ_base={"REMOTE_ADDR": one}).text for one in ("127.0.0.1", "192.0.2.7")
    )
    assert '<form class="entry"' in here
    assert '<form class="entry"' not in elsewhere
    assert Texts("en")("entry.elsewhere") in elsewhere


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"value": "12,5"}, "value"),
        ({"value": ""}, "value"),
        ({"period": "soon"}, "period"),
        ({"kind": "reply", "value": ""}, "text"),
        ({"country_iso3": "XXX"}, "country_iso3"),
        ({"indicator_id": "happiness"}, "indicator_id"),
        ({"source_publisher": ""}, "source_publisher"),
        ({"source_url": "javascript:alert(1)"}, "source_url"),
        ({"source_date": "yesterday"}, "source_date"),
        ({"unit": "x" * 5000}, "unit"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_written_is_lost(
    change: dict[str, str], field: str, client: FlaskClient, store: Store
) -> None:
    answer = client.post(PAGE, data=FORM | {"source_title": "Kept as written"} | change, headers=SAME)
    assert answer.status_code == 422
    assert f'aria-invalid="true" aria-describedby="wrong-{field}"' in answer.text
    assert f'id="wrong-{field}">{Texts("en")(f"entry.wrong.{field}")}' in answer.text
    assert 'value="Kept as written"' in answer.text
    assert read_entries(store).empty


def test_the_same_twice_and_an_empty_form_are_refused_with_words(client: FlaskClient, store: Store) -> None:
    client.post(PAGE, data=FORM, headers=SAME)
    again = client.post(PAGE, data=FORM, headers=SAME)
    assert (again.status_code, Texts("en")("entry.wrong.repeated") in again.text) == (422, True)
    empty = client.post(PAGE, data={}, headers=SAME)
    assert (empty.status_code, Texts("en")("entry.wrong.source_publisher") in empty.text) == (422, True)
    assert len(read_entries(store)) == 1


def test_while_another_process_writes_the_form_comes_back_as_it_was(client: FlaskClient, store: Store) -> None:
    with store.writing():
        answer = client.post(PAGE, data=FORM, headers=SAME)
    assert (answer.status_code, Texts("en")("entry.wrong.busy") in answer.text) == (422, True)
    assert 'value="Ministerio Público"' in answer.text


def test_a_form_beyond_the_limit_is_not_read(client: FlaskClient, store: Store) -> None:
    assert client.post(PAGE, data=FORM | {"text": "x" * 70_000}, headers=SAME).status_code == 413
    assert read_entries(store).empty


def test_a_hostile_reply_is_shown_and_taken_away_as_text(client: FlaskClient) -> None:
    form = FORM | {"kind": "reply", "value": "", "text": f"={HOSTILE}", "source_title": HOSTILE}
    assert client.post(PAGE, data=form, headers=SAME).status_code == 303
    page = client.get(PAGE).text
    assert "&lt;script&gt;" in page
    assert all(sign not in page for sign in ("<script", "<img", ">49<"))
    again = client.post(PAGE, data=form | {"source_date": "no"}, headers=SAME).text
    assert all(sign not in again for sign in ("<script", "<img", ">49<"))
    taken = client.get(PAGE.replace("/indicators", "/download/indicators.csv")).text
    assert [row for row in csv.reader(io.StringIO(taken)) if f"'={HOSTILE}" in row]


def test_the_form_has_the_fields_of_the_template() -> None:
    assert set(FIELDS) == set(TEMPLATE_COLUMNS)


def test_a_new_indicator_is_a_row_and_its_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    tables = read_reference()
    like = tables["indicators"].set_index("id").loc["shelters"]
    row = like.to_dict() | {"id": "safe_spaces", "rank": 85.0, "capability": "safe_space"}
    tables["indicators"] = pd.concat([tables["indicators"], pd.DataFrame([row])], ignore_index=True)
    for key, text in {
        "indicator.safe_spaces": "Safe spaces",
        "indicator.safe_spaces.meaning": "Where she rests.",
    }.items():
        monkeypatch.setitem(catalogue("en"), key, text)
    page = Page.of(Corridor.of(Snapshot.of(tables)), LayerStore(()))
    written = document_html(INDICATORS, Reading.of(page, "lang=en", ""), DOCUMENTS)
    assert "<strong>Safe spaces</strong>" in written
    assert "Where she rests." in written
