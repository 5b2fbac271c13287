"""The table contracts: which tables there are, which columns they have, and what may stand in them.

A table is a pandas DataFrame whose text columns are `str` with "" for "not published" and whose numbers are float64
with NaN for "not published". Nothing is ever filled in: unknown stays unknown.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a column holds."""

    ID = "id"  # unique in its table, letters, digits, '_', '-' and '.'
    TEXT = "text"
    WORD = "word"  # one of `words`
    WORDS = "words"  # any of `words`, joined by ';'
    NUMBER = "number"
    COUNT = "count"  # a whole number, not negative
    DATE = "date"  # YYYY, YYYY-MM or YYYY-MM-DD
    PERIOD = "period"  # a date, or two joined by '/'
    URL = "url"
    REF = "ref"  # the id of a row of table `ref`
    REFS = "refs"  # several of them, joined by ';'


@dataclass(frozen=True)
class Column:
    """One column of a contract. `low` and `high` bound a number, both included."""

    name: str
    kind: Kind = Kind.TEXT
    required: bool = False
    words: tuple[str, ...] = ()
    ref: str = ""
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Table:
    """A table's contract: its columns in order; `key` is the column (or columns) that names a row."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ("id",)

    def column(self, name: str) -> Column:
        """The contract of one column; KeyError where the table has none of that name."""
        return next(column for column in self.columns if column.name == name)

    @property
    def column_names(self) -> list[str]:
        """The columns' names in the order in which they are written."""
        return [column.name for column in self.columns]


def _hours(name: str, *, required: bool) -> Column:
    return Column(name, Kind.NUMBER, required=required, low=0.0, high=20_000.0)


ROLES = ("protective", "mixed", "control")
#: Which role an institution of each kind has on the ground.
ROLE_OF_KIND = {
    "ombudsperson": "protective",
    "prosecutor": "protective",
    "court": "protective",
    "womens_ministry": "protective",
    "health_ministry": "protective",
    "child_protection_authority": "protective",
    "anti_trafficking_commission": "protective",
    "asylum_office": "mixed",
    "consulate": "mixed",
    "police": "mixed",
    "reception_station": "mixed",
    "border_police": "control",
    "migration_post": "control",
    "coast_guard": "control",
}
DIRECTIONS = ("northbound", "southbound")
LEG_DIRECTIONS = ("northbound", "southbound", "both", "lateral")
MODES = ("on_foot", "on_foot_trail", "boat", "bus", "road", "rail", "mixed")
PLACE_KINDS = ("city", "town", "port", "trailhead", "border_crossing", "reception_station")
BASES = ("published", "derived", "formula")
CONFIDENTIALITIES = ("public", "contact_only", "secret")
STATUSES = ("listed", "confirmed")
STAY_ROLES = ("average", "range", "case", "rule", "derived")
CONFIDENCES = ("low", "medium", "high")
MEASURES = (
    "survivors_treated",
    "consultations",
    "reports_filed",
    "survey_share_percent",
    "deaths_recorded",
    "arrests_made",
    "convictions",
    "dead_and_missing",
)
REPORT_KINDS = (
    "sexual_violence",
    "rape",
    "sexual_exploitation",
    "trafficking",
    "physical_violence",
    "robbery",
    "extortion",
    "kidnapping",
    "death",
    "all_forms",
)
#: The frame of MESECVI's indicators, as its public pages name it.
INDICATOR_MODULES = (
    "legislation",
    "national_plans",
    "access_to_justice",
    "information_statistics",
    "diversity",
    "budget",
)
INDICATOR_CATEGORIES = ("incorporation", "financial_context", "state_capacities")
INDICATOR_TYPES = ("structural", "process", "result")
POLICIES = ("state_presence", "prevention", "care", "monitoring")
#: How an indicator may be computed; each word is a function of `geodata.indicators.computed`.
FORMULAS = (
    "services_on_record",
    "services_closed",
    "services_with_column",
    "institutions_on_record",
    "travel_in_time",
    "travel_without_protection",
    "hours_from_entry",
    "months_with_sex",
    "reports_with_sex",
)
#: What the figure of an indicator counts; `text` is an answer in words.
INDICATOR_UNITS = ("services", "institutions", "share", "hours", "percent", "text")
#: What is published of a service, so that a woman can know beforehand whether it is for her.
PUBLISHED_COLUMNS = ("languages", "hours", "admits", "asks_for")
ENTRY_KINDS = ("official_wording", "value", "reply")
#: The official languages of the Organization of American States, in which a delegation answers.
ENTRY_LANGUAGES = ("es", "en", "pt", "fr")
#: The countries of the corridor, in the order in which a woman going north meets them.
COUNTRIES = ("PER", "ECU", "VEN", "COL", "PAN", "CRI", "NIC", "HND", "SLV", "GTM", "BLZ", "MEX", "USA")

