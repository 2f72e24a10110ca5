"""邻里用词: the words that the tables of volunteering, collection points, coverage, inspection, incidents may hold."""

from __future__ import annotations

from huaying_governance.tables.vocabulary import Words, word_table

VOLUNTEER_ACTIONS: Words = word_table(
    {
        "offer": "报名",
        "leave": "退出",
        "match": "派单",
        "record": "记录 服务记录",
        "confirm": "确认",
        "ask_correction": "要求更正",
        "correct": "更正",
        "cancel": "取消",
        "close": "到期结单 结单",
    }
)
VOLUNTEER_ROLES: Words = word_table(
    {"resident": "居民 求助人", "volunteer": "志愿者", "coordinator": "组织者 协调员"}
)
PARTNER_KINDS: Words = word_table(
    {
        "volunteers": "志愿者协会",
        "elderly": "老年人协会",
        "social": "社会组织",
        "group": "群众活动团队 兴趣小组",
    }
)
POINT_KINDS: Words = word_table(
    {"point": "收集点 垃圾收集点", "station_motor": "机动车收集站", "station_hand": "人力收集站"}
)
DATUMS: Words = word_table(
    {
        "cgcs2000": "2000国家大地坐标系",
        "wgs84": "WGS84",
        "gcj02": "GCJ-02 火星坐标 高德坐标",
        "bd09": "BD-09 百度坐标",
    }
)
POINT_ACTIONS: Words = word_table(
    {"build": "建成", "open": "启用", "keep": "核为不同点位", "void": "作废", "close": "关闭"}
)
POINT_ROLES: Words = word_table({"community": "社区", "operator": "管护单位", "organ": "主管部门"})
FACILITIES: Words = word_table(
    {"camera": "监控点 摄像机", "lamp": "路灯", "hydrant": "消火栓", "aed": "AED 自动体外除颤器"}
)
PLACE_TYPES: Words = word_table(
    {
        "main_road": "主要道路",
        "residential_cluster": "集中居住地 集中居住区",
        "square": "广场",
        "other": "其他公共场所",
    }
)
SITE_KINDS: Words = word_table(
    {
        "alley": "背街小巷",
        "green": "公共绿地",
        "market": "市场周边",
        "riverside": "河道沟渠",
        "collection": "垃圾收集点",
        "site": "其他点位",
    }
)
INCIDENT_KINDS: Words = word_table(
    {"dumping": "偷倒建筑垃圾", "greenery": "毁绿种菜", "litter": "乱堆乱放", "other": "其他环境问题"}
)
OUT_OF_SCOPE: Words = word_table(
    {
        "organised_crime": "扫黑除恶 六清 扫黑除恶“六清”",
        "security_case": "盗窃 盗窃案件 治安案件 刑事案件",
        "suspects": "嫌疑人",
        "footage": "监控录像 人脸 车牌",
    }
)
"""Known only to be told that they do not belong here, and where they do."""
INCIDENT_ACTIONS: Words = word_table(
    {
        "verify": "核实",
        "dismiss": "认定不成立",
        "order": "责令整改",
        "extend": "延期",
        "rectify": "整改",
        "recheck": "复查",
        "escalate": "升级",
        "hand_over": "移交",
        "close": "办结",
    }
)
INCIDENT_ROLES: Words = word_table(
    {"community": "社区", "liable": "责任方", "inspector": "复查人", "organ": "执法机关 主管部门"}
)
