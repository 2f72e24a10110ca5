"""A community's own list, and what lists say differently: models that look at every day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from strategies import CALENDAR, COMMUNITIES, DAYS, GATE, ORGANISATIONS, SPAN, TOKENS, lists

from huaying_governance.kernel.citation import Citation, Source
from huaying_governance.responsibility import (
    Adaptation,
    Assignment,
    Change,
    Matter,
    MatterList,
    Screener,
    World,
    adapted,
    dead_lines,
    diff,
    equivalent,
    implies,
)
from huaying_governance.responsibility.adaptation import ORDER
from huaying_governance.text import same

WORLD = World(ORGANISATIONS, COMMUNITIES)
CODES = st.sampled_from(["m1", "m2", "m3"])


def added(code: str, tokens: set[str], term: tuple[date | None, date | None]) -> Change:
    return Change(
        "add",
        code,
        matter=Matter(code, code, "purchased", "principal", frozenset(tokens), since=term[0], until=term[1]),
    )


def changed(operation: str, code: str, term: tuple[date | None, date | None], **how: object) -> Change:
    return Change(operation, code, *term, **how)  # type: ignore[arg-type]


TERMS = st.tuples(st.none() | DAYS, st.none() | DAYS).filter(
    lambda t: t[0] is None or t[1] is None or t[0] <= t[1]
)
CHANGES = st.lists(
    st.one_of(
        st.builds(changed, st.just("withdraw"), CODES, TERMS),
        st.builds(
            changed,
            st.just("narrow"),
            CODES,
            TERMS,
            assigners=st.none() | TOKENS.map(frozenset),
            forms=st.none() | st.just(("表",)),
            funds=st.booleans(),
        ),
        st.builds(added, st.just("m4"), TOKENS, TERMS),
    ),
    max_size=4,
)


def inside(day: date, since: date | None, until: date | None) -> bool:
    return not (since and day < since) and not (until and day > until)


def naive(template: list[Matter], layers: list[list[Change]], code: str, day: date) -> list[Matter]:
    """The lines in force on one day, each change applied to that day alone."""
    held = [line for line in template if line.code == code and inside(day, line.since, line.until)]
    for layer in layers:
        for operation in ORDER:
            for change in (
                change for change in layer if change.operation == operation and change.code == code
            ):
                if operation == "add":
                    assert change.matter is not None
                    if inside(day, change.matter.since, change.matter.until):
                        held.append(change.matter)
                elif inside(day, change.since, change.until):
                    held = (
                        []
                        if operation == "withdraw"
                        else [
                            evolve(
                                line,
                                assigners=line.assigners if change.assigners is None else change.assigners,
                                forms=line.forms if change.forms is None else change.forms,
                                funds=line.funds or change.funds,
                            )
                            for line in held
                        ]
                    )
    return held


def timeless(lines: list[Matter]) -> list[Matter]:
    return sorted((evolve(line, since=None, until=None) for line in lines), key=repr)


@given(template=lists(), outer=CHANGES, own=CHANGES)
def test_resolution_is_the_naive_one(template: list[Matter], outer: list[Change], own: list[Change]) -> None:
    """Template, then the layer it builds on, then its own, on every day; other communities keep the city's."""
    adaptations = [
        Adaptation("street", frozenset(), tuple(outer)),
        Adaptation("c1", frozenset({"c1"}), tuple(own), base="street"),
    ]
    matters = adapted(template, adaptations)
    for code in ("m1", "m2", "m3", "m4"):
        for day in SPAN:
            found = [line for line in matters.find(code, "c1") if line.in_force(day)]
            assert timeless(found) == timeless(naive(template, [outer, own], code, day))
            assert matters.find(code, "c2") == MatterList(template).find(code)


@given(one=lists(), two=lists())
def test_diff_is_exact(one: list[Matter], two: list[Matter]) -> None:
    """Two lists are equivalent just where every day says the same; each difference is true on all its days."""
    before, after = MatterList(one), MatterList(two)
    differences = list(diff(before, after))
    for code in ("m1", "m2", "m3"):
        for day in SPAN:
            old = [line for line in before.versions(code) if line.in_force(day)]
            new = [line for line in after.versions(code) if line.in_force(day)]
            told = [each for each in differences if each.code == code and inside(day, each.since, each.until)]
            assert bool(told) == (timeless(old) != timeless(new))
    assert equivalent(before, after) == (not differences)
    assert all(each.say().zh and each.say().en for each in differences)


@given(lists())
def test_cuts_do_not_matter(matters: list[Matter]) -> None:
    """A version cut in two at any day says the same; the hash of a list is of what is written."""
    cut: list[Matter] = []
    for line in matters:
        middle = SPAN[4]
        if inside(middle, line.since, line.until) and line.until != middle:
            cut += [evolve(line, until=middle), evolve(line, since=SPAN[5])]
        else:
            cut.append(line)
    assert equivalent(MatterList(matters), MatterList(cut))
    assert MatterList(matters).version == MatterList(matters).version
    assert (MatterList(matters).version == MatterList(cut).version) == (matters == cut)


