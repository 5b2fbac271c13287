"""Where the next services go: by hand on a straight corridor, against trying every set, and on the reference."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest
from corridors import corridor, leg
from hypothesis import given, settings
from hypothesis import strategies as st
from planned_lines import APRIL, CARE, POST, READINGS, asked, best_by_trying, line, reading

from geodata.corridor import Corridor
from geodata.coverage import Question, exposure
from geodata.errors import UnknownName
from geodata.planning import site, trade_off
from geodata.planning.candidates import candidates, planned_capability, with_candidates
from geodata.planning.choosing import cleared
from geodata.planning.demand import demand
from geodata.planning.ground import ground
from geodata.planning.lens import lens
from geodata.planning.optima import Solution
from geodata.planning.siting import LEFT_REASONS
from geodata.reference import read_reference
from geodata.snapshot import Snapshot
from geodata.units import Month


def test_maximal_covering_takes_the_place_from_which_all_late_hours_are_in_time() -> None:
    """Care at e is 120 h ahead of a: late is what is entered more than 72 h before it, the first 48 segments."""
    found = site(line(), asked(), places=1)
    assert found.candidates == ("new:c",)
    assert (found.value, found.bound, found.optimal, found.unit) == (
        pytest.approx(1200),
        found.value,
        True,
        "woman_days",
    )
    first = found.chosen.loc[1]
    assert first["typical_gain_hours"] == pytest.approx(48)
    assert first["gain"] == pytest.approx(480)
    assert first["typical_gain_woman_days"] == pytest.approx(480)
    assert (first["from_place"], first["to_place"], first["next_service"]) == ("a", "c", "E")
    assert first["hours"] == pytest.approx(48)
    assert first["start_hours_ahead"] == pytest.approx(120)
    assert found.left.empty


def test_the_gain_at_a_fast_and_a_slow_pace_is_that_of_the_exposure_itself() -> None:
    """Low: e is 84 h ahead, of 0.7 h each the first 18 are late. High: c is 78 h ahead, of 1.3 h each the first 5 stay late."""
    first = site(line(), asked(), places=1).chosen.loc[1]
    assert first["low_gain_hours"] == pytest.approx(18 * 0.7)
    assert first["high_gain_hours"] == pytest.approx(55 * 1.3)


def test_the_least_woman_hours_and_the_least_worst_hours_are_those_of_the_middle() -> None:
    """Per leg the mean is 15.5 h and what is ahead of its end: 30.5 h with c, 38 h with b or d, 60.5 h before."""
    median = site(line(), asked(), "p-median", 1)
    assert median.candidates == ("new:c",)
    assert median.value == pytest.approx(30.5 * 1200)
    assert median.chosen.loc[1, "gain"] == pytest.approx(30 * 1200)
    center = site(line(), asked(), "p-center", 1)
    assert (center.candidates, center.value, center.unit) == (("new:c",), pytest.approx(60), "hours")


def test_the_fewest_places_cover_all_that_can_be_covered() -> None:
    """Within 40 h each of the first three legs needs a place at its own end; the last has care at e."""
    found = site(line(), asked(40), "lscp")
    assert set(found.candidates) == {"new:b", "new:c", "new:d"}
    assert (found.value, found.bound, found.optimal, found.unit) == (3, 3, True, "places")
    assert found.left.empty
    assert found.curve["in_time_hours"].iloc[-1] == pytest.approx(120)


def test_without_a_count_the_value_is_said_in_hours_and_the_choice_is_the_same() -> None:
    found = site(line(flows=[]), asked(), places=1)
    assert (found.candidates, found.unit, found.value) == (("new:c",), "hours", pytest.approx(120))
    assert np.isnan(found.chosen.loc[1, "typical_gain_woman_days"])
    assert found.chosen.loc[1, "typical_gain_hours"] == pytest.approx(48)
    assert np.isnan(found.curve["in_time_woman_days"]).all()
    assert site(line(flows=[]), asked(), "p-median", 1).unit == "mean_hours"


def test_of_an_upgrade_and_a_new_service_at_one_place_the_cheaper_is_taken_else_the_upgrade() -> None:
    made = line(POST)
    found = site(made, asked(), places=1)
    assert found.candidates == ("upgrade:U",)
    assert found.chosen.loc[1, "alternatives"] == "new:c"
    assert found.alternatives.loc[0, ["alternative", "why", "kind"]].tolist() == ["new:c", "same_point", "new"]
    assert site(made, asked(), places=1, costs=(1, 5)).candidates == ("new:c",)
    assert site(made, asked(), places=1, costs=(5, 5)).candidates == ("upgrade:U",)


def test_an_upgraded_service_keeps_what_it_could_do() -> None:
    made, put = line(POST), asked()
    found = candidates(made, put)
    planned = with_candidates(made, put, found.loc[["upgrade:U"]])
    assert planned.services.at["U", "capabilities"] == "primary_health;clinical_care"
    assert made.services.at["U", "capabilities"] == "primary_health"


def test_a_budget_takes_the_place_of_a_number() -> None:
    """Within 40 h b, c and d each are worth something; the upgrade at c costs 1, a new service 3."""
    made, put = line(POST), asked(40)
    assert site(made, put, budget=0.5, costs=(3, 1)).candidates == ()
    assert site(made, put, budget=1, costs=(3, 1)).candidates == ("upgrade:U",)
    assert len(site(made, put, budget=4, costs=(3, 1)).candidates) == 2
    assert site(made, put, budget=4, costs=(3, 1)).chosen["cost"].sum() == 4
    assert len(site(made, put, budget=7, costs=(3, 1)).candidates) == 3
    with pytest.raises(UnknownName, match="costs"):
        site(made, put, budget=7)
    with pytest.raises(UnknownName, match="worst hours"):
        site(made, put, "p-center", budget=7, costs=(3, 1))


def test_an_excluded_place_is_not_chosen_and_what_is_left_names_who_could_help() -> None:
    """Without c, b brings its 30 h into time and leaves 18 h of the next leg; d brings as many and leaves the first 18."""
    found = site(line(), asked(), places=1, without=["c"])
    assert (found.candidates, found.chosen.loc[1, "ties"]) == (("new:b",), "new:d")
    assert found.chosen.loc[1, "typical_gain_hours"] == pytest.approx(30)
    left = found.left.loc[0]
    assert left[["from_place", "to_place", "reason", "candidate"]].tolist() == ["b", "c", "more_places", "new:d"]
    assert (left["hours"], left["start_hours_ahead"], left["next_service"]) == (
        pytest.approx(18),
        pytest.approx(90),
        "E",
    )
    with pytest.raises(UnknownName, match="no place 'zz'"):
        site(line(), asked(), without=["zz"])


def test_what_no_candidate_can_bring_into_time_is_left_and_said_so() -> None:
    found = site(line(), asked(40), places=3, without=["b"])
    assert found.left["reason"].tolist() == ["no_candidate"]
    assert found.left["hours"].sum() == pytest.approx(20)
    assert set(found.left["reason"]) <= set(LEFT_REASONS)


def test_a_fixed_service_is_never_dropped_and_counts_for_itself() -> None:
    made = line({"id": "C", "place_id": "c"})
    found = site(made, asked(), places=3)
    assert found.candidates == ()
    assert found.value == pytest.approx(1200)
    assert "new:c" in candidates(made, asked()).index


def test_a_place_that_helps_nobody_is_never_chosen() -> None:
    found = site(line(), asked(), places=4)
    assert found.candidates == ("new:c",)
    assert "new:a" not in site(line(), asked(40), "p-median", 5).candidates


def test_of_two_places_of_which_one_is_enough_one_is_kept() -> None:
    """Care at c brings all late hours into time: a solver that names b besides has named one too many."""
    put = asked()
    made = ground(line(), put, candidates(line(), put))
    at = {str(name): position for position, name in enumerate(made.candidates.index)}
    found = cleared(made, lens(made, "mclp"), Solution((at["new:b"], at["new:c"]), 120.0, 120.0, optimal=True))
    assert [made.candidates.index[one] for one in found.chosen] == ["new:c"]


def test_where_any_channel_is_asked_for_a_new_service_can_do_what_hears() -> None:
    made, put = line(), asked(capability="channel")
    able = planned_capability(made, put)
    assert made.capabilities.at[able, "hears"] == "yes"
    found = candidates(made, put).loc[["new:b"]]
    assert with_candidates(made, put, found).services["capabilities"].iloc[-1] == able


SIDES = {
    "places": {"x": (-76.8, 8.05), "y": (-76.8, 7.95)},
    "legs": [leg("c", "x", (1, 1, 1)), leg("c", "y", (1, 1, 1))],
}


def test_symmetric_places_are_reported_as_ties() -> None:
    found = site(line(**SIDES), asked(), places=1, without=["c"])
    assert found.candidates == ("new:x",)
    assert found.chosen.loc[1, "ties"] == "new:y"
    assert ("new:y", "tie") in found.alternatives[["alternative", "why"]].itertuples(index=False, name=None)


def test_of_places_that_cover_alike_the_one_nearer_on_the_mean_is_taken() -> None:
    found = site(line(**SIDES), asked(), places=1)
    assert found.candidates == ("new:c",)
    assert found.chosen.loc[1, "ties"] == "new:x;new:y"


def test_help_more_than_two_hours_off_the_route_is_no_candidate_for_it() -> None:
    far = {"places": {"x": (-76.8, 8.05)}, "legs": [leg("c", "x", (2.5, 2.5, 2.5))]}
    assert site(line(**far), asked(), places=1, without=["b", "c", "d"]).candidates == ()


def test_closing_a_service_and_opening_it_again_changes_nothing() -> None:
    """Care at c alone makes a place there worthless; closed, c is the best place; opened again, all is as before."""
    care = {"id": "C", "place_id": "c"}
    before = exposure(line(care), asked())
    closed = line(care | {"closed": "2024-03-04"})
    found = site(closed, asked(), places=1)
    assert found.candidates == ("new:c",)
    assert found.chosen.loc[1, ["closed_service", "closed"]].tolist() == ["C", "2024-03-04"]
    again = with_candidates(closed, asked(), candidates(closed, asked()).loc[["new:c"]])
    assert exposure(again, asked()).woman_days == before.woman_days


def test_what_was_unknown_before_and_is_gained_is_told_apart() -> None:
    """Care that should be at d was never seen: the first 18 segments, late even at a low pace, are unknown for it."""
    possible = {"id": "P", "place_id": "d", "capabilities": "", "possible_capabilities": "clinical_care"}
    found = site(line(possible), asked(), places=1)
    assert found.candidates == ("new:c",)
    assert found.chosen.loc[1, "typical_gain_hours"] == pytest.approx(48)
    unknown = found.chosen.loc[1, "gain_from_unknown_hours"]
    assert unknown == pytest.approx(18)
    assert found.curve["gain_from_unknown_hours"].iloc[-1] == unknown


def test_a_cautious_pace_asks_for_help_in_time_even_when_she_is_slow() -> None:
    """At a slow pace a leg takes 39 h: within 72 h the start of each of the first three legs needs a place at its end."""
    found = site(line(), asked(), places=1, pace="high")
    assert found.pace == "high"
    assert found.curve["in_time_hours"].iloc[-1] < 120
    assert len(site(line(), asked(), "lscp", pace="high").candidates) == 3
    with pytest.raises(UnknownName, match="pace"):
        site(line(), asked(), pace="usual")


def test_reasons_are_true() -> None:
    """Within 40 h only b brings the start of the first leg into time; c then takes most of what is left."""
    found = site(line(), asked(40), places=3)
    assert set(found.chosen["reason"]) == {"only_place_for"}
    assert found.chosen["only_hours"].min() > 0
    assert site(line(), asked(), places=1).chosen.loc[1, "reason"] == "longest_stretch"


def test_a_leg_that_does_not_hold_is_left_as_unknown_way() -> None:
    legs = [
        leg(*ends, (21, 30, 39), **({"until": "2023"} if ends == ("a", "b") else {}))
        for ends in itertools.pairwise("abcde")
    ]
    made = corridor(
        {name: (-77 + 0.1 * at, 8.0) for at, name in enumerate("abcde")},
        legs,
        routes=[{"id": "north", "name": "n", "legs": "a>b;b>c;c>d;d>e", "counting_point": ""}],
        services=[CARE],
    )
    found = site(made, asked(), places=2)
    assert found.left["reason"].tolist() == ["way_unknown"]
    assert found.left["hours"].sum() == pytest.approx(30)
    center = site(made, asked(), "p-center", 1)
    assert center.value == pytest.approx(60)


def test_siting_needs_a_route_a_capability_and_known_words() -> None:
    with pytest.raises(UnknownName, match="route"):
        site(line(), asked(route=None))
    with pytest.raises(UnknownName, match="institution"):
        site(line(), asked(capability="state:protective"))
    with pytest.raises(UnknownName, match="objective"):
        site(line(), asked(), "best")
    with pytest.raises(UnknownName, match="-1 places"):
        site(line(), asked(), places=-1)


def test_for_a_girl_alone_a_new_service_admits_her_and_one_that_does_not_is_no_upgrade() -> None:
    made = line(POST | {"admits": "men"}, {"id": "V", "place_id": "c", "capabilities": "shelter", "admits": "all"})
    put = asked(whom="woman")
    found = site(made, put, places=2)
    assert "upgrade:V" in found.candidates or "upgrade:V" in found.chosen["alternatives"].str.cat()
    assert "upgrade:U" not in candidates(made, put).index
    assert found.effect.at["woman_days", "typical_after"] == pytest.approx(0)


def test_the_effect_is_that_of_the_exposure_with_the_services_at_work() -> None:
    made, put = line(), asked()
    found = site(made, put, places=1)
    before = exposure(made, put)
    assert found.effect.at["woman_days", "typical_before"] == before.woman_days.typical == pytest.approx(480)
    assert found.effect.at["woman_days", "typical_change"] == pytest.approx(
        -found.chosen["typical_gain_woman_days"].sum()
    )


def test_the_objectives_side_by_side_are_each_the_best_in_their_own_reading() -> None:
    table = trade_off(line(POST), asked(40), 2)
    assert table.index.tolist() == ["mclp", "p-median", "p-center", "lscp"]
    assert table["optimal"].all()
    limited = table.drop("lscp")
    assert table.at["mclp", "in_time_hours"] == limited["in_time_hours"].max()
    assert table.at["p-median", "woman_hours"] == pytest.approx(limited["woman_hours"].min())
    assert table.at["p-center", "worst_hours_ahead"] == pytest.approx(limited["worst_hours_ahead"].min())
    assert table.at["lscp", "places"] == 3


def test_the_curve_never_falls_and_greedy_is_concave_within_its_band() -> None:
    curve = site(line(), asked(30), places=4).curve
    assert curve.index.tolist() == list(range(len(curve)))
    assert (curve["gain"] >= 0).all()
    assert (curve["greedy_value"] <= curve["value"] + 1e-9).all()
    assert (curve["value"] <= curve["greedy_bound"] + 1e-9).all()
    assert (np.diff(curve["greedy_value"], n=2) <= 1e-9).all()


HOURS = st.integers(1, 40).map(float)


@st.composite
def corridors(draw: st.DrawFn) -> tuple[Corridor, Question]:
    """A chain of four to six places, some with a place off to the side, some with care, and a question to it."""
    count = draw(st.integers(4, 6))
    names = [f"p{at}" for at in range(count)]
    paces = st.tuples(HOURS, HOURS, HOURS).map(lambda three: tuple(sorted(three)))
    legs = [leg(*ends, draw(paces)) for ends in itertools.pairwise(names)]
    sides = draw(st.dictionaries(st.sampled_from(names), st.sampled_from([0.5, 1.5, 2.0, 3.0]), max_size=2))
    legs += [leg(name, f"s{name}", (away, away, away)) for name, away in sides.items()]
    places = {name: (-77 + 0.02 * at, 8.0) for at, name in enumerate(names)}
    places |= {f"s{name}": (places[name][0], 8.02) for name in sides}
    care = draw(st.lists(st.sampled_from(sorted(places)), max_size=2, unique=True))
    made = corridor(
        places,
        legs,
        routes=[{"id": "north", "name": "n", "legs": ";".join(one["id"] for one in legs[: count - 1])}],  # type: ignore[misc]
        services=[{"id": f"S{at}", "place_id": name} for at, name in enumerate(care)],
    )
    return made, asked(float(draw(st.integers(1, 90))))


@given(corridors(), st.integers(1, 2), st.sampled_from(sorted(READINGS)))
@settings(max_examples=15, deadline=None)
def test_no_set_of_places_is_worth_more_on_the_corridor_itself(
    case: tuple[Corridor, Question], places: int, objective: str
) -> None:
    made, put = case
    found = site(made, put, objective, places)
    assert found.optimal
    assert found.value == pytest.approx(abs(best_by_trying(made, put, objective, places)), rel=1e-7)
    chosen = candidates(made, put).loc[list(found.candidates)]
    assert abs(reading(made, put, chosen, objective)) == pytest.approx(found.value, rel=1e-7)


@given(corridors(), st.sampled_from(["mclp", "p-median", "p-center", "lscp"]))
@settings(max_examples=12, deadline=None)
def test_gains_are_never_negative_and_each_chosen_place_is_needed(
    case: tuple[Corridor, Question], objective: str
) -> None:
    made, put = case
    found = site(made, put, objective, 3)
    figures = [f"{pace}_gain_hours" for pace in ("low", "typical", "high")]
    assert (found.chosen[[*figures, "gain", "gain_from_unknown_hours", "only_hours"]] >= 0).all(axis=None)
    assert (found.curve["gain"] >= 0).all()
    for candidate in found.candidates if objective in READINGS else ():
        fewer = candidates(made, put).loc[[name for name in found.candidates if name != candidate]]
        assert abs(abs(reading(made, put, fewer, objective)) - found.value) > 1e-9


APRIL_NORTH = Question("clinical_care", "northbound", APRIL, route="north_acandi_ciudad_juarez")


@pytest.fixture(scope="module")
def reference() -> Corridor:
    return Corridor.of(Snapshot.of(read_reference()))


def test_april_2024_northbound_the_end_of_the_route_comes_first_then_the_darien(reference: Corridor) -> None:
    """Care after Mexico City is none ahead of Ciudad Juárez; from Necoclí the next care is 92 h ahead, at the EMI Sur."""
    found = site(reference, APRIL_NORTH, places=3)
    assert found.candidates == ("upgrade:SV101", "upgrade:SV008", "new:acandi")
    assert found.chosen["place_id"].tolist() == ["ciudad_juarez", "bajo_chiquito", "acandi"]
    assert found.chosen["country_iso3"].tolist() == ["MEX", "PAN", "COL"]
    assert found.chosen["typical_gain_hours"].tolist() == pytest.approx([29.9, 18.91, 1.25], abs=0.01)
    assert found.chosen.loc[2, "start_hours_ahead"] == pytest.approx(92.08 - 1.25, abs=0.01)
    assert found.chosen.loc[2, "closed_service"] == "SV002"
    assert found.value == pytest.approx(83032.8, abs=0.1)


def test_nobody_builds_on_a_trail_but_a_planner_may_name_a_point_of_it(reference: Corridor) -> None:
    built = candidates(reference, APRIL_NORTH)
    assert not {"new:come_gallina", "new:tres_bocas", "new:loma_frontera_tuquesa"} & set(built.index)
    assert {"new:bajo_chiquito", "new:acandi", "new:meteti"} <= set(built.index)
    named = candidates(reference, APRIL_NORTH, own=[(8.55, -77.49)])
    assert named.loc[named["own"], "at_place"].tolist() == ["come_gallina"]


def test_of_a_part_of_the_route_only_that_part_asks_for_help(reference: Corridor) -> None:
    """In the Darién the last hours of the trail are in time already: what is late lies before them."""
    found = site(reference, APRIL_NORTH, places=3, part="darien")
    assert found.chosen["place_id"].tolist() == ["bajo_chiquito"]
    darien = reference.stretches.at["darien", "legs"].split(";")
    asked = demand(reference, APRIL_NORTH, "darien")
    assert set(asked.segments["leg_id"]) <= set(darien)
    abroad = site(reference, APRIL_NORTH, places=1, part="MEX")
    assert abroad.chosen["place_id"].tolist() == ["ciudad_juarez"]
    for part, why in (("GTX", "stretch"), ("PER", "lies in 'PER'")):
        with pytest.raises(UnknownName, match=why):
            site(reference, APRIL_NORTH, part=part)


def test_what_one_place_gains_on_the_reference_is_the_fall_of_exposure(reference: Corridor) -> None:
    """Every candidate tried on the corridor itself: none lowers exposure and what is left out more than the best."""
    found = site(reference, APRIL_NORTH, places=1)
    late = {}
    new = candidates(reference, APRIL_NORTH)
    for name in new.index[new["kind"] == "new"]:
        made = exposure(with_candidates(reference, APRIL_NORTH, new.loc[[name]]), APRIL_NORTH)
        late[name] = made.woman_days.typical + made.left_out_woman_days.typical
    before = exposure(reference, APRIL_NORTH)
    gains = before.woman_days.typical + before.left_out_woman_days.typical - pd.Series(late)
    assert gains.max() == pytest.approx(found.chosen.loc[1, "typical_gain_woman_days"])
    assert gains.idxmax() == "new:ciudad_juarez"


def test_a_point_of_ones_own_stands_by_the_nearest_place_or_is_refused_with_it(reference: Corridor) -> None:
    place = reference.places.loc["meteti"]
    near, far = (float(place["lat"]) + 0.01, float(place["lon"])), (float(place["lat"]) + 0.2, float(place["lon"]))
    found = candidates(reference, APRIL_NORTH, own=[near])
    own = found[found["own"]].iloc[0]
    assert (own["at_place"], own["country_iso3"]) == ("meteti", "PAN")
    assert 0 < own["walk_hours"] < 0.5
    with pytest.raises(UnknownName, match=r"nearest is \w+, \d+\.\d km away"):
        candidates(reference, APRIL_NORTH, own=[far])


def test_a_flagged_place_stays_a_candidate_with_its_reasons_unless_it_is_to_be_avoided(reference: Corridor) -> None:
    found = candidates(reference, APRIL_NORTH, unsafe=["acandi"])
    assert "marked_unsafe" in found.at["new:acandi", "flags"].split(";")
    kept = candidates(reference, APRIL_NORTH, unsafe=["acandi"], avoid_flagged=True)
    assert "new:acandi" not in kept.index
    assert (kept["flags"] == "").all()
    assert Month(2024, 4) == APRIL
