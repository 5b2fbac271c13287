"""The name of every component of the page: wires and layout meet here, and nowhere else is an id written."""

from __future__ import annotations

from enum import StrEnum, unique


@unique
class Id(StrEnum):
    """Every component id; two components never share one."""

    # What holds the view; nothing of it is seen.
    LOCATION = "location"
    VIEW_STORE = "view-store"
    SELECTION_STORE = "selection-store"
    PARTS_STORE = "parts-store"
    MODEL_STORE = "model-store"
    STRIP_STORE = "strip-store"
    TEXTS_STORE = "texts-store"
    ASKED_STORE = "asked-store"
    TABLE_STORE = "table-store"
    CHARTS_STORE = "charts-store"

    # The page and its regions.
    SHELL = "shell"
    SKIP_LINK = "skip-link"
    HEADER = "header"
    MAIN = "main"
    CONTROLS = "controls"
    NOTICES = "notices"
    STATUS = "status"
    FOOTER = "footer"
    METHOD_LINK = "method-link"
    PLANNING_LINK = "planning-link"
    INDICATORS_LINK = "indicators-link"

    # What can be chosen.
    QUESTION = "question"
    DATE = "date"
    DATE_PREVIOUS = "date-previous"
    DATE_NEXT = "date-next"
    SINCE = "since"
    SINCE_NOTE = "since-note"
    DIRECTION = "direction"
    ROUTE = "route"
    CAPABILITY = "capability"
    WINDOW = "window"
    WINDOW_OTHER = "window-other"
    WHOM = "whom"
    SERVICE_STATUS = "service-status"
    LAYERS = "layers"
    LANGUAGE = "language"
    MORE_CONTROLS = "more-controls"

    # The map, made once and never rebuilt.
    MAP_HEADING = "map-heading"
    MAP_SUMMARY = "map-summary"
    LEGEND = "legend"

    # The strip: the route straightened, hour by hour.
    STRIP_REGION = "strip-region"
    STRIP_HEADING = "strip-heading"
    STRIP = "strip"
    STRIP_SUMMARY = "strip-summary"

    # What it says.
    SENTENCE_REGION = "sentence-region"
    SENTENCE = "sentence"
    SENTENCE_COPY = "sentence-copy"
    SHARES = "shares"
    FIGURES = "figures"
    SUMMARY = "summary"
    SHARE_LINK = "share-link"
    SHARE_STATUS = "share-status"

    # What belongs to one question: its own story, and how it changed over time.
    STORY = "story"
    TRENDS = "trends"

    # The targets of a standard, and the country whose list is shown; each target's field and button are numbered.
    TARGET_HOURS = "target-hours"
    TARGET_REMOVE = "target-remove"
    TARGET_ADD = "target-add"
    STANDARD_COUNTRY = "standard-country"

    # Which part of the route counts where places are sought, and at which pace help must be in time.
    SITING_PART = "siting-part"
    SITING_PACE = "siting-pace"

    # The table that equals map and strip.
    TABLE_HEADING = "table-heading"
    TABLE_CHOICE = "table-choice"
    TABLE_CHOICE_REGION = "table-choice-region"
    TABLE = "table"
    DOWNLOAD_LINK = "download-link"
    DOWNLOAD_MAP = "download-map"

    # What was selected.
    DETAIL = "detail"


def numbered(identity: Id, number: int) -> str:
    """The id of one of several components of a kind: they keep the focus when their region is written anew."""
    return f"{identity}-{number}"
