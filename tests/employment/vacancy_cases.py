"""What the tests of vacancies write: a sound vacancy, its usual acts, a seeker; all synthetic."""

from __future__ import annotations

CODE = "910000001000000012"
THREE = "华蓥e就业;华蓥发布;华蓥民工之家"
Row = dict[str, object]


def vacancy(id_: str = "V1", **changes: object) -> Row:
    """Return a sound vacancy."""
    return {
        "id": id_,
        "date": "2026-10-08",
        "employer": "示例电子厂",
        "employer_code": CODE,
        "poster": "示例人力公司",
        "desk": "社区就业窗口",
        "vacancy_kind": "装配工",
        "vacancy_title": "装配工",
        "job_content": "流水线装配，每天8小时",
        "conditions": "年满18周岁，缴纳社会保险",
        "division": "511681001",
        "longitude": "106.79",
        "latitude": "30.39",
        "openings": 5,
        "wage_low": "3500",
        "wage_high": "5000",
        "wage_period": "month",
        "valid_until": "2026-12-31",
        "home_work": "no",
        "night_shift": "no",
        "schooling_asked": "junior",
        "experience_asked": 0,
        "certificates_asked": "",
        "abilities_asked": "",
        **changes,
    }


def act(id_: str, day: str, action: str, **changes: object) -> Row:
    """Return an act on a vacancy, in the role that may."""
    roles = {"verify": "verifier", "reject": "verifier", "confirm": "channel", "edit": "poster"}
    return {
        "vacancy": id_,
        "at": f"{day}T10:00",
        "action": action,
        "actor": f"示例{action}",
        "role": roles.get(action, "clerk"),
        "shown_on": "",
        "abnormal": "",
        "hired": "",
        "reason": "",
        "evidence": "",
        "vacancy_title": "",
        "job_content": "",
        "conditions": "",
        "openings": "",
        "wage_low": "",
        "wage_high": "",
        "valid_until": "",
        **changes,
    }


def posted(id_: str = "V1", channels: str = THREE) -> list[Row]:
    """Return the acts that publish a vacancy on channels."""
    return [
        act(id_, "2026-10-09", "verify", abnormal="no", evidence="营业执照已核"),
        act(id_, "2026-10-10", "publish", shown_on=channels),
    ]


def seeker(person: str = "p-1", **changes: object) -> Row:
    """Return a seeker of whom everything is known."""
    return {
        "person": person,
        "longitude": "106.78",
        "latitude": "30.38",
        "schooling": "senior",
        "experience_years": 3,
        "certificates": "叉车证",
        "abilities": "装配;焊接",
        "wanted_kinds": "装配工",
        "least_wage": "3000",
        "farthest_km": 30,
        "night_shift": "yes",
        "home_only": "no",
        "bands": "",
        **changes,
    }
