"""The protection chain: the first missing link along the route, and where a listed service stops being hers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pandas as pd
from dash import html

from dashboard.answers import Answer
from dashboard.charts import CascadeChart, CascadeStep, cascade_svg
from dashboard.naming import place_name
from dashboard.panels.commands import reproduced
from dashboard.panels.sentence import Sentence, published_by
from dashboard.questions.commands import asked_options, command
from dashboard.questions.method import Command, Method, Panel
from dashboard.state import ViewState
from dashboard.strip import StripData
from dashboard.text import Texts
from geodata.corridor import Corridor
from geodata.coverage import (
    Question,
    cascade_shares,
    chain_classed,
    chain_classes,
    chain_links,
    chain_shares,
    links,
)
from geodata.coverage.chain import NOT_KNOWN, WHOLE
from geodata.coverage.profile import Classify

CHART = "cascade"
WIDE, NARROW = 1310, 328
STANDINGS = ("kept", "unknown", "lost")


def first_missing(corridor: Corridor) -> tuple[Classify, tuple[str, ...]]:
    """Whole, then the links from the last to the first: the earlier one is missing, the worse; then not known."""
    whole, *capabilities, unknown = chain_classes(corridor)
    return chain_classed, (whole, *reversed(capabilities), unknown)


def no_lanes(_corridor: Corridor, _question: Question) -> tuple[str, ...]:
    """None: lanes hold hours against one limit and in the colours of the six classes, which here name a link."""
    return ()


def cascade_of(corridor: Corridor, question: Question, _state: ViewState) -> pd.DataFrame:
    """The shares of the cascade of the first link's help."""
    return cascade_shares(corridor, question)


def commands(_state: ViewState, question: Question) -> tuple[Command, ...]:
    """The shares of the sentence, and the segments of the map, the strip and the table."""
    options = asked_options(question)
    return (
        Command("chain_shares", command("chain", "--by class", *options)),
        Command("chain", command("chain", *options)),
    )


def sentence(corridor: Corridor, answer: Answer, state: ViewState, texts: Texts) -> Sentence:
    """How much of the travel has the whole chain ahead, which link is missing first most, and how much is not known."""
    shares = chain_shares(corridor, answer.profile.segments)
    whole = shares.at[WHOLE, "typical_share"]
    return Sentence(
        headline=texts("chain.headline", share=texts.percent(whole)) if whole else texts("chain.headline_none"),
        support=" ".join(_support(shares, state, texts)),
        small_print=tuple(_small_print(corridor, answer, state, texts)),
        note=_note(corridor, answer, texts),
    )


def _support(shares: pd.DataFrame, state: ViewState, texts: Texts) -> Iterator[str]:
    ends = sorted(shares.loc[WHOLE, ["low_share", "typical_share", "high_share"]])
    low, high, month = texts.percent(ends[0]), texts.percent(ends[-1]), texts.month(state.as_of)
    yield texts("sentence.as_of", month=month) if low == high else texts("chain.range", low=low, high=high, month=month)
    missing = shares["typical_share"].drop([WHOLE, NOT_KNOWN])
    if missing.max() > 0:
        share = texts.percent(missing.max())
        yield texts("chain.missing_first", capability=texts(f"capability.{missing.idxmax()}.noun"), share=share)
    if shares.at[NOT_KNOWN, "typical_share"] > 0:
        yield texts("chain.not_known", share=texts.percent(shares.at[NOT_KNOWN, "typical_share"]))


def _small_print(corridor: Corridor, answer: Answer, state: ViewState, texts: Texts) -> Iterator[str]:
    """The links with their limits, for whom, both readings, the grounds of the hours, and the sources."""
    yield texts("chain.links", links=texts.list_of(_links_in_words(corridor, answer.question, texts)))
    if answer.question.whom:
        yield texts("chain.whom", whom=texts(f"audience.{answer.question.whom}"))
    readings = (texts.percent(float(shares[WHOLE])) for shares in (answer.shares, answer.other_shares))
    chosen, other = readings
    listed, confirmed = (chosen, other) if state.status == "listed" else (other, chosen)
    yield texts("chain.readings", listed=listed, confirmed=confirmed)
    yield texts("chain.secret")
    bases = answer.profile.stretches["basis"].value_counts()
    counts = {basis: int(bases.get(basis, 0)) for basis in ("published", "derived", "formula")}
    yield texts("sentence.basis", **counts)
    publishers = _publishers(corridor, answer)
    yield texts("sentence.sources", publishers=", ".join(publishers[:3]), count=len(publishers))
    yield texts("sentence.not_violence")


