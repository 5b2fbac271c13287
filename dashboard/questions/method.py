"""What a way of answering gives: a classification of the route, its words, its tables and its own regions of the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from geodata.coverage.profile import Classify
from geodata.coverage.question import Question

if TYPE_CHECKING:
    from dashboard.answers import Answer
    from dashboard.maps.values import Before, Mark
    from dashboard.panels.sentence import Sentence
    from dashboard.state import ViewState
    from dashboard.strip import StripData
    from dashboard.text import Texts
    from geodata.corridor import Corridor


@dataclass(frozen=True)
class Command:
    """A command line that reproduces figures of the page; `figure` says which: the text `command.<figure>` names it."""

    figure: str
    line: str


@dataclass(frozen=True)
class Panel:
    """The regions of the page that belong to one question; all may be empty.

    `figures` stand in the answer's column below the sentence, `story` below the strip, `trends` below that. A drawing is
    an element `html.Div(className="chart-holder", **{"data-chart": name})` in one of them and, under that name in
    `charts`, its SVG text for a wide and for a narrow page: {"wide": …, "narrow": …}.
    """

    figures: list[Any] = field(default_factory=list)
    story: list[Any] = field(default_factory=list)
    trends: list[Any] = field(default_factory=list)
    charts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def _of_facts(corridor: Corridor, _state: ViewState) -> Corridor:
    return corridor


def _as_found(answer: Answer, _state: ViewState, _texts: Texts) -> Answer:
    return answer


def _as_asked(question: Question) -> Question:
    return question


def _nothing(_corridor: Corridor, _question: Question, _state: ViewState) -> None:
    return None


def _as_it_is(method: Method, _state: ViewState) -> Method:
    return method


def _no_panel(_corridor: Corridor, _answer: Answer, _state: ViewState, _texts: Texts) -> Panel:
    return Panel()


def _one_date(_corridor: Corridor, _answer: Answer, _state: ViewState, _texts: Texts) -> Before | None:
    return None


def _no_marks(_corridor: Corridor, _answer: Answer, _state: ViewState, _texts: Texts) -> tuple[Mark, ...]:
    return ()


def _same_strip(data: StripData, _corridor: Corridor, _answer: Answer, _state: ViewState, _texts: Texts) -> StripData:
    return data


@dataclass(frozen=True)
class Method:
    """One way of answering.

    `classification` gives how each segment is classed and all classes from good to bad; `lanes` what the strip's lanes
    ask for beside each other; `sentence` the words. `asks` changes the question as it was put (`hours` puts it as it
    is); `found` is what only this way works out: it stands in `Answer.found`. `both_readings` is False where listed and
    confirmed are no two readings of the question. `strip` adds to what the strip shows. `tables` are those that no
    other question has, by name: (corridor, answer, strip data, state, texts) -> (columns, rows), as in panels/tables.py.
    `for_view` gives the way for one view, where the classification depends on more than the corridor.
    `asked_of` is the corridor whose services answer: the facts' own but for a question of what is only planned;
    `spoken` puts into the answer what has no name in the data. `map_before` is the earlier date of a map that shows
    two, or the other state; `marks` are the places that are marked on it.
    `commands` reproduce the figures: what is shown in `Panel` regions beside its figures is up to the panel.
    """

    classification: Callable[[Corridor], tuple[Classify, tuple[str, ...]]]
    lanes: Callable[[Corridor, Question], tuple[str, ...]]
    sentence: Callable[[Corridor, Answer, ViewState, Texts], Sentence]
    commands: Callable[[ViewState, Question], tuple[Command, ...]]
    asks: Callable[[Question], Question] = _as_asked
    asked_of: Callable[[Corridor, ViewState], Corridor] = _of_facts
    spoken: Callable[[Answer, ViewState, Texts], Answer] = _as_found
    found: Callable[[Corridor, Question, ViewState], Any] = _nothing
    panel: Callable[[Corridor, Answer, ViewState, Texts], Panel] = _no_panel
    strip: Callable[[StripData, Corridor, Answer, ViewState, Texts], StripData] = _same_strip
    tables: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    both_readings: bool = True
    for_view: Callable[[Method, ViewState], Method] = _as_it_is
    map_before: Callable[[Corridor, Answer, ViewState, Texts], Before | None] = _one_date
    marks: Callable[[Corridor, Answer, ViewState, Texts], tuple[Mark, ...]] = _no_marks
