"""主体: organisations, communities, roles, actors, and references to persons.

Organisations are public bodies and are named; persons are referred to by a token that says nothing about them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Literal

from attrs import frozen

from huaying_governance.errors import Problem, Problems
from huaying_governance.kernel.dates import in_force
from huaying_governance.kernel.privacy import mask
from huaying_governance.text import Text

Level = Literal["central", "province", "prefecture", "county", "township", "community"]
LEVELS: Mapping[str, Text] = MappingProxyType(
    {
        "central": Text("中央", "central"),
        "province": Text("省级", "province"),
        "prefecture": Text("市级", "prefecture"),
        "county": Text("县级", "county"),
        "township": Text("乡镇（街道）级", "township or subdistrict"),
        "community": Text("社区（村）级", "community or village"),
    }
)

OrganisationKind = Literal[
    "party",
    "congress",
    "government",
    "department",
    "court",
    "institution",
    "mass",
    "committee",
    "enterprise",
    "social",
]
ORGANISATION_KINDS: Mapping[str, Text] = MappingProxyType(
    {
        "party": Text("党的机关", "party body"),
        "congress": Text("人大、政协机关", "people's congress or consultative conference"),
        "government": Text("人民政府、街道办事处", "government or subdistrict office"),
        "department": Text("政府部门", "government department"),
        "court": Text("司法机关", "court or procuratorate"),
        "institution": Text("事业单位", "public institution"),
        "mass": Text("群团组织", "mass organisation"),
        "committee": Text("居民委员会、村民委员会", "residents' or villagers' committee"),
        "enterprise": Text("企业", "enterprise"),
        "social": Text("社会组织", "social organisation"),
    }
)

Body = Literal["residents_committee", "villagers_committee"]
BODIES: Mapping[str, Text] = MappingProxyType(
    {
        "residents_committee": Text("居民委员会", "residents' committee"),
        "villagers_committee": Text("村民委员会", "villagers' committee"),
    }
)

Role = Literal["clerk", "handler", "unit_head", "verifier", "leader"]
ROLES: Mapping[str, Text] = MappingProxyType(
    {
        "clerk": Text("登记员", "clerk"),
        "handler": Text("经办人", "handler"),
        "unit_head": Text("承办单位负责人", "unit head"),
        "verifier": Text("核验人", "verifier"),
        "leader": Text("分管领导", "leader"),
    }
)


@frozen
class Organisation:
    """单位: a public body, known by its name and its aliases, in force from `since` to `until` (both included)."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    level: str = ""
    kind: str = ""
    since: date | None = None
    until: date | None = None

    def in_force(self, day: date) -> bool:
        """Tell whether the organisation exists on `day`."""
        return in_force(day, self.since, self.until)

    def known_as(self, text: str) -> bool:
        """Tell whether `text` is its id, its name or one of its aliases."""
        return text in (self.id, self.name, *self.aliases)


@frozen
class Community:
    """社区（村）: the place of a residents' or villagers' committee. `code` is its 12-digit division code, or empty."""

    id: str
    name: str
    code: str = ""
    kind: str = "residents_committee"
    since: date | None = None
    until: date | None = None

    def in_force(self, day: date) -> bool:
        """Tell whether the community exists on `day`."""
        return in_force(day, self.since, self.until)

    def known_as(self, text: str) -> bool:
        """Tell whether `text` is its id or its name."""
        return text in (self.id, self.name)


@frozen
class Actor:
    """行为人: who acts, by a reference, and in which role."""

    ref: str
    role: Role


@frozen(repr=False)
class PersonRef:
    """人员引用: a token that stands for a person, never a name or a number of the person. Its repr is masked."""

    token: str

    def __repr__(self) -> str:
        return f"PersonRef({mask(self.token)!r})"

    @classmethod
    def parse(cls, text: str) -> PersonRef:
        """Return the reference written as `text`; raises `Problems` for what is no token but a person's own data."""
        if fault := _not_a_token(text):
            cure = Text(
                "改用本单位内部编号，编号与姓名的对应另行保管",
                "use a number of your own and keep the list of names elsewhere",
            )
            raise Problems([Problem("not-a-reference", fault, cure, value=mask(text))])
        return cls(text)


def _not_a_token(text: str) -> Text | None:
    if not text or len(text) > 64 or text != text.strip() or not text.isprintable():
        return Text("引用应为 1 至 64 个可见字符", "a reference is 1 to 64 visible characters")
    if re.fullmatch(r"[0-9]{17}[0-9Xx]|[0-9]{15}", text):
        return Text("引用不能是公民身份号码", "a reference must not be a resident id number")
    if re.fullmatch(r"(?:\+?86)?1[3-9][0-9]{9}", text):
        return Text("引用不能是手机号码", "a reference must not be a phone number")
    if re.fullmatch(r"[一-鿿]{2,4}|[一-鿿]{1,12}·[一-鿿·]{1,12}", text):
        return Text("引用不能是姓名", "a reference must not be a name")
    return None