_ID = Column("id", Kind.ID, required=True)
_SOURCE = Column("source_id", Kind.REF, required=True, ref="sources")
_CAVEAT = Column("caveat", Kind.WORDS)  # its words are the caveats table
_LAT = Column("lat", Kind.NUMBER, low=-56, high=72)
_LON = Column("lon", Kind.NUMBER, low=-170, high=-30)
_COUNTRY = Column("country_iso3", Kind.WORD, words=COUNTRIES)

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        Table(
            "sources",
            (
                _ID,
                Column("publisher", required=True),
                Column("title"),
                Column("url", Kind.URL),
                Column("published", Kind.DATE),
                Column("retrieved", Kind.DATE),
                Column("licence"),
                Column(
                    "can_show",
                    Kind.WORDS,
                    required=True,
                    words=("place", "hours", "service", "state_presence", "reports", "flow", "stay", "indicator"),
                ),
                Column(
                    "cannot_show",
                    Kind.WORDS,
                    words=(
                        "prevalence",
                        "current_state",
                        "exact_point",
                        "waiting_time",
                        "all_services",
                        "sex_split",
                        "persons",
                    ),
                ),
            ),
        ),
        Table("caveats", (_ID, Column("meaning", required=True))),
        Table(
            "capabilities",
            (
                _ID,
                Column("rank", Kind.COUNT, required=True),
                Column("hears", Kind.WORD, required=True, words=("yes", "no")),
                Column("chain_rank", Kind.COUNT),
                _hours("chain_limit_hours", required=False),
                Column("chain_from", Kind.WORD, words=("her", "care")),
                _SOURCE,
                _CAVEAT,
            ),
        ),
        Table(
            "audiences",
            (
                _ID,
                Column("rank", Kind.COUNT, required=True),
                Column("attribute", Kind.WORD, required=True, words=("admits", "asks_for", "languages")),
                Column("yes_any"),
                Column("no_any"),
                Column("no_only"),
                _SOURCE,
                _CAVEAT,
            ),
        ),
        Table(
            "places",
            (
                _ID,
                Column("name", required=True),
                Column("name_es"),
                Column("name_en"),
                Column("name_pt"),
                Column("name_fr"),
                Column("country_iso3", Kind.WORD, required=True, words=COUNTRIES),
                Column("admin1", required=True),
                Column("lat", Kind.NUMBER, required=True, low=-56, high=72),
                Column("lon", Kind.NUMBER, required=True, low=-170, high=-30),
                Column("kind", Kind.WORD, required=True, words=PLACE_KINDS),
                Column("precision", Kind.WORD, required=True, words=("exact", "about_1km", "about_5km")),
                _SOURCE,
                _CAVEAT,
            ),
        ),
        Table(
            "legs",
            (
                _ID,
                Column("from_place", Kind.REF, required=True, ref="places"),
                Column("to_place", Kind.REF, required=True, ref="places"),
                Column("mode", Kind.WORD, required=True, words=MODES),
                Column("direction", Kind.WORD, required=True, words=LEG_DIRECTIONS),
                _hours("hours_low", required=True),
                _hours("hours_typical", required=True),
                _hours("hours_high", required=True),
                Column("basis", Kind.WORD, required=True, words=BASES),
                Column("confidence", Kind.WORD, required=True, words=CONFIDENCES),
                Column("since", Kind.DATE),
                Column("until", Kind.DATE),
                _SOURCE,
                _CAVEAT,
            ),
        ),
        Table(
            "routes",
            (
                _ID,
                Column("name", required=True),
                Column("name_en", required=True),
                Column("name_pt", required=True),
                Column("name_fr", required=True),
                Column("direction", Kind.WORD, required=True, words=DIRECTIONS),
                Column("counting_point"),
                Column("legs", Kind.REFS, required=True, ref="legs"),
                _SOURCE,
                _CAVEAT,
            ),
        ),
        Table(
            "stretches",
            (
                _ID,
                Column("name", required=True),
                Column("name_en", required=True),
                Column("name_pt", required=True),
                Column("name_fr", required=True),
                Column("legs", Kind.REFS, required=True, ref="legs"),
                _SOURCE,
                _CAVEAT,
            ),
        ),
        Table(
            "services",
            (
                _ID,
                Column("name", required=True),
                Column("operator", required=True),
                Column("capabilities", Kind.REFS, ref="capabilities"),
                Column("possible_capabilities", Kind.REFS, ref="capabilities"),
                Column("place_id", Kind.REF, ref="places"),
                _COUNTRY,
                _LAT,
                _LON,
                Column(
                    "precision", Kind.WORD, words=("town", "nearest_town", "proxy", "about_1km", "about_5km", "none")
                ),
                Column("opened", Kind.DATE),
                Column("closed", Kind.DATE),
                Column("last_confirmed", Kind.DATE),
                Column("hours"),
                Column("languages", Kind.TEXT),
                Column("admits"),
                Column("asks_for"),
                Column("confidentiality", Kind.WORD, required=True, words=CONFIDENTIALITIES),
                _SOURCE,
                Column("confirmed_source_id", Kind.REF, ref="sources"),
                _CAVEAT,
            ),
        ),
        Table(
            "state_presence",
            (
                _ID,
                Column("name", required=True),
                Column("institution", required=True),
                Column("kind", Kind.WORD, required=True, words=tuple(ROLE_OF_KIND)),
                Column("role", Kind.WORD, required=True, words=ROLES),
                Column("place_id", Kind.REF, ref="places"),
                _COUNTRY,
                _LAT,
                _LON,
                Column("opened", Kind.DATE),
                Column("closed", Kind.DATE),
                Column("last_confirmed", Kind.DATE),
                _SOURCE,
                _CAVEAT,
            ),
        ),
        Table(
            "stays",
            (
                Column("place_id", Kind.REF, required=True, ref="places"),
                Column("direction", Kind.WORD, required=True, words=(*DIRECTIONS, "both", "other")),
                Column("period", Kind.PERIOD),
                _hours("hours_low", required=False),
                _hours("hours_typical", required=False),
                _hours("hours_high", required=False),
                Column("role", Kind.WORD, required=True, words=STAY_ROLES),
                Column("confidence", Kind.WORD, required=True, words=CONFIDENCES),
                _SOURCE,
                _CAVEAT,
            ),
            key=("place_id", "direction", "period", "source_id"),
        ),
        Table(
            "incident_reports",
            (
                _ID,
                Column("period_start", Kind.DATE, required=True),
                Column("period_end", Kind.DATE, required=True),
                Column("kind", Kind.WORD, required=True, words=REPORT_KINDS),
                Column("count", Kind.COUNT),
                Column("count_female", Kind.COUNT),
                Column("count_minors", Kind.COUNT),
                Column("measure", Kind.WORD, required=True, words=MEASURES),
                Column("reporter", required=True),
                Column("place_of_report"),
                Column("place_id", Kind.REF, ref="places"),
                Column("stretch_of_occurrence", Kind.REF, ref="stretches"),
                _COUNTRY,
                _LAT,
                _LON,
                _SOURCE,
                _CAVEAT,
            ),
        ),
        Table(
            "flows",
            (
                Column("period", Kind.PERIOD, required=True),
                Column("crossing", required=True),
                Column("direction", Kind.WORD, required=True, words=(*DIRECTIONS, "unknown")),
                Column("total", Kind.COUNT),
                Column("women", Kind.COUNT),
                Column("men", Kind.COUNT),
                Column("girls", Kind.COUNT),
                Column("boys", Kind.COUNT),
                Column("female_all_ages", Kind.COUNT),
                Column("male_all_ages", Kind.COUNT),
                _SOURCE,
                _CAVEAT,
            ),
            key=("period", "crossing", "direction", "source_id"),
        ),
        Table(
            "left_out",
            (
                Column("fact_table", required=True),
                Column("fact_id", required=True),
                Column("caveat", Kind.WORDS, required=True),
                _SOURCE,
            ),
            key=("fact_table", "fact_id"),
        ),
        Table(
            "crossings",
            (_ID, Column("country_iso3", Kind.WORD, required=True, words=COUNTRIES), _SOURCE, _CAVEAT),
        ),
        Table(
            "indicators",
            (
                _ID,
                Column("rank", Kind.COUNT, required=True),
                Column("module", Kind.WORD, required=True, words=INDICATOR_MODULES),
                Column("category", Kind.WORD, required=True, words=INDICATOR_CATEGORIES),
                Column("type", Kind.WORD, required=True, words=INDICATOR_TYPES),
                Column("policy", Kind.WORD, required=True, words=POLICIES),
                Column("formula", Kind.WORD, words=FORMULAS),
                Column("unit", Kind.WORD, required=True, words=INDICATOR_UNITS),
                Column("capability", Kind.REF, ref="capabilities"),
                Column("role", Kind.WORD, words=ROLES),
                Column("kinds", Kind.WORDS, words=tuple(ROLE_OF_KIND)),
                Column("published", Kind.WORD, words=PUBLISHED_COLUMNS),
                Column("direction", Kind.WORD, words=DIRECTIONS),
                Column("window_hours", Kind.NUMBER, low=1.0, high=720.0),
                _SOURCE,
                _CAVEAT,
            ),
        ),
        Table(
            "indicator_entries",
            (
                _ID,
                Column("indicator_id", Kind.REF, required=True, ref="indicators"),
                Column("country_iso3", Kind.WORD, required=True, words=COUNTRIES),
                Column("period", Kind.DATE),
                Column("kind", Kind.WORD, required=True, words=ENTRY_KINDS),
                Column("text"),
                Column("value", Kind.NUMBER),
                Column("unit"),
                Column("language", Kind.WORD, required=True, words=ENTRY_LANGUAGES),
                Column("source_publisher", required=True),
                Column("source_title"),
                Column("source_url", Kind.URL),
                Column("source_date", Kind.DATE, required=True),
                Column("entered", Kind.DATE, required=True),
                _SOURCE,
            ),
        ),
    )
}
