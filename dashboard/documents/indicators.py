"""The indicators: a table per module, what the data answers and what delegations entered, and a form to enter more."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from urllib.parse import parse_qsl

import pandas as pd

from dashboard.documents.document import Document, Reading
from dashboard.documents.entry_form import entry_form
from dashboard.text import Texts
from geodata.errors import UnknownName
from geodata.indicators import Indicator, Period, countries_of, indicator_values, indicators_of
from geodata.schema import INDICATOR_MODULES

Values = dict[str, Any]
#: The country that is shown where none is chosen: the one in which the flow of the whole corridor is counted.
DEFAULT_COUNTRY = "PAN"
#: How the address asks for every country.
ALL = "all"
READINGS = ("low", "typical", "high")


@dataclass(frozen=True)
class Choice:
    """What is asked of the page: countries (all, or one), a period, a module ("" all), and what could not be used."""

    country: str
    period: Period
    module: str
    not_used: tuple[str, ...]

    @classmethod
    def of(cls, reading: Reading) -> Choice:
        """The choice in the query; a part that is not usable falls back to the usual one and is named."""
        countries = countries_of(reading.corridor)
        usual = DEFAULT_COUNTRY if DEFAULT_COUNTRY in countries else ALL
        not_used: list[str] = []
        country = _one_of(reading.asked.get("country", usual), (*countries, ALL), usual, not_used)
        module = _one_of(reading.asked.get("module", ""), ("", *INDICATOR_MODULES), "", not_used)
        return cls(country, _period(reading, not_used), module, tuple(not_used))

    @property
    def countries(self) -> list[str]:
        """The chosen country; an empty list stands for all."""
        return [] if self.country == ALL else [self.country]

    @property
    def parts(self) -> dict[str, str]:
        """The choice as parts of an address."""
        return {"country": self.country, "period": str(self.period), "module": self.module}


def _one_of(value: str, known: Sequence[str], usual: str, not_used: list[str]) -> str:
    if value in known:
        return value
    not_used.append(value[:40])
    return usual


def _period(reading: Reading, not_used: list[str]) -> Period:
    asked, known = reading.asked.get("period", str(reading.state.as_of)), reading.page.known
    try:
        period = Period.parse(asked)
    except UnknownName:
        period = None
    if period is not None and known.first <= period.first and period.first <= known.last:
        return period
    not_used.append(asked[:40])
    return Period.parse(str(reading.state.as_of))


def chosen_values(reading: Reading, choice: Choice) -> pd.DataFrame:
    """The values of a choice, with what is entered by now."""
    return indicator_values(
        reading.corridor, choice.period, choice.countries, module=choice.module, entries=reading.entries()
    )


def indicators(reading: Reading) -> Values:
    """What the template of the indicators shows."""
    texts, choice = reading.texts, Choice.of(reading)
    values = chosen_values(reading, choice)
    records = {one.id: one for one in indicators_of(reading.corridor.snapshot)}
    numbers = _numbers(values)
    return {
        "not_used": [texts("indicators.not_used", value=value) for value in choice.not_used],
        "choose": _choosing(reading, choice),
        "columns": [texts(f"indicators.column.{name}") for name in COLUMNS],
        "modules": [
            _module(reading, choice, module, list(rows), records, numbers)
            for module, rows in groupby(values.to_dict("records"), lambda row: records[row["indicator_id"]].module)
        ],
        "again": texts("indicators.again"),
        "take_away": texts("indicators.take_away"),
        "files": [_file(reading, choice, form) for form in ("sheet", "csv")],
        "sources_heading": texts("indicators.sources_heading"),
        "sources": [_source(reading, one, number) for one, number in numbers.items()],
        "entry": entry_form(reading, choice.parts, list(records.values())),
    }


COLUMNS = ("indicator", "country", "value", "basis", "doubts", "entered")


def _choosing(reading: Reading, choice: Choice) -> Values:
    texts = reading.texts
    countries = [(ALL, texts("indicators.all_countries"))]
    countries += [(one, texts.country(one)) for one in countries_of(reading.corridor)]
    modules = [("", texts("indicators.all_modules")), *((one, texts(f"module.{one}")) for one in INDICATOR_MODULES)]
    hidden = dict(parse_qsl(reading.address("", lang=texts.lang).removeprefix("?")))
    return {
        "heading": texts("indicators.choose"),
        "hidden": hidden,
        "country": {"label": texts("indicators.country"), "options": _options(countries, choice.country)},
        "module": {"label": texts("indicators.module"), "options": _options(modules, choice.module)},
        "period": {
            "label": texts("indicators.period"),
            "hint": texts("indicators.period_hint"),
            "value": str(choice.period),
        },
        "show": texts("indicators.show"),
    }


def _options(words: Sequence[tuple[str, str]], chosen: str) -> list[Values]:
    return [{"value": value, "label": label, "chosen": value == chosen} for value, label in words]


def _numbers(values: pd.DataFrame) -> dict[str, int]:
    """The number of each source on the page, in the order in which they are named."""
    computed = values["source_ids"][values["basis"] != "entered"]
    named = dict.fromkeys(one for cell in computed for one in cell.split(";"))
    return {one: number for number, one in enumerate(named, start=1)}


def _module(
    reading: Reading,
    choice: Choice,
    module: str,
    rows: list[Values],
    records: Mapping[str, Indicator],
    numbers: Mapping[str, int],
) -> Values:
    texts = reading.texts
    month = texts.month(choice.period.as_of)
    shared = set.intersection(*(set(row["caveat"].split(";")) for row in rows if row["basis"] != "entered")) - {""}
    return {
        "id": module,
        "heading": texts(f"module.{module}"),
        "caption": texts(
            "indicators.caption", module=texts(f"module.{module}"), period=texts.date(str(choice.period)), month=month
        ),
        "shared": [texts(f"caveat.{code}") for code in sorted(shared)],
        "indicators": [
            _indicator(reading, records[name], list(own), numbers, shared)
            for name, own in groupby(rows, lambda row: row["indicator_id"])
        ],
        "command": command(choice, module),
    }


def command(choice: Choice, module: str) -> str:
    """The line of the command line that gives a module's table again."""
    period = str(choice.period)
    parts = ["python -m geodata indicators", "--as-of" if len(period) == 7 else "--period", period]
    parts += [] if choice.country == ALL else ["--country", choice.country]
    return " ".join([*parts, "--module", module, "--format csv"])


