"""标题匹配: free titles to matters of a list: ranked suggestions with their reasons, never a decision.

Office wrappers (关于做好…的通知) are stripped; what is left is compared by the tf-idf of its single characters, then
the best few by their longest common subsequence with the name. Single characters beat word segmentation here,
because titles shorten words freely (老年人 → 老人).
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType
from typing import Protocol

from attrs import field, frozen

_WRAPPERS = re.compile(
    r"^(关于|请|现将|为|转发)*(进一步|切实|全面|认真)*(做好|开展|加强|协助|配合|组织|落实|推进|抓好|报送|实施)*"
)
_TAILS = re.compile(
    r"((有关|相关)?(工作|事项|事宜|活动|任务|情况))?的?(紧急)?"
    r"(通知|通报|函|请示|报告|意见|方案|公告|安排|部署|提示|要求|工作)?$"
)
_NOISE = re.compile(r"[\s《》“”\"'（）()【】\u3014\u3015\[\]、，。；：,.;:!?！？·—-]|\d{4}年?度?|第\d+号|\d+")
SHORTLIST = 20
THRESHOLD = 0.5
"""Below an even chance no matter is suggested: none fits."""


@frozen
class Match:
    """候选: a matter's code, the chance that it is meant, and the characters it shares with the title, as reasons.

    The score is calibrated: of first matches with 0.8, about eight in ten are right on the committed titles.
    """

    code: str
    score: float
    shared: str = ""


class Matcher(Protocol):
    """匹配器: what suggests matters for a title; an embedding model may stand here as well."""

    def rank(self, title: str, count: int) -> Sequence[Match]:
        """Return at most `count` matches, best first; none where none fits."""
        ...


def core(title: str) -> str:
    """Return what a title is about: without wrappers, numbers, years and punctuation."""
    text = _NOISE.sub("", unicodedata.normalize("NFKC", title)).lower()
    inner = _TAILS.sub("", _WRAPPERS.sub("", text))
    return inner or text


def longest_common(a: str, b: str) -> str:
    """Return the longest common subsequence of two texts."""
    rows = [[0] * (len(b) + 1)]
    for left in a:
        last, row = rows[-1], [0]
        for place, right in enumerate(b):
            row.append(last[place] + 1 if left == right else max(last[place + 1], row[place]))
        rows.append(row)
    found: list[str] = []
    i, j = len(a), len(b)
    while i and j:
        if a[i - 1] == b[j - 1]:
            found.append(a[i - 1])
            i, j = i - 1, j - 1
        elif rows[i - 1][j] >= rows[i][j - 1]:
            i -= 1
        else:
            j -= 1
    return "".join(reversed(found))


@frozen
class Confirmed:
    """已确认标题: titles whose matter an officer has confirmed, known again exactly, never by likeness."""

    codes: Mapping[str, str] = field(factory=lambda: MappingProxyType({}), hash=False)

    def confirm(self, title: str, code: str) -> Confirmed:
        """Return the confirmed titles with one more; a later confirmation of a title replaces the earlier one."""
        return Confirmed(MappingProxyType({**self.codes, core(title): code}))

    def get(self, title: str) -> str | None:
        """Return the code confirmed for a title, None where none was."""
        return self.codes.get(core(title))


class TitleMatcher:
    """标题匹配器: the matcher of this library: pure Python, nothing to load."""

    def __init__(
        self, names: Mapping[str, str], *, threshold: float = THRESHOLD, confirmed: Confirmed | None = None
    ) -> None:
        self._threshold = threshold
        self._confirmed = Confirmed() if confirmed is None else confirmed
        cores = {code: core(name) for code, name in names.items()}
        documents = Counter(character for text in cores.values() for character in set(text))
        total = len(cores)
        self._weight = {
            character: math.log((total + 1) / (n + 0.5)) + 0.1 for character, n in documents.items()
        }
        self._unseen = math.log((total + 1) / 0.5) + 0.1
        self._cores = cores
        self._norm = {code: self._length(Counter(text)) for code, text in cores.items()}
        self._where: dict[str, list[tuple[str, int]]] = {}
        for code, text in cores.items():
            for character, n in Counter(text).items():
                self._where.setdefault(character, []).append((code, n))

    def _length(self, counts: Counter[str]) -> float:
        weight = self._weight
        return math.sqrt(sum((n * weight.get(c, self._unseen)) ** 2 for c, n in counts.items())) or 1.0

    def rank(self, title: str, count: int) -> tuple[Match, ...]:
        """Return at most `count` matches whose score reaches the threshold, best first."""
        known = self._confirmed.get(title)
        if known is not None and known in self._cores:
            return (Match(known, 1.0, core(title)),)
        text = core(title)[:200]
        counts = Counter(text)
        dots: dict[str, float] = {}
        for character, n in counts.items():
            weight = self._weight.get(character, 0.0) ** 2
            for code, m in self._where.get(character, ()):
                dots[code] = dots.get(code, 0.0) + n * m * weight
        length = self._length(counts)
        cosines = {code: dot / (length * self._norm[code]) for code, dot in dots.items()}
        best = sorted(cosines, key=lambda code: (-cosines[code], code))[:SHORTLIST]
        found = [self._match(code, text, cosines[code]) for code in best]
        fitting = [match for match in found if match.score >= self._threshold]
        return tuple(sorted(fitting, key=lambda match: (-match.score, match.code))[:count])

    def _match(self, code: str, text: str, cosine: float) -> Match:
        name = self._cores[code]
        shared = longest_common(text, name)
        weight = self._weight
        part = sum(weight[c] for c in shared) / (sum(weight[c] for c in name) or 1.0)
        pairs = _pairs(name)
        likeness = 0.5 * cosine + 0.3 * part + 0.2 * len(pairs & _pairs(text)) / max(len(pairs), 1)
        return Match(code, chance(likeness), shared)


def _pairs(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)}


CALIBRATION: tuple[tuple[float, float], ...] = (
    (0.0, 0.0),
    (0.135, 0.0),
    (0.22, 0.5),
    (0.29, 0.66),
    (0.32, 0.8),
    (0.48, 0.95),
    (0.84, 0.995),
    (1.0, 1.0),
)
"""Likeness → share of titles of that likeness whose first match was right: `benchmarks/screening/calibrate.py` prints
it from the tuning part of the titles there."""


def chance(likeness: float) -> float:
    """Return how often a first match of this likeness was right, between the points of the calibration."""
    for (low, before), (high, after) in pairwise(CALIBRATION):
        if likeness <= high:
            return round(before + (after - before) * (likeness - low) / (high - low), 4)
    return CALIBRATION[-1][1]
