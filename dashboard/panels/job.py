"""The place of a job on the page: what the browser needs to start it, to show how far it is and to end it."""

from __future__ import annotations

import json

from dash import html

from dashboard.ids import Id
from dashboard.jobs.job import REASONS, Work
from dashboard.text import Texts

#: Why a job could not be asked for, beside the reasons for which one fails.
NOT_TAKEN = ("too_many", "server")


def job_region(work: Work, texts: Texts) -> html.Div:
    """An empty element that the browser fills; it carries the job's name, how it stands, and every word that is said of it."""
    job = work.job
    return html.Div(
        className="job",
        tabIndex=-1,
        **{
            "data-job": job.kind,
            "data-job-id": job.id,
            "data-job-query": job.query,
            "data-job-state": job.state,
            "data-job-view": Id.VIEW_STORE,
            "data-job-said": json.dumps(said(job.kind, texts), ensure_ascii=False),
        },
    )


def said(kind: str, texts: Texts) -> dict[str, str]:
    """What the browser says of a job, by how it stands; figures are put in by the browser, where the braces are."""
    words = ("again", "cancel", "progress", "starting", "begun", "cancelled", "done")
    return {
        "start": texts(f"job.{kind}.start"),
        **{name: texts(f"job.{name}") for name in words},
        **{f"failed_{reason}": texts(f"job.failed_{reason}") for reason in (*REASONS, *NOT_TAKEN)},
        "waiting": texts("job.waiting", ahead="{ahead}"),
        "running": texts("job.running", done="{done}", total="{total}"),
        "part": texts("job.part", percent="{percent}"),
    }