def _links_in_words(corridor: Corridor, question: Question, texts: Texts) -> list[str]:
    return [
        texts("chain.link", capability=texts(f"capability.{link.capability}.noun"), hours=texts.hours(link.limit_hours))
        for link in chain_links(corridor, question)
    ]


def _publishers(corridor: Corridor, answer: Answer) -> list[str]:
    """Who published the hours and the services of the links, the most used first."""
    asked = [link.capability for link in links(corridor)]
    of_links = answer.services["capabilities"].map(lambda words: any(word in words.split(";") for word in asked))
    return published_by(corridor, answer, answer.services.loc[of_links.astype(bool), "source_id"])


def _note(corridor: Corridor, answer: Answer, texts: Texts) -> str:
    stops = answer.profile.stops
    start, end = (place_name(corridor, str(stops.iloc[at]["place_id"]), texts.lang) for at in (0, -1))
    return texts("sentence.note", hours=texts.hours(float(stops.iloc[-1]["at_hours"])), start=start, end=end)


def panel(_corridor: Corridor, answer: Answer, state: ViewState, texts: Texts) -> Panel:
    """The cascade below the strip, with how to read it and its command."""
    care = texts(f"capability.{answer.question.capability}")
    title = texts("chain.cascade_title", capability=care, month=texts.month(state.as_of))
    chart = CascadeChart(title, tuple(_steps(answer.found, texts)))
    drawings = {
        name: cascade_svg(chart, texts, width, prefix=f"{CHART}-{name}")
        for name, width in (("wide", WIDE), ("narrow", NARROW))
    }
    reproducing = Command("cascade", command("cascade", *asked_options(answer.question)))
    story = [
        html.H2(texts("chain.cascade_heading")),
        html.P(texts("chain.cascade_reading")),
        html.Div(className="chart-holder", **{"data-chart": CHART}),
        *reproduced([reproducing], texts),
    ]
    return Panel(story=story, charts={CHART: drawings})


def _steps(shares: pd.DataFrame, texts: Texts) -> Iterator[CascadeStep]:
    for row in shares.reset_index().to_dict("records"):
        kept, unknown, lost = (float(row[name]) for name in STANDINGS)
        yield CascadeStep(texts(f"chain.step.{row['step']}"), kept, unknown, lost)


def cascade_table(
    _corridor: Corridor, answer: Answer, _data: StripData, _state: ViewState, texts: Texts
) -> tuple[Any, Iterator[dict[str, Any]]]:
    """One row per step: the shares of the travel after it, and those that it leaves of the listed services by itself."""
    names = [f"{name}{suffix}" for suffix in ("", "_alone") for name in STANDINGS]
    columns = (("step", False), *((f"cascade_{name}", True) for name in names))
    rows = (
        {
            "at": "",
            "cells": [
                _text(texts(f"chain.step.{step}")),
                *({"text": texts.percent(float(row[name])), "value": float(row[name])} for name in names),
            ],
        }
        for step, row in answer.found.iterrows()
    )
    return columns, rows


def _text(words: str) -> dict[str, Any]:
    return {"text": words, "value": words}


def with_row_name(data: StripData, _corridor: Corridor, _answer: Answer, _state: ViewState, _texts: Texts) -> StripData:
    """The strip with a ribbon that is named after the link that is missing first."""
    return replace(data, class_row="strip.class_row_chain")


METHOD = Method(
    classification=first_missing,
    lanes=no_lanes,
    sentence=sentence,
    commands=commands,
    found=cascade_of,
    panel=panel,
    strip=with_row_name,
    tables={"cascade": cascade_table},
)
