"""待述文本: a text that is filled when it is first said, so that a ruling costs little until it is read."""

from __future__ import annotations

from collections.abc import Mapping

from huaying_governance.text import Text


class Later(Text):
    """A template and what fills it; filled at the first reading, then kept. To its reader a `Text` like any other.

    The values must never change. Safe under threads: at worst the text is filled twice.
    """

    __slots__ = ("_template", "_values")

    _template: Text
    _values: Mapping[str, object]

    def __init__(self, template: Text, values: Mapping[str, object]) -> None:
        # `zh` and `en` stay unset: their first reading comes to `__getattr__`.
        _set(self, "_template", template)
        _set(self, "_values", values)

    def __getattr__(self, name: str) -> str:
        if name not in {"zh", "en"}:
            raise AttributeError(name)
        filled = self._template.fill(**self._values)
        _set(self, "zh", filled.zh)
        _set(self, "en", filled.en)
        return filled.zh if name == "zh" else filled.en

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Text) and (self.zh, self.en) == (other.zh, other.en)

    def __hash__(self) -> int:
        return hash(Text(self.zh, self.en))

    def __repr__(self) -> str:
        return repr(Text(self.zh, self.en))

    def __reduce__(self) -> tuple[type[Text], tuple[str, str]]:
        return Text, (self.zh, self.en)


_set = object.__setattr__
