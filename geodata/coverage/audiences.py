"""For whom: what is known of a service's admission, its demands and its languages, held against one audience."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

ADMISSIONS = ("yes", "no", "unknown")


def admission(services: pd.DataFrame, audience: Mapping[Any, Any]) -> pd.Series[str]:
    """Whether each service admits the audience: yes, no or unknown, on the index of `services`.

    `audience` is a row of the audiences table: the attribute of a service that decides (`admits`, `asks_for`,
    `languages`), the words of which one says yes (`yes_any`), of which one says no (`no_any`), and those that say no
    where nothing else is named (`no_only`). A blank attribute, or one that says neither, is unknown.
    """
    says = {name: _words(str(audience[name])) for name in ("yes_any", "no_any", "no_only")}
    texts = services[str(audience["attribute"])]
    answers = {text: _answer(_words(text), says) for text in texts.unique()}
    return texts.map(answers).astype("str")


def _answer(words: frozenset[str], says: dict[str, frozenset[str]]) -> str:
    if words & says["no_any"]:
        return "no"
    if words & says["yes_any"]:
        return "yes"
    return "no" if words and words <= says["no_only"] else "unknown"


def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in text.split(";") if word)
