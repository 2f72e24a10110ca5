"""岗位查询: near home, at home, suited to a group, through the case folder and by a naive reading."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from test_matching import HOME, RULES, VACANCIES, maybe
from vacancy_cases import Row, posted, vacancy

from folders import Office, faults
from huaying_governance.employment import listing as procedure
from huaying_governance.employment.search import Search, found
from huaying_governance.employment.vacancy import SCHOOLING, Listing
from huaying_governance.kernel.geo import Point, distance

Posts = list[Row]


def run(office: Office, posts: Posts, *searches: Row) -> dict[str, list[dict[str, str]]]:
    """Publish all these vacancies, search, and return the results by search."""
    acts = [one for post in posts for one in posted(str(post["id"]))]
    tables = office(vacancies=posts, vacancy_acts=acts, job_searches=searches)
    return {
        str(each["id"]): [row for row in tables["job_search_results"] if row["job_search"] == each["id"]]
        for each in searches
    }


def search(id_: str = "S1", **changes: Any) -> Row:
    return {
        "id": id_,
        "longitude": "106.78",
        "latitude": "30.38",
        "within_metres": "",
        "home_only": "",
        "vacancy_kind": "",
        "schooling": "",
        "experience_years": "",
        "band": "",
        **changes,
    }


def north(metres: int) -> str:
    """Return the latitude so many metres north of the searches' place."""
    return str(Decimal("30.38") + (Decimal(metres) / Decimal("111195.08")).quantize(Decimal("0.0000001")))


def test_row_84_within_three_kilometres(office: Office) -> None:
    """Row 84: within 3 km, the bound included, the nearest first; work at home is near everybody."""
    posts = [
        vacancy("V1", longitude="106.78", latitude=north(3000)),
        vacancy("V2", longitude="106.78", latitude=north(3010)),
        vacancy("V3", longitude="106.78", latitude=north(100)),
        vacancy("V4", longitude="107.5", latitude="31", home_work="yes"),
        vacancy("V5", longitude="", latitude=""),
    ]
    got = run(office, posts, search(within_metres=3000), search("S2", within_metres=1000), search("S3"))
    assert [row["vacancy"] for row in got["S1"]] == ["V3", "V1", "V4", "V5"]
    assert [row["distance_km"] for row in got["S1"]][:2] == ["0.10", "3.00"]
    assert got["S1"][-1]["missing"] == "place"
    assert [row["vacancy"] for row in got["S2"]] == ["V3", "V4", "V5"]
    assert len(got["S3"]) == 5


def test_row_84_work_at_home(office: Office) -> None:
    """Row 84: only what can be done at home; where that is not stated, it is said to be missing."""
    posts = [vacancy("V1", home_work="yes"), vacancy("V2", home_work="no"), vacancy("V3", home_work="")]
    got = run(office, posts, search(home_only="yes"))["S1"]
    assert [(row["vacancy"], row["missing"]) for row in got] == [("V1", ""), ("V3", "home_work")]


def test_row_85_schooling_to_lower_secondary_and_no_experience(office: Office) -> None:
    """Row 85: posts that ask for lower secondary schooling at most and for no experience; the group asks the same."""
    posts = [
        vacancy("V1", schooling_asked="junior", experience_asked=0),
        vacancy("V2", schooling_asked="senior", experience_asked=0),
        vacancy("V3", schooling_asked="junior", experience_asked=1),
        vacancy("V4", schooling_asked="none", experience_asked=0),
        vacancy("V5", schooling_asked="", experience_asked=0),
    ]
    wanted = [("V1", ""), ("V4", ""), ("V5", "schooling")]
    got = run(
        office,
        posts,
        search(schooling="初中", experience_years=0),
        search("S2", band="失地农民"),
        search("S3", band="low_schooling"),
        search("S4", band="hard_to_employ"),
        search("S5", band="失地农民", schooling="primary"),
        search("S6", band="失地农民", schooling="bachelor", experience_years=9),
    )
    for name in ("S1", "S2", "S3", "S6"):
        assert sorted((row["vacancy"], row["missing"]) for row in got[name]) == wanted
    assert sorted(row["vacancy"] for row in got["S4"]) == ["V1", "V2", "V4", "V5"]
    assert [row["vacancy"] for row in got["S5"]] == ["V4", "V5"]


