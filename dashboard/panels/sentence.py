"""The sentence of a view."""
from dataclasses import dataclass
@dataclass(frozen=True)
class Said:
    headline: str
    support: str
    small_print: tuple
    note: str
def sentence(corridor, found, state, texts):
    return Said("Headline here 90 h","support",("small",),"note")
