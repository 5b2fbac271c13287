"""The addresses of the jobs: ask for one, look at one, end one. No answer holds what was asked, and none a result."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from flask import Flask, Response, abort, jsonify, request

from dashboard.documents.entering import of_this_page
from dashboard.jobs.job import Job, Kind, TooManyJobs, job_id, job_query
from dashboard.jobs.shelf import Shelf
from dashboard.jobs.starting import seen_to
from dashboard.state import Known, ViewState

#: A body that asks for a job holds a kind and a query; an address is no longer than this either.
LONGEST_BODY = 8 * 1024


def register_jobs(server: Flask, shelf: Shelf, known: Known, kinds: Mapping[str, Kind]) -> None:
    """`POST /jobs`, `GET /jobs/<id>` and `POST /jobs/<id>/cancel`; a post is taken from this very page alone."""

    @server.post("/jobs")
    def ask() -> Response:
        _refuse_others()
        kind, query = asked_for(known, kinds)
        name = job_id(kind, kinds[kind].form, query, shelf.digest)
        try:
            job = shelf.ask(name, kind, query)
        except TooManyJobs:
            return _answer({"reason": "too_many"}, HTTPStatus.TOO_MANY_REQUESTS)
        seen_to(shelf, job)
        return _told(job)

    @server.get("/jobs/<name>")
    def look(name: str) -> Response:
        job = shelf.job(name)
        if job is not None:
            seen_to(shelf, job)
        return _told(job)

    @server.post("/jobs/<name>/cancel")
    def cancel(name: str) -> Response:
        _refuse_others()
        return _told(shelf.cancel(name))


def asked_for(known: Known, kinds: Mapping[str, Kind]) -> tuple[str, str]:
    """The kind and the canonical query that the request asks for; anything else is refused with 400.

    The query is read as an address is, and nothing of it is used but what it canonically says.
    """
    if (request.content_length or 0) > LONGEST_BODY:
        abort(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    body = request.get_json(silent=True)
    kind, query = (body.get("kind"), body.get("query")) if isinstance(body, dict) else (None, None)
    if not isinstance(kind, str) or kind not in kinds or not isinstance(query, str):
        abort(HTTPStatus.BAD_REQUEST)
    state, notices = ViewState.parse(query, known)
    if notices or state.question != kinds[kind].question:
        abort(HTTPStatus.BAD_REQUEST)
    return kind, job_query(state, known)


def _refuse_others() -> None:
    if not of_this_page(request):
        abort(HTTPStatus.FORBIDDEN)


def _told(job: Job | None) -> Response:
    if job is None:
        abort(HTTPStatus.NOT_FOUND)
    return _answer(job.told)


def _answer(told: Mapping[str, object], status: int = HTTPStatus.OK) -> Response:
    response = jsonify(told)
    response.status_code = status
    response.headers["Cache-Control"] = "no-store"
    return response
