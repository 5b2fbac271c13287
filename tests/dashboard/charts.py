"""Charts for tests: six years of shares, a flow with gaps, the figures of 2023 and 2024, a cascade, two dates, closures."""

from __future__ import annotations

from dashboard.charts import (
    BandChart,
    BandPoint,
    CascadeChart,
    CascadeStep,
    ChannelPeriod,
    ChartClass,
    ChartEvent,
    ClosureBar,
    ClosureChart,
    PairRibbon,
    PairRun,
    PairStop,
    ReportChart,
    ReportWindow,
    ShareChart,
    ShareGroup,
    StackChart,
    StackRow,
)
from dashboard.strip import Border, StripData
from dashboard.text import Texts
from geodata.units import Month
from tests.dashboard.strips import APRIL, CLASSES, FEBRUARY

MONTHS = tuple(str(Month(2020, 7).plus(n)) for n in range(71))
COUNTRIES = ("Colombia", "Panamá", "Costa Rica", "Nicaragua", "Honduras", "Guatemala", "México")


def classes(texts: Texts) -> tuple[ChartClass, ...]:
    return tuple(ChartClass(name, texts(f"class.{name}")) for name in CLASSES)


def share_group(name: str, seed: int) -> ShareGroup:
    """Shares that change every few months, at months of their own; the first four of the fourth group are not known."""
    stacks: list[tuple[float | None, ...]] = []
    for n in range(len(MONTHS)):
        weights = [1 + (seed * (k + 3) + (n + seed) // (7 + seed % 3) * (k + 1)) % 7 for k in range(len(CLASSES))]
        weights[(n // 9 + seed) % len(CLASSES)] = 0
        blank = (seed == 3 and n < 14) or (seed == 0 and 30 <= n < 34)
        stacks.append(tuple(None if blank else weight / sum(weights) for weight in weights))
    return ShareGroup(name, {each: tuple(stack[k] for stack in stacks) for k, each in enumerate(CLASSES)})


def share_chart(texts: Texts, whole: str = "De Necoclí a la frontera norte", **more: str) -> ShareChart:
    groups = tuple(share_group(name, seed) for seed, name in enumerate((whole, *COUNTRIES)))
    return ShareChart("Horas de viaje por situación", MONTHS, classes(texts), groups, **{"as_of": "2024-04", **more})


def band_point(n: int) -> BandPoint:
    if 20 <= n < 32 or n == 50:
        return BandPoint(MONTHS[n], None, float("nan"), None)
    typical = 900.0 + 400.0 * ((n * 7) % 11) + (9000.0 if n in (37, 38) else 0.0)
    return BandPoint(MONTHS[n], 0.6 * typical, typical, 1.8 * typical, yearly_share=n < 18 or n > 60)


def band_chart(unit: str = "días-mujer", **more: str) -> BandChart:
    points = tuple(band_point(n) for n in range(len(MONTHS)))
    return BandChart("Días más allá del plazo", unit, points, **{"as_of": "2024-04", **more})


WINDOWS = (
    ReportWindow("2023-01-01", "2023-12-31", 676, "personas atendidas tras violencia sexual"),
    ReportWindow("2024-01-01", "2024-02-29", 328, "personas atendidas tras violencia sexual"),
    ReportWindow("2024-04-15", "2024-05-15", 135, "personas atendidas en otro país", here=False),
)


def report_chart() -> ReportChart:
    return ReportChart(
        "Cifras publicadas en el Darién",
        "2022-07",
        "2025-06",
        WINDOWS,
        (ChannelPeriod("2021-05-01", "2024-03-03"), ChannelPeriod("2024-10-02", "2025-02-28")),
        (
            ChartEvent("2024-03-04", "se suspende la atención clínica"),
            ChartEvent("2024-10-02", "la atención vuelve en parte"),
        ),
    )


def cascade_chart() -> CascadeChart:
    return CascadeChart(
        "De lo que existe a lo que sirve",
        (
            CascadeStep("Figura en alguna lista", 0.82, 0.0, 0.18),
            CascadeStep("Una fuente la vio abierta en los últimos 90 días", 0.51, 0.08, 0.41),
            CascadeStep("Abierta a la hora de llegar", 0.44, 0.14, 0.42),
            CascadeStep("La admite", 0.30, 0.24, 0.46),
            CascadeStep("Sin pedirle papeles", 0.003, 0.497, 0.50),
        ),
    )


def closure_chart() -> ClosureChart:
    return ClosureChart(
        "Si cerrara un servicio",
        (
            ClosureBar("Centro de atención integral de la ciudad, con un nombre largo", 18.0, 19.0, 24.0, 0.0),
            ClosureBar("Clínica del puesto de salud", 0.0, 4.6, 7.2, 12.5),
            ClosureBar("Punto de atención", 0.0, 0.0, 0.0, 3.0),
        ),
    )


def stack_chart(texts: Texts) -> StackChart:
    names = ("ready", "pending", "not_ready", "unknown")
    return StackChart(
        "Horas de viaje por país",
        tuple(ChartClass(name, texts(f"class.{name}")) for name in names),
        (
            StackRow("Colombia", {"not_ready": 9.5}),
            StackRow("Panamá", {"ready": 23.0, "pending": 14.0, "not_ready": 40.0, "unknown": 5.0}),
            StackRow("Costa Rica", {"ready": 10.0, "pending": 0.3}),
            StackRow("México", {"pending": 44.0, "not_ready": 5.9}),
        ),
    )


def pair_ribbon(texts: Texts, before: StripData = FEBRUARY, after: StripData = APRIL) -> PairRibbon:
    return PairRibbon(
        title="Qué cambió",
        hours=before.hours,
        stops=tuple(PairStop(stop.name, stop.at_hours) for stop in before.stops),
        first_country="COL",
        borders=tuple(Border(one.at_hours, one.from_country, one.to_country) for one in before.borders),
        before=texts.month_short(Month(2024, 2)),
        after=texts.month_short(Month(2024, 4)),
        runs_before=_runs(before),
        runs_after=_runs(after),
        classes=classes(texts),
    )


def _runs(data: StripData) -> tuple[PairRun, ...]:
    return tuple(PairRun(run.run_class, run.from_hours, run.to_hours) for run in data.runs)
