"""The questions on the first screen, as records, and the ways in which they are answered.

A question is a row of `questions.csv`: its way of answering, what it asks for where that is not for the reader to choose,
which controls have a part in it, and its tables. Its words are `question.<id>` in the catalogues. A way of answering is a
`Method`, in a module of its own; `book.py` names them. `hours.py` is the plainest one.
"""

from dashboard.questions.method import Command, Method, Panel
from dashboard.questions.records import Record, question_of, read_records

__all__ = ["Command", "Method", "Panel", "Record", "question_of", "read_records"]