def asked(day: date, assigner: str, community: str, code: str, funding: Decimal | None) -> Assignment:
    return Assignment(id="a", date=day, assigner=assigner, community=community, matter=code, funding=funding)


def screener(matters: MatterList) -> Screener:
    return Screener(matters, ORGANISATIONS, COMMUNITIES, gate=GATE, calendar=CALENDAR)


@given(one=lists(), two=lists(), own=CHANGES)
def test_implies_and_its_counterexample(one: list[Matter], two: list[Matter], own: list[Change]) -> None:
    """`implies` finds nothing just where nothing is permitted by one list and not by the other; else it shows it."""
    narrow = adapted(
        one,
        [Adaptation("c1", frozenset({"c1"}), tuple(change for change in own if change.operation != "add"))],
    )
    wide = MatterList(two)
    shown = implies(narrow, wide, WORLD)
    first, second = screener(narrow), screener(wide)
    if shown is not None:
        assert first.screen(shown).outcome == "permitted"
        assert second.screen(shown).outcome != "permitted"
        return
    for day in SPAN:
        for assigner in ("o1", "o2", "c1", "c2"):
            for community in ("c1", "c2"):
                for code in ("m1", "m2", "m3"):
                    for funding in (None, Decimal(1)):
                        question = asked(day, assigner, community, code, funding)
                        if first.screen(question).outcome == "permitted":
                            assert second.screen(question).outcome == "permitted"


@given(template=lists(), own=CHANGES)
def test_dead_lines_never_permit(template: list[Matter], own: list[Change]) -> None:
    """A line is dead just where no day, body and community together are permitted by it."""
    changes = tuple(change for change in own if change.operation != "add")
    matters = adapted(template, [Adaptation("c1", frozenset({"c1"}), changes)])
    judge = screener(matters)
    dead = {id(found.line) for found in dead_lines(matters, WORLD)}
    for line in matters:
        if line.kind == "prohibited":
            continue
        alive = any(
            line.in_force(day)
            and line.covers(community)
            and judge.screen(
                Assignment(
                    id="a",
                    date=day,
                    assigner=assigner,
                    community=community,
                    matter=line.code,
                    funding=Decimal(1),
                )
            ).outcome
            == "permitted"
            for day in SPAN
            for assigner in ("o1", "o2", "c1", "c2")
            for community in ("c1", "c2")
        )
        if alive:
            assert id(line) not in dead
        elif not own:
            assert id(line) in dead


def test_difference_in_words() -> None:
    """What changed is said as an officer says it: matter, days, old and new."""
    law = Citation(Source("law", same("《办法》")))
    old = Matter("XZ02", "入户调查", "assist", assigners=frozenset({"civil-affairs"}), basis=(law,))
    new = [
        evolve(old, until=date(2025, 12, 31)),
        evolve(old, since=date(2026, 1, 1), funds=True, assigners=frozenset(), role="reporter", basis=()),
        Matter("XZ99", "代收快递", "purchased", since=date(2026, 2, 1)),
    ]
    told = [each.say() for each in diff(MatterList([old]), MatterList(new))]
    assert {text.zh for text in told} == {
        "XZ02“入户调查”，2026-01-01至长期：社区角色由协助改为仅报告",
        "XZ02“入户调查”，2026-01-01至长期：可交办单位由civil-affairs改为不限",
        "XZ02“入户调查”，2026-01-01至长期：费随事转由不要求改为须拨付",
        "XZ02“入户调查”，2026-01-01至长期：设定依据由《办法》改为无",
        "XZ99“代收快递”，2026-02-01至长期：新增列入",
    }
    assert "XZ99 “代收快递”, 2026-02-01 to open: newly listed" in {text.en for text in told}


def test_differences_of_one_community() -> None:
    """What only one community has of its own is told with its name."""
    template = [Matter("m1", "事项", "assist"), Matter("m2", "别的", "assist", workload=Decimal(5))]
    own = Adaptation("c1", frozenset({"c1"}), (Change("withdraw", "m1"),))
    told = list(diff(MatterList(template), adapted(template, [own])))
    assert [(each.code, each.community, each.aspect, each.after) for each in told] == [
        ("m1", "c1", "listed", False)
    ]
    assert list(adapted(template, [own]).lines("c1")) == [template[1]]
    assert [line.code for line in adapted(template, [own]).on(date(2026, 1, 1), "c2")] == ["m1", "m2"]


@given(st.sets(st.sampled_from("abcd")), st.sets(st.sampled_from("abcd")))
def test_codes_that_only_one_list_has_are_told(before: set[str], after: set[str]) -> None:
    """However many codes go and come, each that goes and each that comes is told once."""
    one, two = (
        MatterList(Matter(code, code, "assist") for code in sorted(codes)) for codes in (before, after)
    )
    told = [(each.code, each.aspect, each.after) for each in diff(one, two)]
    gone = [(code, "listed", False) for code in sorted(before - after)]
    assert told == gone + [(code, "listed", True) for code in sorted(after - before)]
