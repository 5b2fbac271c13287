"""The tables at rest: one SQLite file by default, another database by its URL; one import is one transaction."""

from geodata.store.place import store_url
from geodata.store.store import Store

__all__ = ["Store", "store_url"]
