"""隐私: masks for personal values, and the columns that this library must not hold.

Masks keep what tells two rows apart for a clerk and no more; a value of another shape falls back to `mask`, which
keeps one character. The red lines (不得保存) are read from a column's name alone, in Chinese or English: they err
towards asking, since a column renamed costs a minute and a register of persons cannot be unmade. The reasons:
个人信息保护法 articles 6 and 28, and the scope of this library (matters and places, never profiles of people).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches

from attrs import frozen

from huaying_governance.text import Text

# Masks --------------------------------------------------------------------------------------------------------

_MASKED_LENGTH = 12
_LONGEST_PLACE = 32
_PLACE = re.compile(r"\w[\w（）()·-]{0,26}(?:社区|小区|街道|居委会|村委会|居民委员会|村民委员会)|\w{3,30}村")
_TWO_CHARACTER_SURNAMES = (
    "欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|长孙|宇文|司徒|司空|夏侯|轩辕|端木|百里|呼延|南宫|独孤|钟离|"
    "申屠|闻人|太史|公冶|濮阳|淳于|单于|澹台|万俟|赫连|鲜于|闾丘|太叔|宗政|仲孙|子车|拓跋|夹谷|谷梁|段干|东郭|西门"
)


def mask(text: str) -> str:
    """Return the first character and stars for the rest, at most twelve characters; a single one is a star."""
    if len(text) < 2:
        return "*" * len(text)
    first = text[0] if text[0].isprintable() and not text[0].isspace() else "*"
    return first + "*" * (min(len(text), _MASKED_LENGTH) - 1)


def mask_place(name: str, known: Iterable[str] = ()) -> str:
    """Return a name formed like that of a community, or like one of `known`, as it is; anything else masked.

    The name of a place is no personal data; but a cell in the wrong column may hold a person's name.
    """
    formed = _PLACE.fullmatch(name) is not None and not re.search(r"[0-9]{6}", name)
    near = not name.isdigit() and get_close_matches(name[:_LONGEST_PLACE], list(known), n=1, cutoff=0.7)
    return name if formed or near else mask(name)


def mask_name(name: str) -> str:
    """Return the surname and a star for each further character: 张*, 欧阳**."""
    if len(name) > 2 and re.match(_TWO_CHARACTER_SURNAMES, name):
        return name[:2] + "*" * min(len(name) - 2, _MASKED_LENGTH)
    return mask(name)


def mask_resident_id(number: str, *, match_screen: bool = False) -> str:
    """Return the division and stars: `511681************`; on a screen for matching also the last four."""
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number):
        return mask(number)
    return number[:6] + ("*" * 8 + number[-4:] if match_screen else "*" * 12)


def mask_phone(number: str) -> str:
    """Return `138****1234` for a mobile number."""
    return f"{number[:3]}****{number[-4:]}" if re.fullmatch(r"1[0-9]{10}", number) else mask(number)


def mask_bank(number: str) -> str:
    """Return stars and the last four digits of a bank account."""
    return "*" * (len(number) - 4) + number[-4:] if re.fullmatch(r"[0-9]{12,30}", number) else mask(number)


# Red lines ----------------------------------------------------------------------------------------------------


@frozen
class _RedLine:
    """A subject, the words that name it, and the words with which they mean something else.

    `zh` is sought in the name without separators, `en` in its words, lower-case and parted by single spaces. Nothing
    in `en` matches inside a word.
    """

    subject: Text
    zh: str
    en: str
    unless: str = ""


_NO = r"(?:no|num|number|nr)s?"
_GRADE = r"(?:level|score|rating|grade|class|category|tier|index|rank|label|tag|flag|profile|point)s?"

_RED_LINES = (
    _RedLine(
        Text("公民身份号码等证件号码", "resident id numbers and other identity documents"),
        "身份证|身份号码|公民身份|证件号|护照|居住证号|社保号|社会保障号",
        rf"(?:resident|national|citizen) ?(?:id|identity|identification)|(?:id|identity) ?(?:card|{_NO}|document)s?|"
        rf"identification {_NO}|passports?|social security {_NO}|ssn|sfzh?m?",
    ),
    _RedLine(
        Text("电话等联系方式", "phone numbers and other contact details"),
        "手机(?!定位)|电话(?!回访|会议|访谈|抽查)|座机|联系方式|联系号码|微信(?!群|公众)|qq",
        rf"(?:cell |mobile )?phones?(?! (?:call|survey|meeting|interview|follow))|cellphones?|phone{_NO}|telephones?|"
        rf"tel$|tel {_NO}|mobile$|mobile ?{_NO}|mobilephone|wechat|weixin|qq|sjhm?|lxdh|lxfs|"
        rf"contact ?(?:{_NO}|info|details?)",
    ),
    _RedLine(
        Text("人脸、指纹等生物识别信息", "biometrics"),
        "人脸|脸部|面部|指纹|掌纹|虹膜|声纹|步态|生物特征|生物识别|dna|基因(?:信息|数据|型|检测)",
        r"(?<!to )faces?(?! (?:to|value))|face(?:id|print)s?|facial|finger ?prints?|palm ?prints?|iris|retina|"
        r"voice ?prints?|gait|biometrics?|dna|genetic",
    ),
    _RedLine(
        Text("行踪轨迹", "whereabouts and trajectories"),
        "轨迹|行踪|行程码|出行记录|活动路线|gps|(?:实时|手机|人员|北斗|位置)定位|定位(?:信息|数据|坐标)",
        r"trajector(?:y|ies)|whereabouts|gps|geo ?locations?|(?:live|real ?time|current|last) location|"
        r"(?:location|movement|travel) ?(?:history|track|tracks|tracking|trace|traces|logs?|records?)",
    ),
    _RedLine(
        Text("车牌号", "licence plates"),
        "车牌|车辆号|机动车号|号牌号码",
        rf"(?:licen[cs]e|number|car|vehicle|registration) ?plates?|^plates?$|(?<!door )(?<!house )plates? ?{_NO}|cphm?",
    ),
    _RedLine(
        Text("对个人的风险评级或重点人员标识", "risk levels, scores or watch-lists of persons"),
        "风险(?:等级|级别|评级|评分|分数|分值|分级|指数|得分|值|程度|类别|标签|人员|人群|对象)|(?:个人|人员|居民)(?:风险|等级|分级)|"
        "^风险$|高风险|危险(?:人员|分子)|重点(?:人(?!才)|管控|关注|稳控)|(?:管控|稳控|关注)(?:等级|级别|对象|人员)|特殊人群|"
        "(?:信用|诚信|维稳|稳定|社会)(?:评分|分数|得分|分值|等级|指数|分$)|(?:人员|人物)(?:标签|画像)|黑名单|上访老户",
        rf"risk ?{_GRADE}|^risks?$|(?:high|at) risk$|high risk (?:person|people|resident|individual|group)s?|"
        rf"(?:person|personal|people|resident|individual|petitioner|household|family)s? ?(?:risks?|{_GRADE})|"
        rf"(?:danger|threat|stability|credit|trust) ?{_GRADE}|(?:watch|black) ?lists?|"
        r"(?:key|special|focus) ?(?:persons?(?! role)|people|populations?)",
        "隐患|场所|建筑|设施|房屋|火灾|消防|地质|灾害|项目|资金|燃气|电梯|道路|水域|食品|廉政|决策|点位|企业|"
        r"\b(?:place|site|building|house|fire|hazard|project|fund|facility|flood|road|gas|decision|employer|company)s?\b",
    ),
    _RedLine(
        Text("宗教信仰", "religion"),
        "宗教|信仰|教派",
        r"religions?|religious|creed|(?<!good )faith$",
        r"宗教(?:事务|场所|活动场所)|\breligious (?:affairs|venue|site|place)s?\b",
    ),
    _RedLine(
        Text("民族", "ethnicity"),
        "民族(?!团结|乡|村|路|街|社区|事务|小学|中学|学校|文化|特色|共同体)|族别|种族",
        r"ethnic(?:ity|ities)?|nationalit(?:y|ies)|^nation$|^race$|racial",
    ),
    _RedLine(
        Text("政治面貌、政治观点", "political status and opinions"),
        "政治(?:面貌|身份|倾向|观点|立场|态度|表现|历史)|党派",
        r"political ?(?:status|affiliation|opinion|view|stance|leaning|outlook|identity|party|belief|attitude)s?|"
        r"party (?:affiliation|membership)|zzmm",
    ),
    _RedLine(
        Text("健康与病情", "health details"),
        "病史|病情|病历|病例|病种|患病|疾病(?!预防|防控)|大病(?!救助|保险)|慢性?病|诊断|传染病(?!防)|艾滋|hiv|血型|体检|用药|"
        "过敏|孕|残障|残疾(?!人(?:联合会|之家|专职|工作|服务|事业|协会))|精神(?:病|障碍|状况|状态|疾病|患者)|身体状况|"
        "^健康$|健康(?:状况|状态|情况|信息|档案|码|史|问题|记录)|医疗(?:记录|史)",
        r"^health$|health ?(?:status|state|condition|detail|record|history|info|information|data|code|problem)s?|"
        r"medical (?:condition|record|history|info|information|data|report|note)s?|"
        r"diagnos(?:is|es|ed)|diseases?(?! (?:prevention|control))|illness(?:es)?|sickness|"
        r"medications?|disabilit(?:y|ies)|disabled (?:person|people|resident)s?|pregnan(?:t|cy)|hiv|allerg(?:y|ies)|"
        r"blood ?(?:type|group)|mental ?(?:health|illness|state|status|disorder)|symptoms?",
        "(?:问题|管理|需求)诊断|(?:城市|社区|小区|房屋)体检",
    ),
    _RedLine(
        Text("银行账户", "bank accounts"),
        "银行(?:卡|账|帐|户)|卡号|开户|存折|(?<!台)[账帐](?:号|户)|支付宝|社保卡",
        rf"bank ?(?:account|card|acct|{_NO}|name|branch|info|detail)s?|^bank$|(?:account|acct|card) ?{_NO}|acct|iban|"
        r"(?:credit|debit) ?cards?|alipay|yhkh?|yhzh",
        "(?:登录|系统|用户|平台|公众|视频)[账帐][号户]",
    ),
    _RedLine(
        Text("检举控告、举报人", "accusations and informants"),
        "检举|控告|举报|揭发|告发|告密|线人",
        r"accus(?:ed|er|ers|ation|ations)|informants?|informers?|whistle ?blow(?:er|ers|ing)|denunciations?|tip ?offs?",
    ),
    _RedLine(
        Text("违法犯罪记录", "criminal records"),
        "犯罪|嫌疑|嫌犯|涉案人|前科|案底|刑(?:满|事|期|罚)|服刑|吸毒|涉毒|矫正|拘留|劣迹|违法记录|邪教",
        r"criminals?|suspects?|crimes?(?! prevention)|convict(?:ed|ion|ions|s)?|offenders?|parole|prison|arrests?|"
        r"police records?|drug ?(?:use|user|abuse|addict)s?",
        "预防.*犯罪|犯罪预防",
    ),
    _RedLine(
        Text("监控影像", "camera footage"),
        "录像|抓拍|监控(?:视频|画面|影像)|摄像头?(?:画面|数据)",
        r"surveillance|cctv|footage|camera (?:video|image|feed|data)s?",
    ),
)

_PLACES_ONLY = (
    _RedLine(
        Text("嫌疑人、涉案人", "suspects and persons involved in a case"),
        "嫌疑|嫌犯|涉案|在逃|案犯",
        r"suspects?|suspected (?:person|name)s?|offenders?|fugitives?|culprits?",
    ),
    _RedLine(
        Text("车牌、车辆", "plates and vehicles"),
        "车牌|号牌|车辆|车主|车型",
        r"plates?|vehicles?|cars?|number ?plates?",
    ),
    _RedLine(
        Text("图像、视频", "images and video"),
        "图像|图片|照片|相片|截图|影像|视频|录像|画面|抓拍|快照|码流|视野|视场|视角|室内",
        r"images?|pictures?|photos?|pics?|snapshots?|screenshots?|videos?|footage|streams?|recordings?|thumbnails?|"
        r"field of view|fov|interiors?",
    ),
    _RedLine(
        Text("人员信息", "persons"),
        "人员|姓名|人名|身份|行人|路人|当事人|居民(?!点|小区|区|楼)|业主|户主|住户|人像|人脸|面部|性别|年龄",
        r"persons?|people|pedestrians?|passers? ?by|individuals?|residents?|owners?|tenants?|identit(?:y|ies)|faces?|"
        r"facial|gender|ages?|(?:first|last|family|given|full|person) ?names?",
    ),
)
"""What a table of places may not hold beyond the red lines: it counts places, never who or what was seen there."""


def forbidden_header(name: str) -> Text | None:
    """Return what the column `name` would hold that this library must not hold, or None for a fit name.

    The name is read in any spelling: full width, spaced, snake_case, camelCase, the usual pinyin initials.
    """
    return _crossed(name, _RED_LINES)


def forbidden_of_place(name: str) -> Text | None:
    """Return what the column `name` of a public place would hold beyond the place, or None for a fit name."""
    return _crossed(name, _PLACES_ONLY)


def _crossed(name: str, lines: Iterable[_RedLine]) -> Text | None:
    name = unicodedata.normalize("NFKC", name)
    words = _words(name)
    joined = re.sub(r"[\W_]+", "", name.casefold())
    for line in lines:
        if re.search(line.zh, joined) or re.search(rf"\b(?:{line.en})\b", words):
            # The exception is sought in both forms: a Chinese word in the one, an English word in the other.
            if line.unless and (re.search(line.unless, joined) or re.search(line.unless, words)):
                continue
            return line.subject
    return None


def _words(name: str) -> str:
    parted = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Za-z])(?=[0-9])", " ", name)
    return " ".join(re.findall(r"[a-z0-9]+", parted.casefold()))
