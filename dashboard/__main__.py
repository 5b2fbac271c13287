"""The command line of the page: `map` writes the map of a view as one HTML file, `job` does the long work that waits.

Exit 0 done, 1 refused with the reason on stderr, 2 wrong usage.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from dashboard.jobs import Shelf, jobs_folder
from dashboard.jobs.book import KINDS
from dashboard.jobs.working import work_through
from dashboard.layers import LayerStore
from dashboard.page import Page, known_in
from dashboard.questions.records import read_records
from dashboard.state import LANGUAGES, ViewState
from dashboard.text import DEFAULT_LANGUAGE, Texts
from geodata.commands.output import write_whole
from geodata.corridor import Corridor
from geodata.errors import AmparoError, UnknownName
from geodata.store import Store, store_url

#: How far jobs stand back behind those who read the page.
NICE = 10


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command and gives its exit code; what is refused goes to stderr with its reason."""
    asked = parser().parse_args(arguments)
    try:
        asked.run(asked)
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
    part.set_defaults(run=write_map)
    part = chosen.add_parser("job", help="the long work that waits for the page; its server starts this by itself")
    part.add_argument("--digest", default="", help="the version of the data it was asked for (default: the store's)")
    part.add_argument("--lock", type=int, metavar="DESCRIPTOR", help="the lock, where the server hands it on")
    part.set_defaults(run=do_jobs)
    return whole


def do_jobs(asked: argparse.Namespace) -> None:
    """Does the jobs that wait, one after the other and behind everything else on this machine, until none waits.

    Nothing is read where nothing waits. Raises `AmparoError` where there is no data.
    """
    os.nice(NICE)
    shelf = Shelf(jobs_folder(os.environ), asked.digest)
    held = os.fdopen(asked.lock, "r+", encoding="utf-8") if asked.lock is not None else None
    if asked.digest and (not shelf.waiting() or (held is None and shelf.lock.holder() is not None)):
        return
    corridor = _corridor()
    shelf = Shelf(shelf.folder, asked.digest or corridor.snapshot.digest)
    work_through(shelf, corridor, known_in(corridor, read_records()), KINDS, held)


def write_map(asked: argparse.Namespace) -> None:
    """Writes the map of the asked view to the asked file.

    Raises `UnknownName` where a part of the query cannot be used, and `AmparoError` where there is no data.
    """
    corridor = _corridor()
    page = Page.of(corridor, LayerStore(()))
    state, notices = ViewState.parse(asked.query, page.known)
    texts = Texts(asked.lang or state.lang or DEFAULT_LANGUAGE)
    if notices:
        raise UnknownName(" ".join(texts(notice.key, value=notice.value) for notice in notices))
    write_whole(asked.output, page.map_file(asked.query, texts.lang, lang=texts.lang).encode())


def _corridor() -> Corridor:
    store = Store(store_url(os.environ))
    store.fill_from_reference()
    return Corridor.of(store.read_snapshot())


if __name__ == "__main__":
    sys.exit(main())
