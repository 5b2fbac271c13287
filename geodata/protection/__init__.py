"""The only door by which guarded data leaves the tables: what the public may see, and what may be reckoned from it."""

from __future__ import annotations

import pandas as pd

#: The columns by which a site could be found.
WHEREABOUTS = ("place_id", "lat", "lon")


def public_sites(sites: pd.DataFrame) -> pd.DataFrame:
    """The sites that may be drawn and may enter a distance; index and columns as given.

    Sites marked `secret` or `contact_only`, or not marked at all, are left out whole: a few distances to a hidden site
    would give its place away.
    """
    return sites[sites["confidentiality"] == "public"]


def without_whereabouts(sites: pd.DataFrame) -> pd.DataFrame:
    """The same rows, with place and point blanked wherever a site is not public. For exports of whole tables."""
    guarded = sites["confidentiality"] != "public"
    return sites.assign(
        place_id=sites["place_id"].where(~guarded, ""),
        lat=sites["lat"].where(~guarded),
        lon=sites["lon"].where(~guarded),
    )


#: A count below this is not shown, nor is zero told from it; others are rounded.
MASKED_BELOW = 10
ROUNDED_TO = 5


def shown_count(count: float) -> str:
    """A count as the public may see it: "<10" for all below ten, zero included, else the nearest multiple of five."""
    return f"<{MASKED_BELOW}" if count < MASKED_BELOW else str(int(ROUNDED_TO * ((count + 2) // ROUNDED_TO)))


def is_masked(shown: str) -> bool:
    """Whether a shown count is one of the small ones of which only that is told."""
    return shown.startswith("<")
