"""Tables of a conference as an office would keep them: one year of an invented conference, refusals included."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sessions import JC, MEMBERS, rep

Rows = list[dict[str, object]]

MEETS = "2026-09-21"


def item(id_: str, category: str = "routine", **more: object) -> dict[str, object]:
    said: dict[str, object] = {"id": id_, "conference": JC, "date": "2026-09-01", "title": f"示例议题{id_}"}
    return said | {"sponsor": "民政局", "agenda_category": category} | more


def item_act(id_: str, action: str, role: str = "secretariat", **more: object) -> dict[str, object]:
    said: dict[str, object] = {"item": id_, "at": "2026-09-02T09:00", "action": action, "actor": "治理办"}
    return said | {"role": role} | more


def meeting(id_: str = "M1", kind: str = "全体会议", day: str = MEETS, **more: object) -> dict[str, object]:
    said: dict[str, object] = {"id": id_, "conference": "社区治理联席会议", "meeting_kind": kind}
    return said | {"meeting_planned_on": "2026-09-01", "meeting_day": day} | more


def act(
    action: str, role: str = "member", time: str = f"{MEETS}T09:00", id_: str = "M1", **more: object
) -> dict[str, object]:
    said: dict[str, object] = {"meeting": id_, "at": time, "action": action, "actor": "S1", "role": role}
    return said | more


def circulation(id_: str, about: str, **more: object) -> dict[str, object]:
    said: dict[str, object] = {"id": id_, "conference": JC, "item": about, "date": "2026-10-01"}
    return said | {"title": "示例传签事项", "urgency": "汛期临近"} | more


def passes(
    id_: str, action: str, role: str = "办公室", day: str = "2026-10-08", **more: object
) -> dict[str, object]:
    said: dict[str, object] = {"circulation": id_, "at": f"{day}T09:00", "action": action, "actor": "S1"}
    return said | {"role": role} | more


def signs(id_: str, member: str, day: str = "2026-10-09", agrees: str = "是") -> dict[str, object]:
    return passes(id_, "签署", "成员单位", day, member=member, actor=rep(member), consents=agrees)


def resolution(
    id_: str, about: str, lead: str = "住建局", due: str = "2026-10-21", **more: object
) -> dict[str, object]:
    said: dict[str, object] = {"id": id_, "item": about, "meeting": "M1", "date": MEETS, "title": "示例事项"}
    return said | {"leads": lead, "cooperators": "", "due_on": due, "measure": "完成三处"} | more


def follow(id_: str, action: str, role: str, day: str, **more: object) -> dict[str, object]:
    said: dict[str, object] = {"resolution_ref": id_, "at": f"{day}T15:00", "action": action}
    return said | {"actor": "住建局" if role == "牵头单位" else "治理办", "role": role} | more


def pledge(id_: str = "P1", kind: str = "阵地", quantity: str = "3", **more: object) -> dict[str, object]:
    said: dict[str, object] = {"id": id_, "conference": JC, "member": "民政局", "date": "2026-09-22"}
    said |= {
        "resource_kind": kind,
        "title": "示例活动室",
        "pledged_quantity": quantity,
        "quantity_unit": "间",
    }
    return said | more


def draw(
    id_: str, action: str, quantity: str = "", user: str = "杜家坪社区", **more: object
) -> dict[str, object]:
    said: dict[str, object] = {"pledge": id_, "at": "2026-09-23T09:00", "action": action, "actor": user}
    return said | {"role": "user", "quantity": quantity} | more


def agenda() -> Rows:
    return [
        item("A1", "major_matter", concerned="杜家坪社区;示例社区二", lead="住建局"),
        item("A2", "重大工作", reference_kind="违规下派", references="J7;J8"),
        item("A3", reference_kind="entry", references="T1"),
        item("A4", "major_matter"),
        item("A5", reserved_by_law="是"),
    ]


def agenda_acts() -> Rows:
    heard = [
        item_act("A1", "征求社区意见", "社区", actor=one, evidence="E1", at="2026-09-03T09:00")
        for one in ("杜家坪社区", "示例社区二")
    ]
    return [*(item_act(f"A{n}", "审核") for n in (1, 2, 3, 4, 5)), *heard]


def meetings() -> Rows:
    return [meeting(), meeting("M2", "现场会", "2026-10-12", meeting_site="杜家坪社区", comprehensive="是")]


def session() -> Rows:
    """Return the first meeting: a proxy of a proxy, a recused vote and a double vote are refused in it."""
    early = "2026-09-10T09:00"
    placed = [act("列入议程", "办公室", early, item=f"A{n}") for n in (1, 2, 3, 4)]
    there = [act("签到", member=one, attending=rep(one)) for one in MEMBERS[:6]]
    sent = [
        act("proxy", member="housing", attending="P1", granted_by=rep("housing")),
        act("proxy", member="urban-management", attending="P2", granted_by="P1"),
        act("absent", member="shuanghe", reason="防汛"),
    ]
    votes = [act("表决", member=one, item="A1", vote="同意") for one in MEMBERS[1:7]]
    votes += [act("表决", member=one, item="A2", vote="agree") for one in MEMBERS[:5]]
    kept_out = [
        act("recuse", member=MEMBERS[0], item="A1", reason="利害关系"),
        act("vote", member=MEMBERS[0], item="A1", vote="agree"),
        act("vote", member=MEMBERS[1], item="A1", vote="oppose"),
    ]
    ends = [
        act("议定", "召集人", item="A1", decision="通过"),
        act("decide", "convener", item="A2", decision="rejected"),
        act("decide", "convener", item="A2", decision="carried"),
        act("defer", "convener", item="A3", reason="材料不足"),
        act("散会", "召集人"),
        act("起草纪要", "办公室", "2026-09-25T09:00", minutes="示例纪要", minutes_version=1),
        act("确认纪要", "召集人", "2026-09-28T09:00", minutes_version=1, actor="C1"),
    ]
    notice = act("通知", "办公室", "2026-09-11T09:00")
    return [*placed, notice, *there, *sent, act("开会", "召集人"), *votes[:6], *kept_out, *votes[6:], *ends]


def resolutions() -> Rows:
    return [
        resolution("Z1", "A1", cooperators="财政局;杜家坪社区"),
        resolution("Z2", "A2", due="2026-12-31"),
        resolution("Z3", "A3"),
        resolution("Z4", "A2", lead="财政局", due="2026-11-25"),
    ]


def resolution_acts() -> Rows:
    signed = [
        follow("Z1", "会签", "配合单位", "2026-09-23", actor=one, consents="是")
        for one in ("财政局", "杜家坪社区")
    ]
    return [
        follow("Z1", "送会签", "办公室", "2026-09-22"),
        *signed,
        *(follow(one, "交办", "办公室", "2026-09-24") for one in ("Z1", "Z2", "Z3", "Z4")),
        follow("Z1", "报进展", "牵头单位", "2026-09-30", evidence="E2"),
        follow("Z1", "提级督办", "召集人", "2026-10-20", reason="r"),
        follow("Z1", "发督办通报", "办公室", "2026-10-22", reason="逾期"),
        follow("Z1", "提级督办", "召集人", "2026-10-23", reason="逾期"),
        follow("Z2", "报完成", "牵头单位", "2026-10-10", evidence="E3"),
        follow("Z2", "核验", "核验人", "2026-10-11", actor="住建局", satisfied="是", evidence="E4"),
        follow("Z2", "核验", "核验人", "2026-10-12", satisfied="是", evidence="E4"),
        follow("Z2", "销号", "办公室", "2026-10-12"),
    ]


def circulations() -> Rows:
    """Return one that the second meeting confirms, one that it lets lapse, one unsigned, one that needs a meeting."""
    return [circulation(f"Q{n}", about) for n, about in enumerate(("A6", "A7", "A8", "A4"), 1)]


def circulation_acts() -> Rows:
    sent = [passes(f"Q{n}", "送传签") for n in (1, 2, 3, 4)]
    signed = [signs(id_, one) for id_ in ("Q1", "Q2") for one in MEMBERS]
    late = [signs("Q3", MEMBERS[0]), signs("Q3", MEMBERS[1], "2026-10-20")]
    return [*sent, *signed, *late, *(passes(id_, "传签议定", "召集人", "2026-10-10") for id_ in ("Q1", "Q2"))]


def circulated() -> Mapping[str, Sequence[Mapping[str, object]]]:
    """Return the tables with circulations: the second meeting confirms the first of them, and one member leaves it."""
    day = "2026-10-13"
    placed = [act("列入议程", "办公室", "2026-10-10T10:00", "M2", item="A6")]
    there = [
        act("签到", "member", f"{day}T09:00", "M2", member=one, attending=rep(one)) for one in MEMBERS[:6]
    ]
    votes = [
        act("表决", "member", f"{day}T09:01", "M2", member=one, item="A6", vote="同意") for one in MEMBERS[:6]
    ]
    second = [
        *placed,
        act("通知", "办公室", "2026-10-10T11:00", "M2"),
        *there,
        act("开会", "召集人", f"{day}T09:00", "M2"),
        *votes,
        act("离会", "member", f"{day}T09:02", "M2", member=MEMBERS[5]),
        act("议定", "召集人", f"{day}T09:03", "M2", item="A6", decision="通过"),
        act("散会", "召集人", f"{day}T09:04", "M2"),
    ]
    more = [item(f"A{n}") for n in (6, 7, 8)]
    pairs = (("Z5", "A6", "Q1"), ("Z6", "A7", "Q2"))
    follows = [resolution(id_, about, meeting="", circulation=signed) for id_, about, signed in pairs]
    return tables(
        agenda=[*agenda(), *more],
        agenda_acts=[*agenda_acts(), *(item_act(str(one["id"]), "审核") for one in more)],
        meetings=[meeting(), meeting("M2", "专题会议", day)],
        meeting_acts=[*session(), *second],
        circulations=circulations(),
        circulation_acts=circulation_acts(),
        resolutions=[{"circulation": "", **one} for one in resolutions()] + follows,
        resolution_acts=[
            *resolution_acts(),
            *(follow(one, "交办", "办公室", "2026-10-11") for one in ("Z5", "Z6")),
            *(follow(one, "报进展", "牵头单位", "2026-10-14", evidence="E") for one in ("Z5", "Z6")),
        ],
    )


def tables(**more: Rows) -> Mapping[str, Sequence[Mapping[str, object]]]:
    """Return all eight tables."""
    held: dict[str, Rows] = {
        "agenda": agenda(),
        "agenda_acts": agenda_acts(),
        "meetings": meetings(),
        "meeting_acts": session(),
        "resolutions": resolutions(),
        "resolution_acts": resolution_acts(),
        "pledges": [pledge(resolution_ref="Z1"), pledge("P2", "信息", "1")],
        "pledge_acts": [
            draw("P1", "使用", "2"),
            draw("P1", "draw", "2", "示例社区二"),
            draw("P2", "draw", "1"),
        ],
    }
    return held | more
