"""Names of components: each once, and none of them a surprise to a style sheet or a script."""

from __future__ import annotations

import re

import pytest

from dashboard.ids import Id
from dashboard.maps.ids import MapId


@pytest.mark.parametrize("identity", [*Id, *MapId])
def test_an_id_is_plain_enough_for_a_selector(identity: str) -> None:
    assert re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", identity)


def test_the_page_and_the_map_share_no_id_that_both_lay_out() -> None:
    assert len(set(map(str, Id))) == len(Id)
    assert len(set(map(str, MapId))) == len(MapId)
