"""`site --instance`: a location problem out of a file, with nothing of the corridor in it, and its answer as JSON."""

from __future__ import annotations

import argparse
import json
import math
import sys
from dataclasses import fields
from pathlib import Path

from geodata.commands.output import write_whole
from geodata.planning.optima import OBJECTIVES, Instance, Solution, left_out, solved, uncoverable
from geodata.sources.instances import InstanceFile, read_instance


def instance_options(part: argparse.ArgumentParser) -> None:
    """Adds --instance, --objective, -p, --radius, --budget."""
    part.add_argument("--instance", type=Path, metavar="FILE", help="a published problem, as JSON")
    part.add_argument(
        "--objective", choices=OBJECTIVES, default="mclp", help="what the places are to be best at (default: mclp)"
    )
    part.add_argument("-p", type=int, metavar="K", help="how many places at most; lscp finds out itself")
    part.add_argument("--radius", type=float, metavar="R", help="within which distance a facility covers")
    part.add_argument("--budget", type=float, metavar="B", help="what the places may cost together")


def run_instance(asked: argparse.Namespace) -> int:
    """Writes the answer to the problem in the file that --instance names, to --output where that is asked for.

    How many demand points nothing can serve, and an objective therefore leaves out, goes to stderr.
    """
    told = read_instance(asked.instance)
    instance = Instance(**{field.name: getattr(told, field.name) for field in fields(InstanceFile)})
    found = solved(instance, asked.objective, asked.p, budget=asked.budget, radius=asked.radius)
    aside = _left_out(instance, asked.objective, asked.radius)
    if aside:
        print(
            f"left out: {aside} of {instance.shape[0]} demand points, which nothing usable can serve", file=sys.stderr
        )
    body = answer_text(found)
    if getattr(asked, "output", None) is None:
        sys.stdout.write(body)
    else:
        write_whole(asked.output, body.encode())
    return 0


def _left_out(instance: Instance, objective: str, radius: float | None) -> int:
    """How many demand points the objective leaves out; maximal covering counts all."""
    if objective == "mclp":
        return 0
    if objective == "lscp":
        return uncoverable(instance if radius is None else instance.within(radius))
    return len(left_out(instance))


def answer_text(found: Solution) -> str:
    """The answer as JSON: sites, value, bound, optimal. An infinite value (something cannot be served) is null."""
    shown = {"sites": list(found.sites), "value": _number(found.value), "bound": _number(found.bound)}
    return json.dumps({**shown, "optimal": found.optimal}) + "\n"


def _number(value: float) -> float | int | None:
    """The number, without a point where it is whole."""
    if not math.isfinite(value):
        return None
    return int(value) if value == int(value) and abs(value) < 2**53 else value
