"""Whatever bytes lie in a case folder: exit 0 or 1, never a traceback, and nothing written where it is 1."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest
from mixture import SHIPPED
from office import huaying
from sound import sound, sound_case, text_of

TOKENS = [
    "",
    "\n",
    "\r",
    ",",
    '"',
    '""',
    "\0",
    "\ufeff",
    "=1+1",
    "'=x",
    "-5",
    "0",
    "1e400",
    "9" * 400,
    "Infinity",
    "NaN",
    "２０２６年２月３０日",
    "0000-00-00",
    "9999-12-31",
    "0001-01-01",
    "2026-02-29",
    "2026-03-02T09:00+99:00",
    "9999-12-31T23:59:59-23:59",
    "0001-01-01T00:00+14:00",
    "\u202e",
    "𠮷",
    "é",
    "ﷺ",
    "王小明",
    "是",
    "否",
    "dujiaping",
    "synthetic-2",
    "E-0",
    "E-1",
    "W-0",
    "XZ01",
    "hotline",
    "petition",
    "appeal",
    "consult",
    "merge",
    "assign",
    "reply",
    "reopen",
    "leader",
    "身份证号",
    "x" * 40_000,
]


def mutated(rng: random.Random, text: str) -> bytes:
    """Return a table with a few cells, lines or bytes changed."""
    lines = text.splitlines()
    for _ in range(rng.choice([1, 1, 2, 5])):
        at = rng.randrange(len(lines))
        cells = lines[at].split(",")
        match rng.randrange(8):
            case 0:
                lines.insert(at, lines[rng.randrange(len(lines))])
            case 1:
                del lines[at]
                lines = lines or [""]
            case 2:
                rng.shuffle(cells)
                lines[at] = ",".join(cells)
            case _:
                cells[rng.randrange(len(cells))] = rng.choice(TOKENS)
                lines[at] = ",".join(cells)
    raw = bytearray(("\n".join(lines) + "\n").encode(rng.choice(["utf-8", "utf-8", "gb18030"]), "replace"))
    if rng.random() < 0.2 and raw:
        raw[rng.randrange(len(raw))] = rng.randrange(256)
    return bytes(raw)


def spoil(tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    folder = sound_case(tmp_path / "case")
    tables = sound()
    for table in rng.sample(sorted(tables), rng.choice([1, 1, 2, 3])):
        (folder / f"{table}.csv").write_bytes(mutated(rng, text_of(table, tables[table])))
    for flags in ([], ["--partial"]):
        out = tmp_path / f"out{len(flags)}"
        ran = huaying("run", folder, "--out", out, "--lang", rng.choice(["zh", "en"]), *flags)
        assert ran.code in {0, 1}, ran.text
        assert ran.code == 0 or ran.err
        assert ran.code == 0 or not out.exists(), ran.err
        if ran.code == 0:
            again = huaying("run", folder, "--out", out, *flags)
            assert again.code == 0, again.text
            assert huaying("verify", f"sqlite:///{out / 'huaying.db'}").code == 0


@pytest.mark.parametrize("seed", range(10))
def test_any_bytes_are_answered(tmp_path: Path, seed: int) -> None:
    """Broken tables of every sort are problems or are fine, with and without --partial, and again when repeated."""
    spoil(tmp_path, seed)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(1000, 2000))
def test_any_bytes_are_answered_long(tmp_path: Path, seed: int) -> None:
    """The same, a thousand times."""
    spoil(tmp_path, seed)


def spoil_pack(tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    folder = sound_case(tmp_path / "case")
    text = (folder / "case.toml").read_text("utf-8")
    (folder / "case.toml").write_text(text.replace('"huaying"', '"place"'), "utf-8")
    shutil.copytree(SHIPPED, folder / "place")
    files = sorted(path for path in (folder / "place").rglob("*") if path.suffix in {".toml", ".csv"})
    for path in [rng.choice(files), folder / "case.toml"][: rng.choice([1, 1, 1, 2])]:
        path.write_bytes(mutated(rng, path.read_text("utf-8")))
    checked = huaying("check", folder / "place")
    assert checked.code in {0, 1}
    assert checked.code == 0 or checked.text
    ran = huaying("run", folder, "--out", tmp_path / "out")
    assert ran.code in {0, 1}
    assert ran.code == 0 or (ran.err and not (tmp_path / "out").exists()), ran.err
    assert checked.code == 0 or ran.code == 1, "a run refuses a pack that check finds broken"


@pytest.mark.parametrize("seed", range(10))
def test_any_pack_is_answered(tmp_path: Path, seed: int) -> None:
    """Broken packs of every sort are told of; a pack that `check` passes can be run with."""
    spoil_pack(tmp_path, seed)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(1000, 1600))
def test_any_pack_is_answered_long(tmp_path: Path, seed: int) -> None:
    """The same, six hundred times."""
    spoil_pack(tmp_path, seed)
