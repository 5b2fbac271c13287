"""Every word in every language: the same keys, the same placeholders, and no key that nobody asks for by a wrong name."""

from __future__ import annotations

import ast
import string
from pathlib import Path

import pytest
from babel import Locale
from records import AUDIENCES, CAPABILITIES, QUESTIONS, TABLES

from dashboard.state import LANGUAGES, LAYERS
from dashboard.text import LOCALES, Texts, catalogue, language_for
from geodata.coverage import CLASSES
from geodata.errors import UnknownName
from geodata.reference import read_reference
from geodata.schema import (
    BASES,
    DIRECTIONS,
    ENTRY_KINDS,
    FORMULAS,
    INDICATOR_CATEGORIES,
    INDICATOR_MODULES,
    INDICATOR_TYPES,
    MEASURES,
    MODES,
    POLICIES,
    REPORT_KINDS,
    ROLE_OF_KIND,
    ROLES,
    STATUSES,
    STAY_ROLES,
)
from geodata.schema import (
    TABLES as CONTRACTS,
)
from geodata.units import Month

ROOT = Path(__file__).resolve().parents[2]
PLURALS = ("one", "many", "other")
#: Texts that may be the same in several languages: names, figures, and words that two languages share.
MARKS = set(string.punctuation + string.digits + " –’«»“”…")


def base(key: str) -> str:
    stem, _, last = key.rpartition(".")
    return stem if last in PLURALS else key


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_language_lacks_a_key(lang: str) -> None:
    assert {base(key) for key in catalogue(lang)} == {base(key) for key in catalogue("es")}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_text_has_the_placeholders_of_the_spanish_one(lang: str) -> None:
    wrong = [
        key
        for key, text in catalogue(lang).items()
        if key in catalogue("es") and placeholders(text) != placeholders(catalogue("es")[key])
    ]
    assert wrong == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_plural_has_all_the_forms_of_its_language(lang: str) -> None:
    wanted = set(Locale.parse(LOCALES[lang]).plural_form.tags) | {"other"}
    counted = {base(key) for key in catalogue(lang) if base(key) != key}
    missing = [f"{key}.{form}" for key in counted for form in wanted if f"{key}.{form}" not in catalogue(lang)]
    assert missing == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_text_is_empty_and_none_is_left_in_english(lang: str) -> None:
    texts = catalogue(lang)
    assert [key for key, text in texts.items() if not text.strip()] == []
    if lang != "en":
        same = [key for key, text in texts.items() if len(text.split()) >= 4 and text == catalogue("en").get(key)]
        assert [key for key in same if set(texts[key]) - MARKS and "{" not in texts[key]] == []


def words_of_the_data() -> set[str]:
    """The keys that the data itself asks for."""
    named = {
        "capability": CAPABILITIES,
        "class": CLASSES,
        "role": ROLES,
        "institution": tuple(ROLE_OF_KIND),
        "mode": MODES,
        "basis": BASES,
        "status": (*STATUSES, "possible"),
        "measure": MEASURES,
        "report_kind": REPORT_KINDS,
        "stay_role": STAY_ROLES,
        "direction": DIRECTIONS,
        "audience": (*AUDIENCES, "anybody"),
        "question": tuple(QUESTIONS),
        "layer": LAYERS,
        "table": TABLES,
        "caveat": tuple(read_reference()["caveats"]["id"]),
        "module": INDICATOR_MODULES,
        "category": INDICATOR_CATEGORIES,
        "indicator_type": INDICATOR_TYPES,
        "policy": POLICIES,
        "formula": FORMULAS,
        "entry_kind": ENTRY_KINDS,
        "indicator": tuple(read_reference()["indicators"]["id"]),
        "can_show": CONTRACTS["sources"].column("can_show").words,
    }
    keys = {f"{prefix}.{word}" for prefix, words in named.items() for word in words}
    asked = (*CAPABILITIES, *(f"state_{role}" for role in ROLES))
    keys |= {f"capability.{word}.{form}" for word in asked for form in ("noun", "next", "any")}
    keys |= {f"class.{name}.meaning" for name in CLASSES}
    keys |= {f"indicator.{name}.meaning" for name in named["indicator"]}
    return keys | {f"table.{name}.caption" for name in TABLES}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_word_of_the_data_has_its_text(lang: str) -> None:
    texts = Texts(lang)
    assert sorted(key for key in words_of_the_data() if not texts.has(key)) == []


def keys_asked_for() -> set[str]:
    """The keys that the code asks for in so many words: the first argument of every call of `texts`."""
    found = set()
    for path in (ROOT / "dashboard").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.Constant):
                continue
            named = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if named == "texts" and isinstance(node.args[0].value, str):
                found.add(node.args[0].value)
    return found


def test_every_key_that_the_code_asks_for_is_there() -> None:
    asked = keys_asked_for()
    assert len(asked) > 80
    assert sorted(key for key in asked if not Texts("es").has(key)) == []


def test_a_missing_key_is_an_error_that_says_where_to_add_it() -> None:
    with pytest.raises(UnknownName, match="dashboard/text/fr/"):
        Texts("fr")("no.such.key")


@pytest.mark.parametrize(
    ("lang", "number", "month"),
    [
        ("es", "1,234.5", "abril de 2024"),
        ("en", "1,234.5", "April 2024"),
        ("pt", "1.234,5", "abril de 2024"),
        ("fr", "1\u202f234,5", "avril 2024"),
    ],
)
def test_numbers_and_months_are_written_as_each_language_writes_them(lang: str, number: str, month: str) -> None:
    texts = Texts(lang)
    assert texts.number(1234.5, 1) == number
    assert texts.month(Month(2024, 4)) == month


def test_what_is_rounded_to_zero_has_no_sign() -> None:
    for value in (-0.0, -0.04, 0.0):
        assert Texts("en").number(value) == "0"
    assert Texts("en").number(-0.4, 0) == "0"
    assert (Texts("en").number(-0.6, 0), Texts("en").number(-0.06)) == ("-1", "-0.1")


def test_what_is_not_a_number_is_named_and_never_written_as_a_figure() -> None:
    for lang in LANGUAGES:
        assert Texts(lang).number(float("nan")) == Texts(lang)("word.unknown")
        assert not any(character.isdigit() for character in Texts(lang).hours(float("nan")))


@pytest.mark.parametrize(
    ("asked", "accepted", "spoken"),
    [
        ("fr", "en", "fr"),
        ("", "pt-BR,pt;q=0.9,en;q=0.8", "pt"),
        ("", "de,en;q=0.5", "en"),
        ("xx", "", "es"),
        ("", "fr;q=0.1,en;q=0.9", "en"),
    ],
)
def test_the_address_decides_the_language_then_the_browser_then_spanish(asked: str, accepted: str, spoken: str) -> None:
    assert language_for(asked, accepted) == spoken
