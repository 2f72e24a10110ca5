"""寻找政策包: from a name or a path to a folder, and the files of a folder that are read."""

from __future__ import annotations

from pathlib import Path

SHIPPED = Path(__file__).parent
"""Where the packs lie that come with the library, each a folder."""
CASES = ".cases"
"""`NAME.cases.toml` and `NAME.cases.csv` beside a file test it; they are no part of a pack."""


def files(folder: Path, end: str) -> list[Path]:
    """Return the files of a folder with this ending, by name, without the cases that test them."""
    return [path for path in sorted(folder.glob(f"*.{end}")) if not path.stem.endswith(CASES)]


def shipped_packs() -> tuple[str, ...]:
    """Return the names of the packs that come with the library."""
    return tuple(sorted(entry.name for entry in SHIPPED.iterdir() if (entry / "pack.toml").is_file()))


def pack_folder(name_or_path: str | Path) -> Path:
    """Return the folder of a pack: a shipped one for a plain name, else the path as it is."""
    if isinstance(name_or_path, str) and name_or_path in shipped_packs():
        return SHIPPED / name_or_path
    return Path(name_or_path)