def _indicator(
    reading: Reading, record: Indicator, rows: list[Values], numbers: Mapping[str, int], shared: AbstractSet[str]
) -> Values:
    texts = reading.texts
    return {
        "id": record.id,
        "name": texts(f"indicator.{record.id}"),
        "meaning": texts(f"indicator.{record.id}.meaning"),
        "how": texts(f"formula.{record.formula}") if record.formula else "",
        "place": place_of(record, texts),
        "countries": [
            _country(reading, list(own), numbers, shared) for _, own in groupby(rows, lambda row: row["country_iso3"])
        ],
    }


def place_of(record: Indicator, texts: Texts) -> str:
    """Where an indicator stands in the frame: module, category, type and policy in words."""
    return texts(
        "indicators.place",
        module=texts(f"module.{record.module}"),
        category=texts(f"category.{record.category}"),
        type=texts(f"indicator_type.{record.type}"),
        policy=texts(f"policy.{record.policy}"),
    )


def _country(reading: Reading, rows: list[Values], numbers: Mapping[str, int], shared: AbstractSet[str]) -> Values:
    texts, (first, *entered) = reading.texts, rows
    rests = texts("indicators.rests", count=int(first["rows"]), left_out=texts.number(first["left_out"], 0))
    return {
        "name": texts.country(first["country_iso3"]),
        "value": value_text(first, texts),
        "known": first["basis"] == "computed",
        "basis": texts(f"indicator_basis.{first['basis']}") if first["basis"] == "computed" else "",
        "rests": rests if first["rows"] or first["left_out"] else "",
        "numbers": [numbers[one] for one in first["source_ids"].split(";")],
        "sources": texts("indicators.sources", numbers="").strip(),
        "doubts": [texts(f"caveat.{code}") for code in first["caveat"].split(";") if code and code not in shared],
        "entered": [_entered(row, texts) for row in entered],
        "nothing": texts("indicators.nothing_entered"),
    }


def value_text(row: Values, texts: Texts) -> str:
    """A value in words with its range; where there is no information, that."""
    if row["basis"] == "no_information":
        return texts("indicator_basis.no_information")
    low, typical, high = (_reading(row[name], row["unit"], texts) for name in READINGS)
    said = typical if low == typical == high else texts("indicators.range", low=low, typical=typical, high=high)
    if row["unit"] in ("services", "institutions"):
        return texts("indicators.counted", unit=texts(f"indicator_unit.{row['unit']}"), value=said)
    return said


def _reading(value: float, unit: str, texts: Texts) -> str:
    if unit == "share":
        return texts.percent(value)
    if unit == "hours":
        return texts.hours(value)
    written = texts.number(value, 2)
    if math.isnan(value) or unit in ("services", "institutions", "text"):
        return written
    return texts("indicators.percent", value=written) if unit == "percent" else _amount(written, unit, texts)


def _amount(written: str, unit: str, texts: Texts) -> str:
    return texts("indicators.amount", value=written, unit=unit)


def _entered(row: Values, texts: Texts) -> Values:
    dates = texts("indicators.entered_on", source=row["entered_source"], date=texts.date(row["as_of"]))
    return {
        "kind": texts(f"entry_kind.{row['entry_kind']}"),
        "value": "" if math.isnan(row["typical"]) else value_text(row, texts),
        "period": texts.date(row["period"]) if row["period"] else "",
        "text": row["text"],
        "lang": row["language"],
        "source": dates,
    }


def _source(reading: Reading, source_id: str, number: int) -> Values:
    corridor = reading.corridor
    sources = corridor.remembered("sources", lambda: corridor.snapshot.table("sources").set_index("id"))
    source = sources.loc[source_id]
    title = f"{source['publisher']}: {source['title']}" if source["title"] else source["publisher"]
    dated = f"{title} ({reading.texts.date(source['published'])})" if source["published"] else title
    return {"number": number, "label": dated, "href": source["url"]}


def _file(reading: Reading, choice: Choice, form: str) -> Values:
    ending = "xlsx" if form == "sheet" else form
    href = reading.address_with(f"/download/indicators.{ending}", choice.parts, lang=reading.texts.lang)
    return {"label": reading.texts(f"indicators.{form}"), "href": href}


INDICATORS = Document(
    name="indicators",
    heading="indicators.heading",
    lead="indicators.lead",
    template="indicators.html",
    content=indicators,
    parts=("country", "period", "module"),
)


def listed_records(reading: Reading, values: pd.DataFrame) -> Iterator[Indicator]:
    """The indicators of which values are shown, in their order."""
    shown = set(values["indicator_id"])
    return (one for one in indicators_of(reading.corridor.snapshot) if one.id in shown)
