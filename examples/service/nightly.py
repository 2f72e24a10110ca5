"""每日定时任务: what an office runs once a night over its store: reminders, deadlines beyond the calendar, the chain.

    python nightly.py STORE [DAY] --seals FOLDER

    0 2 * * *  python nightly.py sqlite:////srv/office.db --seals /srv/seals

However often it runs on a day, each reminder is given once. Exit status 1 where the chain is broken.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path

import huaying_governance as hg
from huaying_governance.kernel.dates import SHANGHAI, parse_date


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("store")
    parser.add_argument("day", nargs="?", type=parse_date, default=None)
    parser.add_argument("--seals", type=Path)
    args = parser.parse_args(argv)
    on: date = args.day or datetime.now(SHANGHAI).date()
    with hg.open_store(args.store, create=False) as store:
        book = hg.LedgerBook(store, hg.load_pack("huaying"), hg.china_calendar())
        moved = book.reproject(datetime.combine(on, time(2), SHANGHAI))
        reminded = book.remind(on)
        late = list(book.overdue(on))
        print(f"{on}: 提醒 {len(reminded)} 条，重算期限 {len(moved)} 条，超期 {len(late)} 条")
        for entry, event in reminded:
            print(f"  {entry} {event.timer} {event.rung} {event.day}")
        try:
            hg.verify(store)
        except hg.ChainBroken as broken:
            print(broken, file=sys.stderr)
            return 1
        if args.seals is not None:
            args.seals.mkdir(parents=True, exist_ok=True)
            sealed = hg.seal(store).to_dict()
            (args.seals / f"{on}.json").write_text(json.dumps(sealed, indent=1), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
