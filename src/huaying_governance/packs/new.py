"""新政策包: a new pack for another place, copied from a template that passes every check; the place fills it in."""

from __future__ import annotations

from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from huaying_governance.errors import Place, Problem, Problems
from huaying_governance.text import Text

_FILLED = ".in"
"""Ending of a template file that the id is written into; so the template itself is no shipped pack."""


def new_pack(folder: Path | str) -> tuple[Path, ...]:
    """Write a new pack into `folder`, named after it, and return the files.

    Raises `Problems`, before anything is written, where the folder is a file or not empty, or its name cannot be an id.
    """
    target = Path(folder)
    name = target.name
    if not (name.isascii() and name.replace("-", "").isalnum() and name[0].isalpha() and name.islower()):
        message = Text("文件夹名不能作政策包标识", "the folder's name cannot be the id of a pack")
        cure = Text(
            "用小写字母、数字和连字符，以字母开头", "use small letters, digits and hyphens, a letter first"
        )
        raise Problems([Problem("bad-id", message, cure, Place(str(folder)))])
    if target.exists() and not target.is_dir():
        message = Text("那里已有一个文件", "there is a file of this name already")
        cure = Text("另写一个文件夹名", "name another folder")
        raise Problems([Problem("not-empty", message, cure, Place(str(folder)))])
    if target.exists() and any(target.iterdir()):
        message = Text("文件夹已有内容，不会覆盖", "the folder is not empty; nothing is overwritten")
        cure = Text("另选一个空文件夹或新文件夹", "choose a new or an empty folder")
        raise Problems([Problem("not-empty", message, cure, Place(str(folder)))])
    return tuple(_copied(resources.files("huaying_governance.packs").joinpath("template"), target, name))


def _copied(source: Traversable, target: Path, name: str) -> list[Path]:
    """Write the files of a template folder below `target` and return them, in the order of their names."""
    target.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    for entry in sorted(source.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            written += _copied(entry, target / entry.name, name)
            continue
        text = entry.read_text("utf-8")
        if entry.name.endswith(_FILLED):
            text = text.replace("{id}", name)
        made = target / entry.name.removesuffix(_FILLED)
        made.write_text(text, "utf-8", newline="\n")
        written.append(made)
    return written
