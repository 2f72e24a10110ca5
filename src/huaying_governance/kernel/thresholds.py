"""法定比例: majorities and shares as the law words them, over whole numbers of people or votes.

以上 and 以内 include the number, 超过 and 不满 exclude it (民法典 1259, a civil-law clause whose usage holds across
legislation). So two thirds of nine are six 以上 and seven 超过: the two differ whenever the share is a whole number.

>>> majority(9), two_thirds_or_more(9), more_than_two_thirds(9)
(5, 6, 7)
>>> majority.met(5, 9)
True
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from attrs import frozen

from huaying_governance.kernel.citation import Citation, Source
from huaying_governance.text import Text

COMPARATORS = Citation(
    Source("civil-code", Text("《中华人民共和国民法典》", "Civil Code of the People's Republic of China")),
    Text("第一千二百五十九条", "Article 1259"),
    "民法所称的“以上”、“以下”、“以内”、“届满”，包括本数；所称的“不满”、“超过”、“以外”，不包括本数。",
)
"""What makes a comparator include its number or not."""


@frozen
class Threshold:
    """比例: `part` of `whole`, reached (以上) or exceeded (超过, 过半数); called with n, the count that is needed."""

    title: Text
    part: int
    whole: int
    exceeded: bool = False

    def __call__(self, n: int) -> int:
        """Return the smallest count out of `n` that meets the threshold; n is one or more, for nobody has no share."""
        if n < 1:
            raise ValueError("a share is of one or more")
        if self.exceeded:
            return self.part * n // self.whole + 1
        return -(-self.part * n // self.whole)

    def met(self, count: int, n: int) -> bool:
        """Tell whether `count` out of `n` meets the threshold."""
        if not 0 <= count <= n:
            raise ValueError("a count lies between none and all")
        return count >= self(n)


majority = Threshold(Text("过半数", "more than half"), 1, 2, exceeded=True)
half_or_more = Threshold(Text("二分之一以上", "half or more"), 1, 2)
two_thirds_or_more = Threshold(Text("三分之二以上", "two thirds or more"), 2, 3)
more_than_two_thirds = Threshold(Text("超过三分之二", "more than two thirds"), 2, 3, exceeded=True)
three_quarters_or_more = Threshold(Text("四分之三以上", "three quarters or more"), 3, 4)
four_fifths_or_more = Threshold(Text("五分之四以上", "four fifths or more"), 4, 5)
unanimous = Threshold(Text("全体", "all"), 1, 1)
one_third_or_more = Threshold(Text("三分之一以上", "one third or more"), 1, 3)
one_fifth_or_more = Threshold(Text("五分之一以上", "one fifth or more"), 1, 5)
one_tenth_or_more = Threshold(Text("十分之一以上", "one tenth or more"), 1, 10)

THRESHOLDS: Mapping[str, Threshold] = MappingProxyType(
    {
        "majority": majority,
        "half": half_or_more,
        "two_thirds": two_thirds_or_more,
        "more_than_two_thirds": more_than_two_thirds,
        "four_fifths": four_fifths_or_more,
        "all": unanimous,
        "one_third": one_third_or_more,
        "one_fifth": one_fifth_or_more,
        "one_tenth": one_tenth_or_more,
    }
)
"""The shares that the rules of a pack may ask for, by the name they write."""
