"""A plan as a file: what is shown to be taken away, and a file that somebody brings turned into the parts of an address."""

from __future__ import annotations

from flask import Flask, Response, abort, jsonify, request

from dashboard.documents.entering import of_this_page
from dashboard.page import Page
from dashboard.state import MOST_CHANGES, ViewState
from dashboard.text import Texts, language_for
from geodata.errors import AmparoError, DataFault, Fault
from geodata.sources.scenarios import MAX_BYTES, scenario_of, written_scenario

FILE = "amparo-plan.csv"


def register_plan_files(server: Flask, page: Page) -> None:
    """`GET /download/plan.csv` with the query of a view: its plan. `POST /plan` of such a file: its parts, or its faults."""

    @server.get("/download/plan.csv")
    def plan_csv() -> Response:
        state, _ = ViewState.parse(request.query_string.decode("utf-8", errors="replace"), page.known)
        headers = {"Content-Disposition": f'attachment; filename="{FILE}"', "Cache-Control": "no-store"}
        body = "\ufeff".encode() + written_scenario(state.scenario)
        return Response(body, mimetype="text/csv", headers=headers)

    @server.post("/plan")
    def plan_parts() -> Response:
        if not of_this_page(request):
            abort(403)
        if (request.content_length or 0) > MAX_BYTES:
            abort(413)
        state, _ = ViewState.parse(request.query_string.decode("utf-8", errors="replace"), page.known)
        texts = Texts(language_for(state.lang, request.headers.get("Accept-Language", "")))
        answer, status = read_plan(page, request.get_data(cache=False), texts)
        response = jsonify(answer)
        response.status_code, response.headers["Cache-Control"] = status, "no-store"
        return response


def read_plan(page: Page, body: bytes, texts: Texts) -> tuple[dict[str, object], int]:
    """The parts `plan` and `name` of an address with 200, or the `faults` in words with 422. Nothing is kept."""
    try:
        scenario = scenario_of(body, page.corridor, "CSV")
    except DataFault as refusal:
        return {"faults": [_said(fault, texts) for fault in refusal.faults]}, 422
    except AmparoError as refusal:
        return {"faults": [texts("plan.say_file_failed"), str(refusal)]}, 422
    if len(scenario.changes) > MOST_CHANGES:
        return {"faults": [texts("plan.say_full", most=MOST_CHANGES)]}, 422
    return {"plan": ",".join(map(str, scenario.changes)), "name": scenario.name}, 200


def _said(fault: Fault, texts: Texts) -> str:
    if not fault.column:
        return texts("plan.fault_row", row=fault.row, remedy=fault.remedy)
    return texts("plan.fault", row=fault.row, column=fault.column, value=fault.value, remedy=fault.remedy)
