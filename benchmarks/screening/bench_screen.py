"""Screening one assignment, all grounds in Chinese and English, against engines that answer yes or no.

    pip install cedarpy casbin regopy
    python benchmarks/screening/bench_screen.py            # 1,100 items
    python benchmarks/screening/bench_screen.py --large    # 100,000 communities x 100 matters

The same questions, the answers compared first, then medians of rounds in turns, in processor time, which other work
on the machine disturbs least. `first time` makes every ruling anew; `said` also reads every text of it, in Chinese and
in English, which are otherwise filled when they are first read. Questions are drawn anew from all combinations of
matter, assigner and community, so that caches see what an office's year would show them, not one question repeated.
"""

from __future__ import annotations

import json
import random
import resource
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from statistics import median

from huaying_governance.kernel.bodies import Community, Organisation
from huaying_governance.kernel.citation import Citation, Source
from huaying_governance.kernel.workdays import china_calendar
from huaying_governance.responsibility import (
    Adaptation,
    Assignment,
    Change,
    Gate,
    Matter,
    MatterList,
    Register,
    Screener,
    adapted,
)
from huaying_governance.text import same

CLAUSE = (Citation(Source("law", same("《办法》"))),)
GATE = Gate(CLAUSE, CLAUSE, CLAUSE, decides="o0", funding={"residents_committee": CLAUSE})
START = date(2026, 1, 1)
ROUNDS = 5
Answer = Callable[[Assignment], bool]


def world(
    codes: int, bodies: int, places: int, rng: random.Random
) -> tuple[list[Matter], list[Organisation], list[Community]]:
    organisations = [Organisation(f"o{n}", f"第{n}局", (), "county", "department") for n in range(bodies)]
    communities = [Community(f"c{n}", f"第{n}社区") for n in range(places)]
    matters = [
        Matter(
            f"m{n}",
            f"事项第{n}号",
            "assist",
            "assistant",
            frozenset(body.id for body in rng.sample(organisations, 8)),
            frozenset(),
            False,
            (),
            CLAUSE,
            START,
            None if n % 2 else date(2026, 10, 31),
        )
        for n in range(codes)
    ]
    return matters, organisations, communities


def questions(
    count: int, matters: Sequence[Matter], bodies: int, places: int, rng: random.Random
) -> list[Assignment]:
    """Half of them from an assigner that the matter has, as offices mostly ask what they may."""
    asked = []
    for number in range(count):
        matter = rng.choice(matters)
        right = rng.random() < 0.5
        asked.append(
            Assignment(
                id=str(number),
                date=START + timedelta(rng.randrange(300)),
                assigner=rng.choice(sorted(matter.assigners)) if right else f"o{rng.randrange(bodies)}",
                community=f"c{rng.randrange(places)}",
                matter=matter.code,
                funding=Decimal(1),
            )
        )
    return asked


def ours(
    matters: MatterList, organisations: list[Organisation], communities: list[Community]
) -> tuple[Answer, Screener]:
    judge = Screener(
        matters, Register(organisations), Register(communities), gate=GATE, calendar=china_calendar()
    )
    screen = judge.screen
    return lambda asked: screen(asked).outcome == "permitted", judge


def cedar(matters: list[Matter]) -> Answer:
    import cedarpy

    policy = (
        'permit(principal, action == Action::"assign", resource) when { principal in resource.assigners && '
        "context.day >= resource.since && context.day <= resource.until };"
    )
    entities = [
        {
            "uid": {"type": "Matter", "id": matter.code},
            "attrs": {
                "assigners": [{"__entity": {"type": "Org", "id": body}} for body in sorted(matter.assigners)],
                "since": (matter.since or date.min).toordinal(),
                "until": (matter.until or date.max).toordinal(),
            },
            "parents": [],
        }
        for matter in matters
    ]
    policies = cedarpy.PolicySet.from_str(policy)
    held = cedarpy.Entities.from_json_str(json.dumps(entities))

    def answer(asked: Assignment) -> bool:
        request = {
            "principal": f'Org::"{asked.assigner}"',
            "action": 'Action::"assign"',
            "resource": f'Matter::"{asked.matter}"',
            "context": {"day": asked.date.toordinal()},
        }
        return bool(cedarpy.is_authorized(request, policies, held).allowed)

    return answer


MODEL = """
[request_definition]
r = sub, obj, day
[policy_definition]
p = sub, obj, since, until
[policy_effect]
e = some(where (p.eft == allow))
[matchers]
m = r.sub == p.sub && r.obj == p.obj && int(r.day) >= int(p.since) && int(r.day) <= int(p.until)
"""


def casbin_engine(matters: list[Matter], fast: bool) -> Answer:
    import casbin
    from casbin.model import FastModel, Model

    model = FastModel([0, 1]) if fast else Model()
    model.load_model_from_text(MODEL)
    enforcer = casbin.FastEnforcer(model, cache_key_order=[0, 1]) if fast else casbin.Enforcer(model)
    enforcer.add_function("int", int)
    for matter in matters:
        since, until = (matter.since or date.min).toordinal(), (matter.until or date.max).toordinal()
        for body in matter.assigners:
            enforcer.add_policy(body, matter.code, str(since), str(until))
    return lambda asked: bool(enforcer.enforce(asked.assigner, asked.matter, str(asked.date.toordinal())))


