"""The doors: languages, `huaying check` on everything it knows, the shipped example, the same from Python."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from mixture import SHIPPED, mixture
from office import by, case, huaying, judged, process, read, results, write_csv
from sound import sound, sound_case, spoiled

import huaying_governance as hg

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "huaying"
HAN = re.compile(r"[\u4e00-\u9fff]")
PROSE = {"reason", "citation"}


def test_both_languages_say_the_same_codes(tmp_path: Path) -> None:
    """--lang changes what is said to people and nothing that a script reads; a repeat may ask in the other."""
    folder = mixture(3, 24).write(tmp_path / "case")
    store = f"sqlite:///{tmp_path / 'one.db'}"
    zh = judged(folder, tmp_path / "zh", "--store", store, "--lang", "zh")
    en = judged(folder, tmp_path / "en", "--store", store, "--lang", "en")
    assert HAN.search(zh.out)
    assert not HAN.search(en.out.replace("合成案卷", ""))
    for name in results(tmp_path / "zh"):
        chinese, english = read(tmp_path / "zh" / name), read(tmp_path / "en" / name)
        assert len(chinese) == len(english)
        for left, right in zip(chinese, english, strict=True):
            assert {k: v for k, v in left.items() if k not in PROSE} == {
                k: v for k, v in right.items() if k not in PROSE
            }
            assert HAN.search(left["reason"] if "reason" in left else left["citation"])
            assert right.get("reason", "x") != left.get("reason", "y")


def test_the_summary_says_how_many_and_where(tmp_path: Path) -> None:
    """The run ends with a summary: the counts, the rows that wait, and where the results lie."""
    rows = [{**row, "date": "2027-01-05"} if n == 2 else row for n, row in enumerate(sound()["assignments"])]
    for lang in ("zh", "en"):
        ran = judged(sound_case(tmp_path / "case", assignments=rows), tmp_path / lang, "--lang", lang)
        assert str(tmp_path / lang) in ran.out
        assert re.search(r"(dated later|晚于|之后).*1|1.*(dated later|later)", ran.out)
        assert [row["id"] for row in read(tmp_path / lang / "assignments.csv")] == ["A-0", "A-1"]


def test_the_example_runs_and_checks(tmp_path: Path) -> None:
    """Rows 20 to 22, 44, 49 to 53, 78 to 80: the shipped example has no problem and shows the edges it promises."""
    assert huaying("check", EXAMPLE).code == 0
    judged(EXAMPLE, tmp_path / "out")
    assert set(results(tmp_path / "out")) >= {
        "assignments.csv",
        "awards.csv",
        "eligibility.csv",
        "entries.csv",
        "refused_actions.csv",
    }
    entries = by(read(tmp_path / "out" / "entries.csv"), "id")
    assert {row["kind"] for row in entries.values()} == {"hardship", "livelihood", "stability"}
    refused = read(tmp_path / "out" / "refused_actions.csv")
    assert any("handler-cannot-verify" in row["codes"] for row in refused)
    outcomes = {row["outcome"] for row in read(tmp_path / "out" / "assignments.csv")}
    assert {"permitted", "refused", "emergency", "undetermined", "conditional"} <= outcomes
    amounts = {row["amount"] for row in read(tmp_path / "out" / "awards.csv")}
    assert {"10000.00", "3000.00", "2000.00"} <= amounts


def test_the_example_has_nine_communities() -> None:
    """Row 20: the shipped pack knows nine communities; only 杜家坪 is named in the article."""
    pack = hg.load_pack("huaying")
    assert [community.id for community in pack.communities] == [
        "dujiaping",
        *(f"synthetic-{n}" for n in range(2, 10)),
    ]
    assert pack.communities[0].name == "杜家坪社区"


def test_from_python_as_from_a_shell(tmp_path: Path) -> None:
    """`hg.run_case` writes what `huaying run` writes, and raises every problem at once."""
    folder = sound_case(tmp_path / "case")
    judged(folder, tmp_path / "shell")
    hg.run_case(folder, tmp_path / "python")
    hg.run_case(folder, tmp_path / "memory", store="memory:", lang="zh")
    assert results(tmp_path / "python") == results(tmp_path / "shell") == results(tmp_path / "memory")
    assert (tmp_path / "python" / "huaying.db").exists()
    bad = sound_case(tmp_path / "bad", assignments=spoiled("assignments", 0, {"funding": "-1", "date": "x"}))
    with pytest.raises(hg.Problems) as caught:
        hg.run_case(bad, tmp_path / "never")
    assert len(caught.value.problems) == 2
    assert not (tmp_path / "never").exists()


def test_as_a_process(tmp_path: Path) -> None:
    """`python -m huaying_governance` is the same command: 0 and silent but for the summary, 1 with problems, 2."""
    folder = sound_case(tmp_path / "case")
    for arguments, code in [
        (["run", folder, "--out", tmp_path / "out", "--lang", "en"], 0),
        (["verify", f"sqlite:///{tmp_path / 'out' / 'huaying.db'}"], 0),
        (["check", folder], 0),
        (["run", tmp_path / "nowhere", "--out", tmp_path / "never"], 1),
        (["fly"], 2),
    ]:
        ran = process(*arguments)
        out, err = ran.communicate()
        assert ran.returncode == code, out + err
        assert "Traceback" not in out + err
        assert "\r" not in out + err, "progress is for terminals"


def test_a_table_that_is_absent_is_not_judged(tmp_path: Path) -> None:
    """Each table alone makes a case; only its own results are written."""
    rows = sound()
    written = {
        ("assignments",): {"assignments.csv"},
        ("entries",): {"entries.csv", "refused_actions.csv"},
        ("entries", "actions"): {"entries.csv", "refused_actions.csv"},
        ("persons", "spells"): {"awards.csv"},
        ("residents",): {"eligibility.csv"},
    }
    for names, files in written.items():
        home = tmp_path / "-".join(names)
        judged(
            case(home / "case", polling_day="2026-12-20", **{name: rows[name] for name in names}),
            home / "out",
        )
        assert set(results(home / "out")) - {"refused_actions.csv"} == files - {"refused_actions.csv"}


# ---- check ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "path",
    ["huaying", SHIPPED, EXAMPLE, *sorted(file for file in (SHIPPED / "policies").glob("*.toml"))],
    ids=lambda path: Path(path).name,
)
def test_check_passes_what_is_shipped(path: object) -> None:
    """Row 20: the shipped pack, each of its policies and the example have no errors."""
    for lang in ("zh", "en"):
        ran = huaying("check", path, "--lang", lang)
        assert ran.code == 0, ran.text


POLICY = "zone-employment.toml"
BROKEN = [
    ('amount = "bachelor_award"', 'amount = "bachelor_awrad"'),
    ("when = \"in_zone and education == 'bachelor'\"", "when = \"in_zone and educaton == 'bachelor'\""),
    ("when = \"in_zone and education == 'bachelor'\"", "when = \"in_zone and (education == 'bachelor'\""),
    ("when = \"in_zone and education == 'bachelor'\"", "when = \"in_zone and education == 'doctor'\""),
    ("when = \"in_zone and education == 'bachelor'\"", 'when = "in_zone and education > 3"'),
    ("when = \"in_zone and education == 'bachelor'\"", "when = \"__import__('os')\""),
    ('from = 2021-01-01, value = "3000"', 'from = 2021-02-30, value = "3000"'),
    ('source = "article"\npayee', 'source = "nowhere"\npayee'),
    ('kind = "subsidy"', 'kind = "subsidie"'),
    ("max = 120000", "max = -5"),
    ('id = "bachelor"', 'id = "postgraduate"'),
    ("[policy]", "[policy"),
]


@pytest.mark.parametrize(("old", "new"), BROKEN, ids=range(len(BROKEN)))
def test_check_names_the_line_of_a_broken_policy(tmp_path: Path, old: str, new: str) -> None:
    """A broken policy: exit 1, file and line of the fault, alone and inside its pack; a run refuses it too."""
    pack = tmp_path / "case" / "place"
    shutil.copytree(SHIPPED, pack)
    path = pack / "policies" / POLICY
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    line = text[: text.index(old)].count("\n") + 1
    for target in (path, pack):
        ran = huaying("check", target)
        assert ran.code == 1, ran.text
        lines = {int(found) for found in re.findall(rf"{re.escape(POLICY)}:(\d+)", ran.out)}
        assert any(abs(found - line) <= 2 for found in lines), f"line {line} expected: {ran.text}"
    folder = sound_case(tmp_path / "case")
    (folder / "case.toml").write_text(
        '[case]\ntitle = "x"\npack = "place"\non = 2026-11-23\npolling_day = 2026-12-20\n'
    )
    ran = huaying("run", folder, "--out", tmp_path / "out")
    assert ran.code == 1
    assert not (tmp_path / "out").exists()


def edited(column: str, value: str):  # type: ignore[no-untyped-def] # a tiny editor of one cell
    def edit(path: Path) -> None:
        rows = [dict(row) for row in read(path)]
        rows[3][column] = value
        write_csv(path, rows, " ".join(rows[0]))

    return edit


PACK_FAULTS = [
    ("lists/matters.csv", edited("kind", "hobby")),
    ("lists/matters.csv", edited("assigners", "no-such-organisation")),
    ("lists/matters.csv", edited("communities", "no-such-community")),
    ("lists/matters.csv", edited("basis", "no-such-source#1")),
    ("lists/matters.csv", edited("from", "2026-02-30")),
    ("lists/matters.csv", edited("to", "1999-01-01")),
    ("organisations.csv", edited("id", "organization-dept")),
    ("organisations.csv", edited("level", "galaxy")),
    ("communities.csv", edited("kind", "castle")),
    ("communities.csv", edited("id", "")),
]


@pytest.mark.parametrize("number", range(len(PACK_FAULTS)))
def test_check_names_the_row_of_a_broken_pack(tmp_path: Path, number: int) -> None:
    """A broken register or list: exit 1, with the file and the row."""
    name, edit = PACK_FAULTS[number]
    pack = tmp_path / "place"
    shutil.copytree(SHIPPED, pack)
    assert huaying("check", pack).code == 0
    edit(pack / name)
    ran = huaying("check", pack)
    assert ran.code == 1, ran.text
    assert re.search(rf"{re.escape(Path(name).name)}:5\b", ran.out), ran.text


def test_check_of_nothing() -> None:
    """A path that is not there, and a file of another kind, exit 1 with a cure."""
    for path in ("no-such-pack", __file__):
        ran = huaying("check", path)
        assert ran.code == 1
        assert ran.text


def test_check_writes_nothing(tmp_path: Path) -> None:
    """Checking a case, sound or not, leaves no file behind."""
    for rows in (sound()["assignments"], spoiled("assignments", 0, {"funding": "x"})):
        folder = sound_case(tmp_path / "case", assignments=rows)
        before = sorted(tmp_path.rglob("*"))
        huaying("check", folder)
        assert sorted(tmp_path.rglob("*")) == before


# ---- single facts of the dossier -----------------------------------------------------------------------------------
def test_a_hotline_complaint_over_the_national_day(tmp_path: Path) -> None:
    """Rows 49, 52: a complaint of 2026-09-18 is due on 2026-10-15, fifteen working days with the make-up workdays."""
    entry = {
        "kind": "livelihood",
        "source": "hotline",
        "community": "dujiaping",
        "received_at": "2026-09-18T09:30",
    }
    rows = [
        {"id": name, "category": name, **entry} for name in ("consult", "help", "suggestion", "complaint")
    ]
    due = {
        "consult": "2026-09-22",
        "help": "2026-09-29",
        "suggestion": "2026-09-29",
        "complaint": "2026-10-15",
    }
    for on, overdue in [(date(2026, 10, 15), "no"), (date(2026, 10, 16), "yes")]:
        home = tmp_path / on.isoformat()
        judged(case(home / "case", on=on.isoformat(), entries=rows), home / "out")
        got = by(read(home / "out" / "entries.csv"), "id")
        assert {name: row["due"] for name, row in got.items()} == due
        assert got["complaint"]["overdue"] == overdue


OUTPUTS = {
    "assignments.csv": "id,outcome,matter,codes,reason,citation,suggestions",
    "entries.csv": "id,kind,state,due,overdue,lead,handler,closed_on,citation",
    "refused_actions.csv": "entry,at,action,codes,reason",
    "awards.csv": "person,policy,rule,amount,outcome,missing,reason,citation",
    "eligibility.csv": "person,outcome,codes,missing,reason,citation",
}


def test_the_results_have_the_columns_that_scripts_rely_on(tmp_path: Path) -> None:
    """The columns of every result, and their order, in either language; UTF-8, one line each, no mark."""
    folder = mixture(4, 12).write(tmp_path / "case")
    for lang in ("zh", "en"):
        judged(folder, tmp_path / lang, "--lang", lang)
        heads = {name: raw.split(b"\n", 1)[0].decode() for name, raw in results(tmp_path / lang).items()}
        assert heads == OUTPUTS
        for raw in results(tmp_path / lang).values():
            raw.decode("utf-8")
            assert raw.endswith(b"\n")


def test_a_warning_is_printed_and_does_not_fail(tmp_path: Path) -> None:
    """An unused parameter is a warning: `check` and `run` end with 0."""
    pack = tmp_path / "case" / "place"
    shutil.copytree(SHIPPED, pack)
    path = pack / "policies" / POLICY
    unused = '\n[parameters.idle]\nlabel = { zh = "闲置", en = "idle" }\nunit = "days"\n'
    unused += 'values = [{ from = 2021-01-01, value = 3, source = "default" }]\n'
    path.write_text(path.read_text("utf-8") + unused, "utf-8")
    for target in (path, pack):
        ran = huaying("check", target, "--lang", "en")
        assert ran.code == 0, ran.text
        assert "warning" in ran.text
        assert "idle" in ran.text
    folder = sound_case(tmp_path / "case")
    text = '[case]\ntitle = "x"\npack = "place"\non = 2026-11-23\npolling_day = 2026-12-20\n'
    (folder / "case.toml").write_text(text)
    judged(folder, tmp_path / "out")


def test_a_terminal_that_knows_no_chinese(tmp_path: Path) -> None:
    """Where the terminal cannot show Chinese, the command still ends in order."""
    folder = sound_case(tmp_path / "case", assignments=spoiled("assignments", 0, {"funding": "-1"}))
    for flags, code in (([], 1), (["--partial"], 0)):
        ran = process("run", folder, "--out", tmp_path / "out", *flags, encoding="ascii")
        said = "".join(ran.communicate())
        assert ran.returncode == code, said
        assert "Traceback" not in said


def test_the_stable_names_of_the_library() -> None:
    """Rows 21, 79, 49: what a script does from Python: screen, decide, count working days, follow up an entry."""
    pack = hg.load_pack("huaying")
    asked = hg.Assignment(
        id="A1",
        date=date(2026, 3, 2),
        assigner="民政局",
        community="dujiaping",
        matter="TJ99",
        title="填表",
        funding=None,
        emergency=None,
    )
    ruling = pack.screen(asked)
    assert (ruling.outcome, ruling.codes) == ("refused", ("not-listed",))
    assert ruling.grounds
    assert ruling.missing == ()
    assert HAN.search(ruling.explain("zh"))
    assert not HAN.search(ruling.explain("en").replace("TJ99", "").split("“")[0])
    assert ruling.to_dict()["outcome"] == "refused"
    with pytest.raises(TypeError):
        bool(ruling)
    policy = pack.policy("zone-employment")
    facts = {"education": "bachelor", "in_zone": True, "stable_months": 14, "spouse": None}
    award = policy.decide(facts, on=date(2026, 11, 23))
    assert isinstance(award, hg.Award)
    assert str(award.amount) == "3000.00"
    assert [line.rule for line in award.lines] == ["bachelor"]
    unknown = policy.decide({**facts, "education": None}, on=date(2026, 11, 23))
    assert isinstance(unknown, hg.Award)
    assert unknown.amount is None
    assert {line.rule for line in unknown.lines} == {"postgraduate", "bachelor"}
    whole = {name: fact for name, fact in facts.items() if name != "spouse"}
    assert "spouse" in {
        fact for line in policy.decide(whole, on=date(2026, 11, 23)).lines for fact in line.missing
    }
    calendar = hg.china_calendar()
    assert calendar.add_workdays(date(2026, 9, 18), 15) == date(2026, 10, 15)
    assert calendar.is_workday(date(2026, 9, 20))
    with pytest.raises(hg.CalendarNotLoaded):
        calendar.add_workdays(date(2026, 12, 24), 10)
    store = hg.open_store("memory:")
    hg.LedgerBook(store, pack, calendar)
    hg.verify(store)
