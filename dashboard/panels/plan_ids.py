"""The name of every component of the editor of plans."""

from __future__ import annotations

from enum import StrEnum, unique


@unique
class PlanId(StrEnum):
    """Every component id of the editor; the fields of its form are named after what they hold."""

    EDITOR = "plan-editor"
    HEADING = "plan-heading"
    NAME = "plan-name"
    STATUS = "plan-status"
    UNDO = "plan-undo"
    REDO = "plan-redo"
    FORM = "plan-form"
    KIND = "plan-kind"
    PLACE = "plan-place"
    PIN = "plan-pin"
    LAT = "plan-lat"
    LON = "plan-lon"
    SERVICE = "plan-service"
    CAPABILITIES = "plan-capabilities"
    DAYS = "plan-days"
    FROM_HOUR = "plan-from-hour"
    TO_HOUR = "plan-to-hour"
    VISIT = "plan-visit"
    SINCE = "plan-since"
    UNTIL = "plan-until"
    COST = "plan-cost"
    ADD = "plan-add"
    FILE = "plan-file"
    DOWNLOAD = "plan-download"
