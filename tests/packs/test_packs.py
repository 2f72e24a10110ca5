"""Packs: the shipped one is whole, another city's needs no Python, every fault is told at once."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from huaying_governance.errors import Problems
from huaying_governance.kernel.workdays import china_calendar
from huaying_governance.packs import check_pack, load_pack, pack_folder, shipped_packs
from huaying_governance.responsibility import Assignment

HEADER = "code,name,kind,role,assigners,communities,funding,forms,basis,from,to\n"


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """A pack of another city, of data files only."""
    folder = tmp_path / "city"
    (folder / "lists").mkdir(parents=True)
    (folder / "pack.toml").write_text(
        '[pack]\nid = "city"\ntitles = { zh = "某市", en = "A city" }\nregion = "510000"\n'
        '[screening]\nunlisted = ["local#2"]\nemergency = ["local"]\nreview = ["local"]\ndecides = "gov"\n'
    )
    (folder / "sources.toml").write_text(
        '[[source]]\nid = "local"\ntitle = { zh = "本市办法", en = "Local measures" }\nsince = 2025-01-01\n'
    )
    (folder / "organisations.csv").write_text(
        "id,name,aliases,level,kind,from,to\ngov,市政府,府办、市府,county,government,,\n"
    )
    (folder / "communities.csv").write_text("id,name,code,kind,from,to\nc1,甲社区,,居委会,,\n")
    (folder / "lists" / "list.csv").write_text(
        HEADER + "L1,协助普查,协助,协助,市府,甲社区,none,,local#3,2025-01-01,\n"
    )
    return folder


def codes(path: Path) -> list[str]:
    return [found.code for found in check_pack(path)]


def asked(**changes: object) -> Assignment:
    usual = {
        "id": "A",
        "date": date(2026, 1, 5),
        "assigner": "府办",
        "community": "c1",
        "matter": "L1",
        "funding": None,
    }
    return Assignment(**{**usual, **changes})  # type: ignore[arg-type]


def test_shipped_pack_is_whole() -> None:
    """The shipped pack has no problem, not even a warning."""
    assert shipped_packs() == ("huaying",)
    assert check_pack("huaying") == ()


def test_shipped_pack_says_what_the_article_says() -> None:
    """Nine communities, of which only 杜家坪 is named; three departments named; the rest is marked."""
    pack = load_pack("huaying")
    assert len(pack.communities) == 9
    assert pack.communities[0].name == "杜家坪社区"
    assert all(
        place.name.startswith("示例社区") and place.id.startswith("synthetic-")
        for place in pack.communities[1:]
    )
    for name in ("组织部", "治理办", "民政局"):
        assert pack.resolve_organisation(name) is not None
    assert len(pack.matters) == 79
    assert sum(matter.code.startswith("ZM") for matter in pack.matters) == 20
    assert {policy.id for policy in pack.timetables} == {"hotline", "ledgers", "petition"}
    assert pack.policy("zone-employment").kind == "subsidy"


def test_names_resolve_after_normalisation() -> None:
    """Ids, names and aliases count alike, in any width and case; a name that is only near does not."""
    pack = load_pack("huaying")
    for text in ("民政局", " 民政局\u3000", "CIVIL-AFFAIRS", "ｃｉｖｉｌ－ａｆｆａｉｒｓ", "华蓥市民政局"):
        found = pack.resolve_organisation(text)
        assert found is not None
        assert found.id == "civil-affairs"
    assert pack.resolve_organisation("民政") is not None
    assert pack.resolve_organisation("民政局局") is None
    assert pack.resolve_community("杜家坪社区") is pack.resolve_community("dujiaping")
    assert pack.resolve_community("杜家坪") is None


def test_unknown_policy_and_pack() -> None:
    """What is not there is answered with what is."""
    with pytest.raises(Problems, match="zone-employment"):
        load_pack("huaying").policy("zone")
    with pytest.raises(Problems, match="huaying"):
        load_pack("no-such-pack")


def test_another_city_needs_no_python(city: Path) -> None:
    """Data files make a pack: names in its lists may be ids, names or aliases, kinds in either language."""
    assert codes(city) == []
    pack = load_pack(city, calendar=china_calendar())
    assert (pack.id, pack.titles.zh, pack.region) == ("city", "某市", "510000")
    ruling = pack.screen(asked())
    assert (ruling.outcome, ruling.citations[0].say("en")) == ("permitted", "Local measures Art. 3")
    assert pack.screen(asked(date=date(2024, 12, 31))).codes == ("not-in-force",)
    assert pack.suggest("关于协助普查的通知", date(2026, 1, 1))[0].code == "L1"
    assert pack.policies == ()


def test_cases_beside_files_are_no_part_of_a_pack(city: Path) -> None:
    """What tests a list or a policy lies beside it and is not read as one."""
    (city / "lists" / "list.cases.csv").write_text("id,expected\nA,x\n")
    (city / "lists" / "c1.cases.toml").write_text("x = 1\n")
    (city / "policies").mkdir()
    (city / "policies" / "p.cases.toml").write_text("= =\n")
    assert codes(city) == []


def test_pack_without_screening(city: Path) -> None:
    """A pack that says nothing of its gate screens by this library's defaults, and the answer says so."""
    text = (city / "pack.toml").read_text()
    (city / "pack.toml").write_text(text[: text.index("[screening]")])
    ruling = load_pack(city).screen(asked(matter="nothing of the list"))
    assert (ruling.outcome, ruling.codes) == ("refused", ("not-listed",))
    assert [citation.source.standing for citation in ruling.citations] == ["default"]


