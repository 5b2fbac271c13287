"""The words of the page, in four languages, and the numbers, months and countries as each language writes them."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent

from dashboard.state import LANGUAGES
from geodata.errors import UnknownName
from geodata.units import Month

#: Spanish is that of Latin America (1,234.5 as in Mexico, Central America and Panama), Portuguese that of Brazil.
LOCALES = {"es": "es_419", "en": "en", "pt": "pt_BR", "fr": "fr"}
DEFAULT_LANGUAGE = "es"
_TERRITORIES = {
    "PER": "PE", "ECU": "EC", "VEN": "VE", "COL": "CO", "PAN": "PA", "CRI": "CR", "NIC": "NI", "HND": "HN",
    "SLV": "SV", "GTM": "GT", "BLZ": "BZ", "MEX": "MX", "USA": "US",
}  # fmt: skip
#: "de" before a placeholder, and the letters before which French shortens it.
_OF = re.compile(r"\b([Dd])e \{(\w+)\}")
_ELIDING = tuple("aeiouàâéèêëîïôûü")


@cache
def catalogue(lang: str) -> dict[str, str]:
    """Every text of a language by its key, from the files of its folder; read once per process.

    Raises `UnknownName` where two files hold the same key.
    """
    whole: dict[str, str] = {}
    for path in sorted((Path(__file__).parent / lang).glob("*.json")):
        part = json.loads(path.read_text(encoding="utf-8"))
        if twice := whole.keys() & part.keys():
            raise UnknownName(f"{path.name} of {lang} holds keys of another file: {', '.join(sorted(twice))}.")
        whole |= part
    return whole


def language_for(query_lang: str, accept_language: str = "") -> str:
    """The language to speak: the address's if it is one of ours, else the browser's first that is, else Spanish."""
    if query_lang in LANGUAGES:
        return query_lang
    wanted = sorted(_preferences(accept_language), key=lambda one: -one[1])
    return next((lang for lang, weight in wanted if lang in LANGUAGES and weight > 0), DEFAULT_LANGUAGE)


class Texts:
    """The words of one language: call it with a key and its placeholders."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self._texts = catalogue(lang)
        self._locale = Locale.parse(LOCALES[lang])

    def __call__(self, key: str, **placeholders: Any) -> str:  # noqa: ANN401 - whatever a text quotes
        """The text of a key with its placeholders filled; raises `UnknownName` where the catalogue lacks it.

        Where a `count` is given and the key has plural forms (`key.one`, `key.many`, `key.other`), the form of that
        count is taken; a numeric `count` is written as the language writes numbers.
        """
        form = self._form_of(key, placeholders.get("count"))
        if form not in self._texts:
            raise UnknownName(
                f"The {self.lang} catalogue has no text {form!r}: add it to a file of dashboard/text/{self.lang}/."
            )
        if isinstance(placeholders.get("count"), int | float):
            placeholders["count"] = self.number(placeholders["count"])
        return self._contracted(self._texts[form], placeholders).format(**placeholders)

    def has(self, key: str) -> bool:
        """Whether the catalogue holds a key (or its plural forms)."""
        return key in self._texts or f"{key}.other" in self._texts

    def number(self, value: float, digits: int | None = None) -> str:
        """A number with the language's signs; `digits` after the decimal sign at most, else 1 below ten and 0 above.

        NaN is the word for "unknown", never a figure; what is rounded to zero has no sign.
        """
        if math.isnan(value):
            return self("word.unknown")
        shown = digits if digits is not None else int(abs(value) < 9.95)
        signed = value if round(value, shown) else 0.0
        return format_decimal(signed, "#,##0" + ("." + "#" * shown if shown else ""), locale=self._locale)

    def hours(self, value: float) -> str:
        """Hours as a short figure ("90 h"); NaN is "unknown"."""
        return self.number(value) if math.isnan(value) else self("unit.hours", value=self.number(value))

    def hours_in_words(self, value: float) -> str:
        """Hours with the word written out ("90 hours"), in the plural form of the figure as shown."""
        return self("unit.hours_in_words", count=as_shown(value))

    def range_of(self, low: float, typical: float, high: float) -> str:
        """Typical hours with fast and slow in brackets ("90 h (56–266)"); one figure where all three read the same.

        An end that is NaN (no service at that pace) is named, never left out.
        """
        shown = {self.number(value) for value in (low, typical, high)}
        if len(shown) == 1:
            return self.hours(typical)
        ends = [self("word.none_ahead") if math.isnan(end) else self.number(end) for end in (low, high)]
        return self("unit.range", typical=self.hours(typical), low=ends[0], high=ends[1])

    def km(self, value: float) -> str:
        """A length in km ("35 km"); NaN is "unknown"."""
        return self.number(value) if math.isnan(value) else self("unit.km", value=self.number(value))

    def percent(self, share: float) -> str:
        """A share of one as a whole per cent; what is not nothing and not all never reads 0 % or 100 %."""
        if math.isnan(share):
            return self("word.unknown")
        if 0 < share < 0.005:
            return self("unit.below", value=format_percent(0.01, locale=self._locale))
        if 0.995 <= share < 1 - 1e-9:
            return self("unit.above", value=format_percent(0.99, locale=self._locale))
        return format_percent(share, locale=self._locale)

    def month(self, month: Month) -> str:
        """A month written out ("abril de 2024")."""
        return format_skeleton("yMMMM", date(month.year, month.month, 1), locale=self._locale)

    def month_short(self, month: Month) -> str:
        """A month for narrow places ("abr 2024")."""
        return format_skeleton("yMMM", date(month.year, month.month, 1), locale=self._locale)

    def date(self, text: str) -> str:
        """A date of the tables (YYYY, YYYY-MM or YYYY-MM-DD) as the language writes it; blank is "unknown"."""
        if not text:
            return self("word.unknown")
        if len(text) == 4:
            return text
        if len(text) == 7:
            return self.month(Month.parse(text))
        return format_date(date.fromisoformat(text), format="long", locale=self._locale)

    def country(self, iso3: str) -> str:
        """A country's name; blank is "unknown"."""
        return self._locale.territories[_TERRITORIES[iso3]] if iso3 else self("word.unknown")

    def list_of(self, parts: list[str]) -> str:
        """Parts joined as the language joins them ("a, b y c"); no parts, no text."""
        return format_list(parts, locale=self._locale) if parts else ""

    def _contracted(self, text: str, values: Mapping[str, Any]) -> str:
        """A text with its "de" as it is written before each value: "d’Acandí" in French, "da Cidade" in Portuguese."""

        def of(match: re.Match[str]) -> str:
            value = str(values[match[2]])
            elided = self.lang == "fr" and value[:1].lower() in _ELIDING
            contracted = self.lang == "pt" and value.startswith("Cidade ")
            return f"{match[1]}{'’' if elided else 'a ' if contracted else 'e '}{{{match[2]}}}"

        return _OF.sub(of, text)

    def _form_of(self, key: str, count: object) -> str:
        if isinstance(count, int | float) and f"{key}.other" in self._texts:
            return f"{key}.{self._locale.plural_form(count)}"
        return key


def as_shown(value: float) -> float:
    """A quantity as it is written: whole from ten on, else with one decimal, and whole where that decimal is 0."""
    shown = round(value, 1) if value < 9.95 else round(value)
    return int(shown) if shown == int(shown) else shown


def _preferences(accept_language: str) -> list[tuple[str, float]]:
    """Each language of an Accept-Language header (its first subtag, lower case) with its weight, in its order."""
    found = []
    for part in accept_language.split(","):
        tag, _, weight = part.partition(";")
        try:
            found.append((tag.strip().split("-")[0].lower(), float(weight.strip().removeprefix("q=") or 1)))
        except ValueError:
            continue
    return found
