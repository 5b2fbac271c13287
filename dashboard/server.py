"""The web server around the page: what it compresses, which headers it sends, what it refuses and when it is ready."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from dash.exceptions import PreventUpdate
from flask import Flask, Response, abort, current_app, jsonify, request
from werkzeug.exceptions import HTTPException

from dashboard.layers import ENCODINGS

if TYPE_CHECKING:
    from dash import Dash
    from flask.typing import ResponseReturnValue

    from dashboard.layers import LayerStore
    from dashboard.settings import Settings

_YEAR = "public, max-age=31536000, immutable"
_POLICY = "AMPARO_CONTENT_SECURITY_POLICY"
_BUNDLES = "/_dash-component-suites/"
_CALLBACK = "/_dash-update-component"
_HEADERS = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class BundleCache:
    """The compressed component bundles: they never change under their address, so each is compressed once.

    Everything else has the empty key and is not kept.
    """

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def get(self, key: str) -> bytes | None:
        """The compressed bundle; None where there is none yet."""
        return self._kept.get(key)

    def set(self, key: str, value: bytes) -> None:
        """Keep a compressed bundle."""
        if not key.endswith(";"):
            self._kept[key] = value

    @staticmethod
    def key(asked: Any) -> str:  # noqa: ANN401 - flask-compress hands over the request
        """The address of a bundle; "" for everything else."""
        return asked.path if asked.path.startswith(_BUNDLES) else ""


def flask_server(settings: Settings, layers: LayerStore, digest: str) -> Flask:
    """The server to hand to `Dash(server=..., compress=True)`; `finished_server` completes it afterwards.

    `digest` names the data that is loaded; `/readyz` tells it.
    """
    server = Flask("dashboard", static_folder=None)
    server.config.update(
        COMPRESS_ALGORITHM=list(ENCODINGS),
        COMPRESS_ALGORITHM_STREAMING=list(ENCODINGS),
        COMPRESS_BR_LEVEL=5,
        COMPRESS_CACHE_BACKEND=BundleCache,
        COMPRESS_CACHE_KEY=BundleCache.key,
        MAX_CONTENT_LENGTH=settings.body_limit_kb * 1024,
        SEND_FILE_MAX_AGE_DEFAULT=31536000,
    )
    server.config[_POLICY] = content_security_policy([], settings.tiles_origin)
    register_probes(server, digest)
    register_layers(server, layers)
    register_refusals(server)
    server.after_request(_with_headers)
    return server


def finished_server(app: Dash, settings: Settings) -> Flask:
    """The app's server, warmed up: Dash is set up, its bundles are compressed, its inline scripts are in the policy.

    The last step of all: Flask takes no new routes afterwards. Without it the first requests of a cold server, arriving
    together, are answered before Dash has registered its libraries.
    """
    server = app.server
    _refuse_unknown_callbacks(app)
    with server.test_client() as client:
        page = client.get("/").get_data(as_text=True)
        for address in re.findall(rf'src="({_BUNDLES}[^"]+)"', page):
            for algorithm in ENCODINGS:
                client.get(address, headers={"Accept-Encoding": algorithm}).close()
    server.config[_POLICY] = content_security_policy(app.csp_hashes(), settings.tiles_origin)
    return server


def content_security_policy(script_hashes: list[str], tiles_origin: str = "") -> str:
    """The policy header: all from here, no inline script but the hashed ones, pictures from the tiles' origin too.

    Inline styles stay allowed, since the component bundles insert them.
    """
    return "; ".join(
        (
            "default-src 'self'",
            " ".join(("script-src 'self'", *script_hashes)),
            "style-src 'self' 'unsafe-inline'",
            f"img-src 'self' data: blob: {tiles_origin}".rstrip(),
            "connect-src 'self'",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


def register_probes(server: Flask, digest: str) -> None:
    """`/healthz`: the process answers. `/readyz`: the data is read, and which."""

    @server.get("/healthz")
    def healthz() -> ResponseReturnValue:
        return _uncached(jsonify(status="alive"))

    @server.get("/readyz")
    def readyz() -> ResponseReturnValue:
        return _uncached(jsonify(status="ready", digest=digest))


def register_layers(server: Flask, layers: LayerStore) -> None:
    """`/layers/<name>.<sha>.json`: bytes made at the start, in the best encoding the browser takes, for ever."""

    @server.get("/layers/<name>.<sha>.json")
    def layer(name: str, sha: str) -> ResponseReturnValue:
        record = layers.get(name, sha)
        if record is None:
            abort(404)
        body, encoding = record.encoded(request.accept_encodings)
        response = Response(body, mimetype="application/json")
        response.headers["Cache-Control"] = _YEAR
        response.headers["Vary"] = "Accept-Encoding"
        if encoding:
            response.headers["Content-Encoding"] = encoding
        response.set_etag(f"{record.sha}{f'-{encoding}' if encoding else ''}")
        return response.make_conditional(request)


def register_refusals(server: Flask) -> None:
    """Errors are answered with their code and their name alone; addresses that are no page are not found."""

    @server.before_request
    def refuse_unknown_pages() -> None:
        if request.url_rule is not None and request.url_rule.rule == "/<path:path>":
            abort(404)

    @server.errorhandler(HTTPException)
    def refused(fault: HTTPException) -> ResponseReturnValue:
        return Response(f"{fault.code} {fault.name}\n", status=fault.code, mimetype="text/plain")

    @server.errorhandler(PreventUpdate)
    def nothing_to_update(_: PreventUpdate) -> ResponseReturnValue:
        return Response(status=204)


def _refuse_unknown_callbacks(app: Dash) -> None:
    @app.server.before_request
    def refuse_unknown_callbacks() -> None:
        if request.path == _CALLBACK and request.method == "POST":
            check_callback(app.callback_map, request.get_json(silent=True))


def check_callback(callback_map: dict[str, Any], body: object) -> None:
    """Refuse, with 400, a body that is no callback's, and with 404 a callback that there is not (or not here).

    The ids and properties that a body names must be the declared ones, in their order, so that no value can pass for
    another. An id that stands for many is left to Dash.
    """
    if not isinstance(body, dict) or not isinstance(body.get("output"), str):
        abort(400)
    declared = callback_map.get(body["output"])
    if declared is None or "callback" not in declared:
        abort(404)
    for part, sent in (("inputs", body.get("inputs", [])), ("state", body.get("state", []))):
        wanted = [(one["id"], one["property"]) for one in declared[part]]
        many = any(name.startswith("{") for name, _ in wanted)
        if not isinstance(sent, list) or (not many and _named(sent) != wanted):
            abort(400)


def _named(sent: list[Any]) -> list[tuple[Any, Any]]:
    return [(one.get("id"), one.get("property")) if isinstance(one, dict) else (None, None) for one in sent]


def _with_headers(response: Response) -> Response:
    response.headers.update(_HEADERS)
    response.headers["Content-Security-Policy"] = current_app.config[_POLICY]
    if request.path.startswith("/assets/") and "m" not in request.args:
        response.headers["Cache-Control"] = "no-cache"
    return response


def _uncached(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response
