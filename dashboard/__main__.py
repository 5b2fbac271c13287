"""The command line of the page: `python -m dashboard map …` writes the map of a view as one HTML file.

Exit 0 done, 1 refused with the reason on stderr, 2 wrong usage.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from dashboard.layers import LayerStore
from dashboard.page import Page
from dashboard.state import LANGUAGES, ViewState
from dashboard.text import DEFAULT_LANGUAGE, Texts
from geodata.commands.output import write_whole
from geodata.corridor import Corridor
from geodata.errors import AmparoError, UnknownName
from geodata.store import Store, store_url


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command and gives its exit code; what is refused goes to stderr with its reason."""
    asked = parser().parse_args(arguments)
    try:
        write_map(asked)
    except AmparoError as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 1
    return 0


def parser() -> argparse.ArgumentParser:
    """The parser of the command line."""
    whole = argparse.ArgumentParser(prog="python -m dashboard", description="What the page shows, as a file.")
    chosen = whole.add_subparsers(required=True, metavar="COMMAND")
    part = chosen.add_parser("map", help="the map of a view as one HTML file that needs no network")
    part.add_argument("--lang", choices=LANGUAGES, help=f"its language (default: the query's, else {DEFAULT_LANGUAGE})")
    part.add_argument("--output", type=Path, required=True, metavar="FILE", help="written whole or not at all")
    part.add_argument("--query", default="", help="what stands after the ? of the view's address (default: first view)")
    return whole


def write_map(asked: argparse.Namespace) -> None:
    """Writes the map of the asked view to the asked file.

    Raises `UnknownName` where a part of the query cannot be used, and `AmparoError` where there is no data.
    """
    store = Store(store_url(os.environ))
    store.fill_from_reference()
    corridor = Corridor.of(store.read_snapshot())
    page = Page.of(corridor, LayerStore(()))
    state, notices = ViewState.parse(asked.query, page.known)
    texts = Texts(asked.lang or state.lang or DEFAULT_LANGUAGE)
    if notices:
        raise UnknownName(" ".join(texts(notice.key, value=notice.value) for notice in notices))
    write_whole(asked.output, page.map_file(asked.query, texts.lang, lang=texts.lang).encode())


if __name__ == "__main__":
    sys.exit(main())
