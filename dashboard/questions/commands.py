"""The command lines that reproduce what the page shows."""

from __future__ import annotations

from geodata.coverage import Question
from geodata.coverage.question import DEFAULT_WINDOW_HOURS


def command(name: str, *options: str) -> str:
    """A whole command line, to be copied."""
    return " ".join(["python -m geodata", name, *options])


def asked_options(question: Question) -> tuple[str, ...]:
    """The options by which the command line asks a question; those at their default are left out.

    The direction follows from the route.
    """
    given = {
        "--as-of": str(question.as_of),
        "--route": question.route or "",
        "--capability": "" if question.capability == "clinical_care" else question.capability,
        "--window": "" if question.window_hours == DEFAULT_WINDOW_HOURS else f"{question.window_hours:g}",
        "--status": "" if question.status == "listed" else question.status,
        "--whom": question.whom,
    }
    return tuple(f"{name} {value}" for name, value in given.items() if value)