Change = tuple[str, Callable[[str], str]]
FAULTS: list[tuple[str, Change, str, int | None]] = [
    (
        "unknown-source",
        ("lists/list.csv", lambda t: t.replace("local#3", "other#3")),
        "city/lists/list.csv",
        2,
    ),
    ("missing-basis", ("lists/list.csv", lambda t: t.replace("local#3", "")), "city/lists/list.csv", 2),
    (
        "unknown-organisation",
        ("lists/list.csv", lambda t: t.replace("市府", "省厅")),
        "city/lists/list.csv",
        2,
    ),
    (
        "unknown-community",
        ("lists/list.csv", lambda t: t.replace("甲社区", "乙社区")),
        "city/lists/list.csv",
        2,
    ),
    (
        "unknown-choice",
        ("lists/list.csv", lambda t: t.replace(",协助,协助,", ",协作,协助,")),
        "city/lists/list.csv",
        2,
    ),
    (
        "bad-date",
        ("lists/list.csv", lambda t: t.replace("2025-01-01", "2025-02-30")),
        "city/lists/list.csv",
        2,
    ),
    (
        "overlapping-versions",
        ("lists/list.csv", lambda t: t + "L1,协助普查,协助,,gov,,,,local,2026-01-01,\n"),
        "city/lists/list.csv",
        3,
    ),
    (
        "basis-not-in-force",
        ("lists/list.csv", lambda t: t.replace("2025-01-01", "2024-12-31")),
        "city/lists/list.csv",
        2,
    ),
    (
        "to-before-from",
        ("lists/list.csv", lambda t: t.replace("2025-01-01,", "2025-01-01,2024-01-01")),
        "city/lists/list.csv",
        2,
    ),
    (
        "duplicate-id",
        ("organisations.csv", lambda t: t + "gov,乙,,county,government,,\n"),
        "city/organisations.csv",
        3,
    ),
    (
        "ambiguous-name",
        ("organisations.csv", lambda t: t + "two,乙,市府,county,government,,\n"),
        "organisations.csv",
        None,
    ),
    (
        "unknown-choice",
        ("organisations.csv", lambda t: t.replace("county", "市里")),
        "city/organisations.csv",
        2,
    ),
    ("unknown-choice", ("communities.csv", lambda t: t.replace("居委会", "街道")), "city/communities.csv", 2),
    ("unknown-source", ("pack.toml", lambda t: t.replace("local#2", "law#2")), "city/pack.toml", 6),
    ("unknown-organisation", ("pack.toml", lambda t: t.replace('"gov"', '"nobody"')), "city/pack.toml", 9),
    ("unknown-key", ("pack.toml", lambda t: t.replace("region", "regoin")), "city/pack.toml", 4),
    ("missing-key", ("pack.toml", lambda t: t.replace('decides = "gov"\n', "")), "city/pack.toml", 5),
    ("toml-syntax", ("pack.toml", lambda t: t + "= ="), "city/pack.toml", 10),
    ("too-deep", ("sources.toml", lambda t: "a = " + "[" * 100), "city/sources.toml", 1),
    ("duplicate", ("sources.toml", lambda t: t + t), "city/sources.toml", None),
    (
        "no-pack",
        ("pack.toml", lambda t: t.replace("region", 'includes = ["../nowhere"]\nregion')),
        "city/pack.toml",
        None,
    ),
    (
        "include-cycle",
        ("pack.toml", lambda t: t.replace("region", 'includes = ["../city"]\nregion')),
        "city/pack.toml",
        None,
    ),
]


