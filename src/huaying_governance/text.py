"""Text in Chinese and in English (双语文本): every label, message and explanation is a pair.

This is the lowest module of the library: errors, rulings and tables all speak through it.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from attrs import frozen

Lang: TypeAlias = Literal["zh", "en"]
LANGS: tuple[Lang, Lang] = ("zh", "en")


@frozen
class Text:
    """One statement, said in Chinese and in English.

    `zh` and `en` may hold `{name}` places, which `fill` replaces in both at once.
    """

    zh: str
    en: str

    def say(self, lang: Lang) -> str:
        """Return the text in `lang`."""
        return self.zh if lang == "zh" else self.en

    def fill(self, **values: object) -> Text:
        """Return the text with each `{name}` replaced; a `Text` value is said in the matching language."""
        return Text(
            self.zh.format(**{k: v.zh if isinstance(v, Text) else v for k, v in values.items()}),
            self.en.format(**{k: v.en if isinstance(v, Text) else v for k, v in values.items()}),
        )

    def to_dict(self) -> dict[str, str]:
        """Return `{"zh": …, "en": …}`."""
        return {"zh": self.zh, "en": self.en}


def same(text: str) -> Text:
    """Return a text that reads alike in both languages: a code, a name, a figure."""
    return Text(text, text)
