"""The sentence on a standard: how much of the travel meets it, what only might, what is missed first, what is not known."""

from __future__ import annotations

from collections.abc import Iterator

from dashboard.answers import Answer
from dashboard.naming import place_name
from dashboard.panels.sentence import Sentence, published_by
from dashboard.state import ViewState
from dashboard.text import Texts
from geodata.corridor import Corridor


def sentence(corridor: Corridor, answer: Answer, state: ViewState, texts: Texts) -> Sentence:
    """Of a standard without a target only that it has none, with the date."""
    month = texts.month(state.as_of)
    if answer.found is None:
        support = f"{texts('standard.add_one')} {texts('sentence.as_of', month=month)}"
        return Sentence(texts("standard.headline_empty"), support, tuple(_grounds(corridor, answer, texts)), "")
    ready = answer.shares["ready"]
    key = "standard.headline" if ready > 0 else "standard.headline_none"
    return Sentence(
        headline=texts(key, share=texts.percent(ready)),
        support=" ".join(_support(corridor, answer, state, texts)),
        small_print=tuple(_small_print(corridor, answer, state, texts)),
        note=_note(corridor, answer, texts),
    )


def target_words(capability: str, hours: int, texts: Texts) -> str:
    """A target within a sentence."""
    return texts("standard.target", capability=texts(f"capability.{capability}.noun"), hours=texts.hours(hours))


def _support(corridor: Corridor, answer: Answer, state: ViewState, texts: Texts) -> Iterator[str]:
    shares, month = answer.found.shares, texts.month(state.as_of)
    ends = sorted(shares.loc["ready", ["low_share", "typical_share", "high_share"]])
    low, high = texts.percent(ends[0]), texts.percent(ends[-1])
    yield (
        texts("sentence.as_of", month=month)
        if low == high
        else texts("standard.range", low=low, high=high, month=month)
    )
    share = shares["typical_share"]
    if share["pending"] > 0:
        yield texts("standard.pending", share=texts.percent(share["pending"]))
    if share["not_ready"] > 0:
        yield _missed(corridor, answer, texts)
    if share["unknown"] > 0:
        yield texts("standard.not_known", share=texts.percent(share["unknown"]))


def _missed(corridor: Corridor, answer: Answer, texts: Texts) -> str:
    """On how much it is missed, and where and by which target first."""
    segments = answer.profile.segments
    first = segments[segments["class"] == "not_ready"].iloc[0]
    stops = answer.profile.stops
    place = stops.loc[stops["at_hours"] <= first["start_hours"] + 1e-6, "place_id"].iloc[-1]
    return texts(
        "standard.missed",
        share=texts.percent(answer.shares["not_ready"]),
        place=place_name(corridor, str(place), texts.lang),
        target=target_words(first["missed"], answer.found.standard.targets[first["missed"]], texts),
    )


def _small_print(corridor: Corridor, answer: Answer, state: ViewState, texts: Texts) -> Iterator[str]:
    targets = answer.found.standard.targets
    yield texts("standard.targets", targets=texts.list_of([target_words(*one, texts) for one in targets.items()]))
    if answer.question.whom:
        yield texts("chain.whom", whom=texts(f"audience.{answer.question.whom}"))
    listed = answer.shares if state.status == "listed" else answer.other_shares
    met = texts.percent(float(listed["ready"] + listed["pending"]))
    yield texts("standard.readings", confirmed=texts.percent(float(answer.shares["ready"])), listed=met)
    yield texts("standard.awaited" if state.status == "listed" else "standard.confirmed_only")
    if "shelter" in targets:
        yield texts("chain.secret")
    yield from _grounds(corridor, answer, texts)


def _grounds(corridor: Corridor, answer: Answer, texts: Texts) -> Iterator[str]:
    """Where the hours come from, the sources, and that it is not about violence."""
    bases = answer.profile.stretches["basis"].value_counts()
    yield texts("sentence.basis", **{basis: int(bases.get(basis, 0)) for basis in ("published", "derived", "formula")})
    asked = [*(answer.found.standard.targets if answer.found else ())]
    of_targets = answer.services["capabilities"].map(lambda words: any(word in words.split(";") for word in asked))
    publishers = published_by(corridor, answer, answer.services.loc[of_targets.astype(bool), "source_id"])
    yield texts("sentence.sources", publishers=", ".join(publishers[:3]), count=len(publishers))
    yield texts("sentence.not_violence")


def _note(corridor: Corridor, answer: Answer, texts: Texts) -> str:
    stops = answer.profile.stops
    start, end = (place_name(corridor, str(stops.iloc[at]["place_id"]), texts.lang) for at in (0, -1))
    return texts("sentence.note", hours=texts.hours(float(stops.iloc[-1]["at_hours"])), start=start, end=end)