@pytest.mark.parametrize(("code", "change", "file", "line"), FAULTS)
def test_faults_have_a_place_and_a_cure(
    city: Path, code: str, change: Change, file: str, line: int | None
) -> None:
    """Each fault of a pack is told with file, line and cure; a sound pack has none."""
    path = city / change[0]
    path.write_text(change[1](path.read_text()))
    found = next(found for found in check_pack(city) if found.code == code)
    assert found.place.file == file
    if line is not None:
        assert found.place.line == line
    assert found.cure.zh
    assert found.cure.en
    if found.severity == "error":
        with pytest.raises(Problems):
            load_pack(city)
    else:
        assert load_pack(city).id == "city"


def test_all_faults_at_once(city: Path) -> None:
    """One fault never hides another, in whichever file it stands."""
    (city / "organisations.csv").write_text("id,name,aliases,level,kind,from,to\ngov,府,,county,king,,\n")
    (city / "lists" / "list.csv").write_text(HEADER + "L1,甲,协助,,gov,,,,nowhere,,\nL1,甲,协助,,gov,,,,,,\n")
    (city / "policies").mkdir()
    (city / "policies" / "bad.toml").write_text("= =")
    found = codes(city)
    for code in (
        "unknown-choice",
        "unknown-organisation",
        "unknown-source",
        "missing-basis",
        "overlapping-versions",
    ):
        assert code in found
    assert any("bad.toml" in str(problem.place) for problem in check_pack(city))


def test_a_pack_may_build_on_another(city: Path, tmp_path: Path) -> None:
    """A pack that includes another adds to it; what has an id of the other replaces it, a matter with all versions."""
    town = tmp_path / "town"
    (town / "lists").mkdir(parents=True)
    (town / "pack.toml").write_text('[pack]\nid = "town"\ntitles = "镇"\nincludes = ["../city"]\n')
    (town / "communities.csv").write_text("id,name,code,kind,from,to\nc2,乙社区,,村委会,,\n")
    (town / "lists" / "own.csv").write_text(
        HEADER + "L1,协助普查登记,协助,,gov,c2,required,,local,2026-01-01,\n"
    )
    assert codes(town) == []
    pack = load_pack(town)
    assert [place.id for place in pack.communities] == ["c1", "c2"]
    assert pack.screen(asked(community="c2", funding=Decimal(1))).outcome == "permitted"
    assert pack.screen(asked(funding=Decimal(1))).codes == ("community-not-covered",)
    assert pack.screen(asked(community="c2", date=date(2025, 6, 1), funding=Decimal(1))).codes == (
        "not-in-force",
    )


def test_a_shipped_pack_may_be_included(tmp_path: Path) -> None:
    """A pack may build on a shipped one by its name."""
    (tmp_path / "pack.toml").write_text('[pack]\nid = "mine"\ntitles = "我的"\nincludes = ["huaying"]\n')
    pack = load_pack(tmp_path)
    assert (pack.id, len(pack.communities)) == ("mine", 9)


def test_folder_of_a_pack(city: Path) -> None:
    """A shipped name wins over a folder of that name; a path is a path."""
    assert pack_folder("huaying").joinpath("pack.toml").is_file()
    assert pack_folder(city) == city
    copy = city.parent / "copy"
    shutil.copytree(pack_folder("huaying"), copy)
    assert check_pack(copy) == ()


OWN = """
[list]
id = "c1-list"
communities = ["甲社区"]
decided_by = "gov"

[[withdraw]]
code = "L1"
from = 2026-02-01
to = 2026-02-28

[[add]]
code = "L9"
name = "代收快递"
kind = "purchased"
assigners = ["市府"]
funds = true
basis = ["local#9"]
from = 2026-01-01
"""


def test_communities_adapt_the_list(city: Path) -> None:
    """A community's own list is data: what it withdraws for some days, what it adds; others keep the city's."""
    (city / "communities.csv").write_text(
        "id,name,code,kind,from,to\nc1,甲社区,,居委会,,\nc2,乙社区,,村委会,,\n"
    )
    list_file = city / "lists" / "list.csv"
    list_file.write_text(list_file.read_text().replace("甲社区", ""))
    (city / "lists" / "c1.toml").write_text(OWN)
    assert codes(city) == []
    pack = load_pack(city)
    edges = [date(2026, 1, 31), date(2026, 2, 1), date(2026, 2, 28), date(2026, 3, 1)]
    assert [pack.screen(asked(date=day)).outcome for day in edges] == [
        "permitted",
        "refused",
        "refused",
        "permitted",
    ]
    assert pack.screen(asked(date=edges[1], community="c2")).outcome == "permitted"
    added = asked(matter="代收快递", funding=Decimal(1))
    assert pack.screen(added).outcome == "permitted"
    assert pack.screen(asked(matter="L9", funding=Decimal(1), community="c2")).codes == ("not-listed",)