def test_only_open_vacancies_are_found(office: Office) -> None:
    """What is not published, is filled, taken down or expired is not offered; a kind narrows the search."""
    posts = [vacancy("V1"), vacancy("V2", vacancy_kind="保洁"), vacancy("V3", valid_until="2026-11-01")]
    acts = [*posted("V1"), *posted("V2"), *posted("V3")]
    tables = office(
        vacancies=[*posts, vacancy("V4")],
        vacancy_acts=acts,
        job_searches=[search(), search("S2", vacancy_kind="保洁")],
    )
    seen = [(row["job_search"], row["vacancy"]) for row in tables["job_search_results"]]
    assert seen == [("S1", "V1"), ("S1", "V2"), ("S2", "V2")]


SEARCHES = st.builds(
    Search,
    id=st.just("S"),
    point=maybe(st.just(HOME)),
    within=maybe(st.integers(0, 60_000)),
    home_only=st.booleans(),
    kind=st.sampled_from(["", "装配工", "保洁"]),
    schooling=st.sampled_from(["", *SCHOOLING]),
    experience=maybe(st.integers(0, 6)),
)


@given(SEARCHES, st.lists(VACANCIES, max_size=8))
def test_a_search_equals_the_naive_filter(search: Search, posts: list[Any]) -> None:
    """Found is exactly what does not fail a condition; what leaves one open stands last and says which."""
    held: list[tuple[str, Listing]] = [(f"V{n}", procedure.opened(post)) for n, post in enumerate(posts)]
    hits = {hit.vacancy: hit for hit in found(search, held)}
    for id_, one in held:
        post, far, open_ = one.vacancy, None, set[str]()
        if search.point and post.point:
            far = distance(search.point, post.point)
        fails = bool(search.kind) and post.kind != search.kind
        if search.within is not None and post.home_work is not True:
            fails |= far is not None and far > search.within + 1
            open_ |= {"place"} if far is None else set()
        if search.home_only:
            fails |= post.home_work is False
            open_ |= {"home_work"} if post.home_work is None else set()
        if search.schooling:
            fails |= bool(post.schooling) and SCHOOLING.index(post.schooling) > SCHOOLING.index(
                search.schooling
            )
            open_ |= set() if post.schooling else {"schooling"}
        if search.experience is not None:
            fails |= post.experience is not None and post.experience > search.experience
            open_ |= {"experience"} if post.experience is None else set()
        if far is None or search.within is None or abs(far - search.within) > 1:
            assert (id_ in hits) == (not fails)
        if id_ in hits:
            assert set(hits[id_].missing) == open_
    order = [bool(hit.missing) for hit in found(search, held)]
    assert order == sorted(order)


def test_a_group_only_narrows() -> None:
    """A search for a group asks no more than it did, and no more than suits the group."""
    band = RULES.bands["land_lost"]
    wide = Search(id="S", schooling="postgraduate", experience=20).narrowed(band)
    assert (wide.schooling, wide.experience) == ("junior", 0)
    own = Search(id="S", schooling="none").narrowed(evolve(band, experience=3))
    assert (own.schooling, own.experience) == ("none", 3)


@pytest.mark.parametrize(
    ("changes", "column", "code"),
    [
        ({"band": "nobody"}, "band", "unknown-band"),
        ({"within_metres": 3000, "longitude": "", "latitude": ""}, "within_metres", "no-place"),
        ({"within_metres": "3公里"}, "within_metres", "bad-count"),
        ({"latitude": "130"}, "latitude", "bad-degrees"),
        ({"schooling": "高"}, "schooling", "unknown-choice"),
    ],
)
def test_bad_searches_are_told(tmp_path: Path, changes: Row, column: str, code: str) -> None:
    """An unknown group, a distance without a place, a place off the earth: each with its column and cure."""
    found_ = faults(tmp_path, job_searches=[search(**changes)])
    assert (column, code) in {(one.place.column, one.code) for one in found_}


def test_no_search_no_result(office: Office) -> None:
    """An empty table gives an empty result."""
    assert Point(Decimal(0), Decimal(0))
    assert run(office, [vacancy()], search(vacancy_kind="没有"))["S1"] == []