def rego(matters: list[Matter]) -> Answer:
    import regopy

    interpreter = regopy.Interpreter()
    data = {
        matter.code: {
            "assigners": dict.fromkeys(sorted(matter.assigners), True),
            "since": (matter.since or date.min).toordinal(),
            "until": (matter.until or date.max).toordinal(),
        }
        for matter in matters
    }
    interpreter.add_data_json(json.dumps({"items": data}))
    interpreter.add_module(
        "screen",
        "package screen\nimport rego.v1\ndefault allow := false\nallow if {\n m := data.items[input.matter]\n"
        " m.assigners[input.assigner]\n input.day >= m.since\n input.day <= m.until\n}\n",
    )
    bundle = interpreter.build("data.screen.allow", [])

    def answer(asked: Assignment) -> bool:
        interpreter.set_input(
            {"matter": asked.matter, "assigner": asked.assigner, "day": asked.date.toordinal()}
        )
        output = interpreter.query_bundle(bundle)
        return "true" in str(output)

    return answer


def rate(answer: Answer, asked: Sequence[Assignment]) -> float:
    start = time.process_time()
    for question in asked:
        answer(question)
    return len(asked) / (time.process_time() - start)


def said(screener: Screener) -> Answer:
    """Screen, and read every text of the grounds and remedies in both languages."""

    def answer(asked: Assignment) -> bool:
        ruling = screener.screen(asked)
        texts = [ground.text for ground in ruling.grounds] + [remedy.text for remedy in ruling.remedies]
        return all(text.zh and text.en for text in texts)

    return answer


def small() -> None:
    rng = random.Random(1)
    matters, organisations, communities = world(1_100, 30, 9, rng)
    asked = questions(20_000, matters, 30, 9, rng)
    started = time.perf_counter()
    mine, known = ours(MatterList(matters), organisations, communities)
    told = said(known)
    print(f"1,100 items, ours loaded in {1000 * (time.perf_counter() - started):.0f} ms")
    expected = [mine(question) for question in asked]
    print(f"permitted {100 * sum(expected) / len(expected):.0f} %")
    peers: list[tuple[str, Answer, list[Assignment]]] = []
    for name, make, count in (
        ("cedarpy, item as entity", lambda: cedar(matters), 4_000),
        ("casbin FastEnforcer", lambda: casbin_engine(matters, True), 4_000),
        ("casbin plain", lambda: casbin_engine(matters, False), 40),
        ("regopy bundle", lambda: rego(matters), 2_000),
    ):
        try:
            answer = make()
        except ImportError:
            print(f"{name:28} not installed")
            continue
        part = asked[:count]
        wrong = sum(answer(question) != right for question, right in zip(part, expected, strict=False))
        print(f"{name}: {wrong} of {len(part):,} answers differ")
        peers.append((name, answer, part))
    rates: dict[str, list[float]] = {}
    for _ in range(ROUNDS):
        # From empty caches, so that making rulings counts as much as finding them.
        fresh, _judge = ours(MatterList(matters), organisations, communities)
        rates.setdefault("ours, first time", []).append(rate(fresh, asked))
        _fresh, judge = ours(MatterList(matters), organisations, communities)
        rates.setdefault("ours, first time, said", []).append(rate(said(judge), asked))
        rates.setdefault("ours", []).append(rate(mine, asked))
        rates.setdefault("ours, said", []).append(rate(told, asked))
        for name, answer, part in peers:
            rates.setdefault(name, []).append(rate(answer, part))
    middle = {name: median(found) for name, found in rates.items()}
    shown = ("ours", "ours, said", "ours, first time", "ours, first time, said")
    print(f"| | screenings/s | {' | '.join(shown)} |\n|---|---:|{'---:|' * len(shown)}")
    for name, found in middle.items():
        ratios = (middle[each] / found for each in shown)
        print(f"| {name} | {found:,.0f} | " + " | ".join(f"{ratio:,.1f}x" for ratio in ratios) + " |")


def large() -> None:
    rng = random.Random(2)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    matters, organisations, communities = world(100, 30, 100_000, rng)
    started = time.perf_counter()
    # Every second community has two lines of its own, in a hundred ways.
    own = [
        Adaptation(
            f"a{k}",
            frozenset(f"c{n}" for n in range(2 * k, 100_000, 200)),
            (Change("withdraw", f"m{k}"), Change("narrow", f"m{(k + 7) % 100}", funds=True)),
        )
        for k in range(100)
    ]
    answer, judge = ours(adapted(matters, own), organisations, communities)
    loaded = time.perf_counter() - started
    asked = questions(20_000, matters, 30, 100_000, rng)
    small_matters, small_bodies, small_places = world(1_000, 30, 9, rng)
    usual, _ = ours(MatterList(small_matters), small_bodies, small_places)
    few = questions(20_000, small_matters, 30, 9, rng)
    rounds = [(rate(answer, asked), rate(usual, few)) for _ in range(ROUNDS + 1)][1:]
    here, there = (median(found) for found in zip(*rounds, strict=True))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"10,000,000 items (100,000 communities x 100 matters, {len(judge.matters.own):,} of their own)")
    print(
        f"loaded in {loaded:.1f} s; {here:,.0f}/s, {here / there:.2f}x of 1,000 items; peak {peak / 1024:.0f} MB"
    )
    print(f"  (the bare process with imports: {before / 1024:.0f} MB)")


if __name__ == "__main__":
    large() if "--large" in sys.argv else small()
