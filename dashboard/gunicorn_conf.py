"""How gunicorn serves the page: threads, one reading of the data before the workers fork, settings from `AMPARO_*`."""

import os
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from dashboard.settings import Settings

_settings = Settings.of(os.environ)

bind = f"{f'[{_settings.host}]' if ':' in _settings.host else _settings.host}:{_settings.port}"
workers = _settings.workers
threads = _settings.threads
worker_class = "gthread"
preload_app = True
timeout = 60
graceful_timeout = 10
keepalive = 15
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - a heartbeat must not wait for a disk
control_socket_disable = True
proc_name = "amparo"


def when_ready(server: Any) -> None:  # noqa: ANN401, ARG001 - gunicorn's own signature
    """Say where the page is once it can be opened."""
    print(f"Amparo is ready: {_settings.address}", flush=True)
