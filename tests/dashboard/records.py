"""What the reference lists, for tests that need its words without a corridor."""

from __future__ import annotations

from dashboard.questions.records import read_records
from geodata.reference import read_reference

AUDIENCES = tuple(read_reference()["audiences"].sort_values("rank")["id"])
QUESTIONS = {record.id: record.tables for record in read_records()}
TABLES = tuple(dict.fromkeys(name for tables in QUESTIONS.values() for name in tables))
CAPABILITIES = tuple(read_reference()["capabilities"].sort_values("rank")["id"])
