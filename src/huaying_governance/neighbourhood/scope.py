"""不在范围: what the article names and this library deliberately does not hold; each with why, and where it belongs.

扫黑除恶“六清”, the investigation of theft and of security cases, suspects, and footage belong to the organs that the
law names. Of a matter handed to them the library keeps a receipt: its number, its day, the organ. Nothing else.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from attrs import fields_dict, frozen

from huaying_governance.errors import OutOfScope
from huaying_governance.text import Text

OUT = Text("{t}不在本库范围：{why}", "{t} is out of scope: {why}")
RECEIPT = Text(
    "移交有权机关，本库只记移交回执（编号、日期、接收机关）",
    "hand it to the competent organ; only the receipt is kept here: number, day, organ",
)


@frozen
class Subject:
    """范围外事项: the words that name it, what it is, and why it is not held."""

    words: str
    title: Text
    why: Text


SUBJECTS: Mapping[str, Subject] = MappingProxyType(
    {
        "organised_crime": Subject(
            "扫黑|除恶|六清|涉黑|涉恶|黑恶|organi[sz]ed.?crime|gangs?\\b|criminal.?syndicate",
            Text("扫黑除恶“六清”行动", "the campaign against organised crime (扫黑除恶“六清”)"),
            Text(
                "属政法机关办案，线索和人员信息不得由社区留存",
                "it is for the organs of justice; leads and persons are not kept by a community",
            ),
        ),
        "security_case": Subject(
            "盗窃|偷窃|刑事|治安案件|案件侦|立案侦查|theft|burglary|robbery|criminal.?case|security.?case",
            Text("盗窃等刑事、治安案件的查处", "the investigation of theft and other cases"),
            Text(
                "由公安机关查处，案情不在社区流转",
                "the police investigate; the facts of a case do not circulate",
            ),
        ),
        "suspects": Subject(
            "嫌疑人|嫌犯|涉案人|在逃|suspects?\\b|fugitives?\\b",
            Text("嫌疑人、涉案人", "suspects and persons involved"),
            Text("本库不建立个人的违法犯罪记录", "no record of a person's offences is kept here"),
        ),
        "footage": Subject(
            "监控录像|视频画面|人脸|车牌|抓拍|footage|face.?recognition|licen[cs]e.?plates?",
            Text("公共安全视频、人脸和车牌", "footage, faces and licence plates"),
            Text(
                "公共安全视频由有权机关管理，本库只按点位统计覆盖",
                "it is kept by the competent organ; here only places are counted",
            ),
        ),
    }
)


def subject_of(text: str) -> str | None:
    """Return the code of the out-of-scope subject that `text` names; None for a fit one."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace("_", " ")
    if plain.replace(" ", "_") in SUBJECTS:
        return plain.replace(" ", "_")
    joined = re.sub(r"\s+", "", plain)
    for code, subject in SUBJECTS.items():
        if re.search(subject.words, plain) or re.search(subject.words, joined):
            return code
    return None


def refuse_out_of_scope(text: str) -> None:
    """Raise `OutOfScope`, saying why and where it belongs, if `text` names a subject that is not held here."""
    code = subject_of(text)
    if code is not None:
        subject = SUBJECTS[code]
        raise OutOfScope(OUT.fill(t=subject.title, why=subject.why), RECEIPT)


@frozen(kw_only=True)
class HandoverReceipt:
    """移交回执: its number, its day, and the organ that received. What was handed over is not told."""

    receipt: str
    on: date
    organ: str

    @classmethod
    def of(cls, values: Mapping[str, object]) -> HandoverReceipt:
        """Return the receipt that these values state; raises `OutOfScope` for anything beyond the three."""
        beyond = [name for name in values if name not in fields_dict(cls)]
        if beyond:
            raise OutOfScope(
                Text(
                    "移交回执只有编号、日期、接收机关，没有其他内容",
                    "a receipt has a number, a day and an organ, and nothing else",
                ),
                RECEIPT,
            )
        return cls(**values)  # type: ignore[arg-type] # the three fields
