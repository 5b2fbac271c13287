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
    MODEL_STORE = "model-store"
    MAP_VALUES_STORE = "map-values-store"
    STRIP_STORE = "strip-store"
    TEXTS_STORE = "texts-store"
    ASKED_STORE = "asked-store"
    TABLE_STORE = "table-store"

    # The page and its regions.
    SHELL = "shell"
    SKIP_LINK = "skip-link"
    HEADER = "header"
    TITLE = "title"
    MAIN = "main"
    CONTROLS = "controls"
    NOTICES = "notices"
    STATUS = "status"
    FOOTER = "footer"
    DISCLAIMER = "disclaimer"

    # What can be chosen.
    QUESTION = "question"
    QUESTION_LABEL = "question-label"
    DATE = "date"
    DATE_LABEL = "date-label"
    DATE_PREVIOUS = "date-previous"
    DATE_NEXT = "date-next"
    DIRECTION = "direction"
    DIRECTION_LABEL = "direction-label"
    ROUTE = "route"
    ROUTE_LABEL = "route-label"
    CAPABILITY = "capability"
    CAPABILITY_LABEL = "capability-label"
    WINDOW = "window"
    WINDOW_LABEL = "window-label"
    WINDOW_OTHER = "window-other"
    WINDOW_OTHER_LABEL = "window-other-label"
    SERVICE_STATUS = "service-status"
    SERVICE_STATUS_LABEL = "service-status-label"
    LAYERS = "layers"
    LAYERS_LABEL = "layers-label"
    LANGUAGE = "language"
    LANGUAGE_LABEL = "language-label"
    MORE_CONTROLS = "more-controls"

    # The map, made once and never rebuilt.
    MAP_REGION = "map-region"
    MAP_HEADING = "map-heading"
    MAP = "map"
    MAP_SUMMARY = "map-summary"
    MAP_ATTRIBUTION = "map-attribution"
    MAP_TILES = "map-tiles"
    MAP_LAND = "map-land"
    MAP_ADMIN1 = "map-admin1"
    MAP_BORDERS = "map-borders"
    MAP_LABELS = "map-labels"
    MAP_NETWORK = "map-network"
    MAP_RUNS = "map-runs"
    MAP_SERVICES = "map-services"
    MAP_STATE = "map-state"
    MAP_REPORTS = "map-reports"
    MAP_PLACES = "map-places"
    MAP_SELECTION = "map-selection"
    MAP_FIT = "map-fit"
    LENS = "lens"
    LENS_HEADING = "lens-heading"
    LENS_RUNS = "lens-runs"
    LEGEND = "legend"
    LEGEND_HEADING = "legend-heading"

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
    SUMMARY = "summary"
    SHARE_LINK = "share-link"

    # The table that equals map and strip.
    TABLE_REGION = "table-region"
    TABLE_HEADING = "table-heading"
    TABLE_CHOICE = "table-choice"
    TABLE_CHOICE_REGION = "table-choice-region"
    TABLE_CHOICE_LABEL = "table-choice-label"
    TABLE = "table"
    TABLE_COUNT = "table-count"
    DOWNLOAD_LINK = "download-link"

    # What was selected.
    DETAIL_REGION = "detail-region"
    DETAIL_HEADING = "detail-heading"
    DETAIL = "detail"
    DETAIL_CLOSE = "detail-close"
