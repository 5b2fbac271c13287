"""A standard taken away as a file, and one that is read: it leads to its view, or every fault is shown."""

from __future__ import annotations

import io
from collections.abc import Iterator
from urllib.parse import unquote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pages import the_page

from dashboard.standard_files import register_standard_files
from dashboard.state import LANGUAGES, ViewState

FILE = "standard,capability,hours,adopted,note\nDarién,legal_aid,72,2026-03-12,by day\nDarién,shelter,30,2026-03-12,\n"


@pytest.fixture(scope="module")
def client() -> Iterator[FlaskClient]:
    server = Flask("test")
    register_standard_files(server, the_page())
    with server.test_client() as one:
        yield one


def loaded(client: FlaskClient, body: bytes, query: str = "lang=en"):
    return client.post(f"/standard?{query}", data={"file": (io.BytesIO(body), "ours.csv")})


def test_the_standard_of_a_view_is_a_file_that_can_be_read_again(client: FlaskClient) -> None:
    answer = client.get("/download/standard.csv?standard=legal_aid@72,shelter@30&name=Dari%C3%A9n")
    assert answer.mimetype == "text/csv"
    assert "amparo-standard.csv" in answer.headers["Content-Disposition"]
    assert answer.data.startswith(b"\xef\xbb\xbf")
    again = loaded(client, answer.data)
    assert again.status_code == 303
    state, notices = ViewState.parse(again.headers["Location"].partition("?")[2], the_page().known)
    assert notices == ()
    assert (state.question, state.plan_name, state.standard) == ("standard", "Darién", ("legal_aid@72", "shelter@30"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_standard_without_a_name_is_saved_with_a_plain_one(client: FlaskClient, lang: str) -> None:
    answer = client.get(f"/download/standard.csv?lang={lang}&name=%3D1%2B1")
    assert loaded(client, answer.data).status_code == 303
    assert b"=1" not in answer.data


def test_no_target_is_no_file(client: FlaskClient) -> None:
    assert client.get("/download/standard.csv?standard=none").status_code == 404


def test_a_file_leads_to_its_view_and_keeps_the_rest_of_it(client: FlaskClient) -> None:
    answer = loaded(client, FILE.encode(), "date=2025-06&dir=southbound&lang=pt")
    assert answer.status_code == 303
    where = unquote(answer.headers["Location"])
    assert "standard=legal_aid@72,shelter@30" in where
    assert "date=2025-06" in where
    assert "lang=pt" in where


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_fault_is_shown_in_the_language_of_the_page_and_nothing_is_kept(client: FlaskClient, lang: str) -> None:
    body = FILE.replace("shelter,30", "<b>bread</b>,0").encode()
    answer = loaded(client, body, f"lang={lang}")
    assert answer.status_code == 422
    assert "Location" not in answer.headers
    assert answer.text.count("<li>") >= 2
    assert "&lt;b&gt;bread&lt;/b&gt;" in answer.text
    assert "<b>bread" not in answer.text
    assert "720" in answer.text


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "Choose a file first."),
        (b"\xff\xfe", "not a small CSV file"),
        (b"x" * 70_000, "not a small CSV file"),
        (b"a,b\n1,2\n", "These columns are needed: standard, capability, hours, adopted, note."),
        (b"standard,capability,hours\n", "A standard has 1 to 9 targets"),
        (b"standard,capability,hours\na,shelter,48\nb,shelter,48\n", "the same in every line"),
        (b"standard,capability,hours,note\na,shelter,48,=1\n", "at most 300 letters"),
        (b"standard,capability,hours,adopted\na,shelter,48,soon\n", "like 2026-03-31"),
    ],
)
def test_what_is_wrong_is_said_in_plain_words(client: FlaskClient, body: bytes, said: str) -> None:
    answer = loaded(client, body)
    assert answer.status_code == 422
    assert said in answer.text


def test_a_form_without_a_file_is_told_so(client: FlaskClient) -> None:
    answer = client.post("/standard?lang=en")
    assert answer.status_code == 422
    assert "Choose a file first." in answer.text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_form_is_a_page_that_leads_back_to_the_view(client: FlaskClient, lang: str) -> None:
    answer = client.get(f"/standard?q=standard&date=2024-02&lang={lang}")
    assert answer.status_code == 200
    assert 'enctype="multipart/form-data"' in answer.text
    assert "date=2024-02" in answer.text
    assert f'<html lang="{lang}">' in answer.text