BAD_LISTS = [
    ("list-cycle", lambda t: t.replace("decided_by", 'base = "c1-list"\ndecided_by'), 5),
    ("unknown-list", lambda t: t.replace("decided_by", 'base = "none"\ndecided_by'), 5),
    ("unknown-community", lambda t: t.replace("甲社区", "丙社区"), 4),
    ("unknown-matter", lambda t: t.replace('code = "L1"', 'code = "L7"'), 8),
    ("duplicate-code", lambda t: t.replace('code = "L9"', 'code = "L1"'), 13),
    ("unknown-organisation", lambda t: t.replace("市府", "省厅"), 16),
    ("unknown-source", lambda t: t.replace("local#9", "nowhere"), 18),
    ("widened", lambda t: t + '[[narrow]]\ncode = "L1"\nassigners = ["county"]\n', 22),
    ("autonomy-withdrawn", lambda t: t.replace('code = "L1"', 'code = "Z1"'), 8),
    ("to-before-from", lambda t: t.replace("to = 2026-02-28", "to = 2026-01-28"), 10),
    ("wrong-type", lambda t: t.replace("funds = true", "funds = 1"), 17),
]


@pytest.mark.parametrize(("code", "change", "line"), BAD_LISTS)
def test_bad_adaptations(city: Path, code: str, change: Callable[[str], str], line: int) -> None:
    """A cyclic base, what the template lacks, what a department may not do: refused with file and line."""
    with (city / "lists" / "list.csv").open("a") as file:
        file.write("Z1,居民会议,自治,主责,self,,none,,local,2025-01-01,\n")
    (city / "lists" / "c1.toml").write_text(change(OWN))
    found = next(found for found in check_pack(city) if found.code == code)
    assert (found.place.file, found.place.line) == ("city/lists/c1.toml", line)
    with pytest.raises(Problems):
        load_pack(city)


def test_two_adaptations_of_one_community(city: Path) -> None:
    """Two adaptations that do not build on each other may not both name a community; one id is one list."""
    for name, text in (("a", OWN), ("b", OWN.replace("c1-list", "other"))):
        (city / "lists" / f"{name}.toml").write_text(text)
    assert codes(city) == ["community-adapted-twice"]
    (city / "lists" / "b.toml").write_text(OWN)
    assert codes(city) == ["duplicate-list"]


def test_an_assisting_matter_never_makes_the_community_principal(city: Path) -> None:
    """协助事项 listed with the community as principal is refused by check."""
    path = city / "lists" / "list.csv"
    path.write_text(path.read_text().replace("协助,协助,", "协助,主责,"))
    assert codes(city) == ["assist-as-principal"]


BURDEN = """
[[cap]]
id = "apps"
title = { zh = "应用程序", en = "apps" }
most = 1
unit = "apps"
source = "local"

[grown]
source = "local"

[certificates]
source = "local#7"
"""


def test_burden_rules(city: Path) -> None:
    """Caps, boards and certificates are data of a pack, each cited; a pack may have none."""
    assert load_pack(city).burden is None
    (city / "burden.toml").write_text(BURDEN)
    assert codes(city) == []
    rules = load_pack(city).burden
    assert rules is not None
    assert [(cap.id, cap.most) for cap in rules.caps] == [("apps", 1)]
    ruling = rules.certificates(load_pack(city).matters).answer("收入证明", date(2026, 1, 1))
    assert ruling.basis("en") == "Local measures Art. 7"


@pytest.mark.parametrize(
    ("code", "change", "line"),
    [
        ("unknown-source", lambda t: t.replace('"local"', '"law"', 1), 7),
        ("wrong-type", lambda t: t.replace("most = 1", 'most = "1"'), 5),
        ("missing-key", lambda t: t.replace("[grown]\nsource", "[grown]\nsourec"), 9),
        ("missing-key", lambda t: t[: t.index("[certificates]")], None),
    ],
)
def test_bad_burden_rules(city: Path, code: str, change: Callable[[str], str], line: int | None) -> None:
    """A cap without a known source, or of the wrong kind, is told with file and line."""
    (city / "burden.toml").write_text(change(BURDEN))
    found = next(found for found in check_pack(city) if found.code == code)
    assert found.place.file == "city/burden.toml"
    assert line is None or found.place.line == line


@pytest.mark.parametrize("name", ["pack.toml", "sources.toml"])
def test_documents_that_are_no_text(city: Path, name: str) -> None:
    """A document in another encoding is told, not guessed."""
    (city / name).write_bytes("标题".encode("gb18030"))
    assert "unreadable-document" in codes(city)
    with pytest.raises(Problems):
        load_pack(city)
