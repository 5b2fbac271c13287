"""What the server sends around the page, and what it refuses."""

import base64
import hashlib
import re

import dash
import pytest
from dash import Dash, Input, Output, html

from dashboard.layers import Layer, LayerStore
from dashboard.server import content_security_policy, finished_server, flask_server
from dashboard.settings import Settings

LAYERS = LayerStore([Layer.of("base", {"type": "FeatureCollection", "features": list(range(2000))})])
CALLBACK = {
    "output": "answer.children",
    "outputs": {"id": "answer", "property": "children"},
    "inputs": [{"id": "question", "property": "n_clicks", "value": 1}],
    "changedPropIds": ["question.n_clicks"],
}


@pytest.fixture(scope="module")
def client():
    settings = Settings()
    app = Dash(server=flask_server(settings, LAYERS, "abc123"), compress=True, include_assets_files=False)
    app.layout = html.Div([html.Button(id="question"), html.P(id="answer")])

    @app.callback(Output("answer", "children"), Input("question", "n_clicks"))
    def answer(clicks):
        if clicks == 13:
            raise ValueError("a secret")
        return f"asked {clicks} times"

    return finished_server(app, settings).test_client()


def test_the_probes_say_alive_and_which_data_is_loaded(client):
    assert client.get("/healthz").get_json() == {"status": "alive"}
    assert client.get("/readyz").get_json() == {"status": "ready", "digest": "abc123"}
    assert client.get("/readyz").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/", "/healthz", "/layers/none.0.json", "/elsewhere"])
def test_every_answer_carries_the_security_headers(client, path):
    headers = client.get(path).headers
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]


def test_the_policy_allows_no_inline_script_but_those_of_the_page(client):
    answer = client.get("/")
    scripts = next(part for part in answer.headers["Content-Security-Policy"].split("; ") if "script-src" in part)
    assert "unsafe" not in scripts
    shown = re.sub(r"<!--.*?-->", "", answer.text, flags=re.DOTALL)
    inline = re.findall(r"<script(?![^>]*(?:src=|application/json))[^>]*>(.+?)</script>", shown, flags=re.DOTALL)
    hashes = [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in inline]
    assert re.findall("'sha256-([^']+)'", scripts) == hashes != []


def test_the_policy_names_the_tiles_origin_for_pictures_only():
    policy = content_security_policy(
        ["'sha256-x'"], Settings(tiles="https://{s}.tiles.org/{z}/{x}/{y}.png").tiles_origin
    )
    assert "img-src 'self' data: blob: https://*.tiles.org;" in policy
    assert policy.count("tiles.org") == 1


@pytest.mark.parametrize(("accepted", "encoding"), [("gzip, br", "br"), ("gzip", "gzip"), ("zstd", None), ("", None)])
def test_a_layer_goes_out_once_and_in_the_best_encoding(client, accepted, encoding):
    layer = next(iter(LAYERS))
    answer = client.get(layer.url, headers={"Accept-Encoding": accepted})
    assert answer.status_code == 200
    assert answer.headers.get("Content-Encoding") == encoding
    assert answer.data == {"br": layer.br, "gzip": layer.gzip, None: layer.plain}[encoding]
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "Accept-Encoding" in answer.headers["Vary"]


def test_a_layer_that_the_browser_holds_is_not_sent_again(client):
    layer = next(iter(LAYERS))
    first = client.get(layer.url, headers={"Accept-Encoding": "br"})
    again = client.get(layer.url, headers={"Accept-Encoding": "br", "If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("path", ["/layers/base.0000.json", "/layers/../settings.py", "/elsewhere", "/assets/none.js"])
def test_what_is_not_there_is_not_found(client, path):
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.text == "404 Not Found\n"


def test_a_declared_callback_answers(client):
    assert client.post("/_dash-update-component", json=CALLBACK).get_json()["response"] == {
        "answer": {"children": "asked 1 times"}
    }


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"output": "layout.children"}, 404),
        ({"output": "..a.b...c.d.."}, 404),
        ({"output": 7}, 400),
        ({"inputs": [{"id": "another", "property": "n_clicks", "value": 1}]}, 400),
        ({"inputs": [{"id": "question", "property": "pathname", "value": "/"}]}, 400),
        ({"inputs": []}, 400),
        ({"inputs": "all"}, 400),
        ({"state": [{"id": "question", "property": "n_clicks", "value": 1}]}, 400),
    ],
)
def test_a_callback_that_was_not_declared_is_refused_without_a_trace(client, change, code):
    answer = client.post("/_dash-update-component", json=CALLBACK | change)
    assert answer.status_code == code
    assert "Traceback" not in answer.text


@pytest.mark.parametrize("body", [b"", b"[1]", b"{", b"null"])
def test_a_body_that_is_no_callback_is_refused(client, body):
    answer = client.post("/_dash-update-component", data=body, content_type="application/json")
    assert answer.status_code == 400


def test_a_body_beyond_the_limit_is_refused(client):
    answer = client.post("/_dash-update-component", json=CALLBACK | {"padding": "x" * 70_000})
    assert answer.status_code == 413


def test_a_fault_inside_is_answered_without_its_text(client):
    asked = CALLBACK | {"inputs": [{"id": "question", "property": "n_clicks", "value": 13}]}
    answer = client.post("/_dash-update-component", json=asked)
    assert (answer.status_code, answer.text) == (500, "500 Internal Server Error\n")


def test_the_page_and_its_bundles_are_compressed(client):
    bundle = re.search(r'src="(/_dash-component-suites/dash/dash-renderer[^"]+)"', client.get("/").text)[1]
    for algorithm in ("br", "gzip"):
        answer = client.get(bundle, headers={"Accept-Encoding": algorithm})
        assert answer.headers["Content-Encoding"] == algorithm
        assert "max-age=31536000" in answer.headers["Cache-Control"]


def test_the_server_is_warm_before_the_first_request(client):
    assert client.application.config["AMPARO_CONTENT_SECURITY_POLICY"].count("sha256-") > 0
    assert "dash" in dash.development.base_component.ComponentRegistry.registry
