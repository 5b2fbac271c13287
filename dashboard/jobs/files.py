"""How a job is written down: files that are whole or not there, and a lock that ends with its process."""

from __future__ import annotations

import fcntl
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

#: How often, and after how many seconds, a lock that somebody may only be looking at is tried again.
TRIES, PAUSE_SECONDS = 10, 0.05


def put(path: Path, value: Any) -> None:  # noqa: ANN401 - whatever JSON holds
    """Write a value whole, in place of what was there: another process reads the old or the new, never a part."""
    part = path.with_name(f".{path.name}.{os.getpid()}.{time.monotonic_ns()}")
    part.write_text(json.dumps(value, ensure_ascii=False, allow_nan=False), encoding="utf-8")
    part.replace(path)


def got(path: Path) -> Any:  # noqa: ANN401
    """The value in a file; None where there is none, or none that can be read."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


class Lock:
    """A file that one process holds; what it is busy with stands in it. When the process ends, however, it is free.

    The kernel keeps the lock (flock), not the file's being there: no name of a dead process is ever mistaken for a
    living one, and two that would take over can never both do so.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def holder(self) -> str | None:
        """What its holder is busy with, "" if with nothing yet; None where nobody holds it."""
        try:
            with self.path.open(encoding="utf-8") as file:
                with suppress(BlockingIOError):
                    fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
                    return None
                return file.read().strip()
        except FileNotFoundError:
            return None

    @contextmanager
    def taken(self) -> Iterator[IO[str] | None]:
        """Hold it, where nobody else does; None where somebody does. The open file is for `busy_with`."""
        with self.path.open("a+", encoding="utf-8") as file:
            if not _locked(file):
                yield None
                return
            self.busy_with(file, "")
            yield file

    def handed_on(self, start: Callable[[int], None]) -> bool:
        """Take it and let a new process hold it from its first moment: `start` begins one that inherits this descriptor.

        False, and nothing started, where somebody holds it. Of any number that would start a process one does.
        """
        with self.path.open("a+", encoding="utf-8") as file:
            if not _locked(file):
                return False
            self.busy_with(file, "")
            start(file.fileno())
        return True

    @staticmethod
    def busy_with(file: IO[str], what: str) -> None:
        """Say what the holder is busy with."""
        file.seek(0)
        file.truncate()
        file.write(what)
        file.flush()


def _locked(file: IO[str]) -> bool:
    for _ in range(TRIES):
        with suppress(BlockingIOError):
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        time.sleep(PAUSE_SECONDS)
    return False
