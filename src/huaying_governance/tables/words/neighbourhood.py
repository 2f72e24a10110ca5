"""邻里用词: the words that the tables of volunteering, collection points, coverage, inspection, incidents may hold."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from huaying_governance.tables.words import Words, word_table

HEADERS: Mapping[str, str] = MappingProxyType(
    {
        "active_volunteers": "活跃志愿者数",
        "added_target": "应增点位数",
        "afterwards": "整改后照片摘要",
        "area": "面积（平方米）",
        "before": "整改前照片摘要",
        "by_kind": "分类服务分钟",
        "candidates": "待派报名者",
        "charged": "是否收费",
        "clean": "是否整洁",
        "collection_point": "收集点编号",
        "corrections_asked": "待更正记录数",
        "counted": "计入点位数",
        "counted_point": "是否计入",
        "covered_count": "已覆盖数",
        "covered_most": "至多覆盖率（%）",
        "credit_code": "统一社会信用代码",
        "duplicate_of": "疑似重复于",
        "escalate_now": "须升级",
        "facility": "设施",
        "failed_rechecks": "复查不合格次数",
        "failing": "损坏数",
        "filed_no": "备案号",
        "first_on": "首次服务日期",
        "found_count": "发现数",
        "found_on": "发现日期",
        "guardian_consent": "监护人同意",
        "handed_over_count": "移交数",
        "has_facility": "已安装",
        "incident": "问题编号",
        "insured": "已投保",
        "intact": "设施完好",
        "last_served_on": "末次服务日期",
        "liable_unit": "涉事单位",
        "listed_points": "登记点位数",
        "matched_count": "派单数",
        "matched_rate": "派单率（%）",
        "metres": "相距（米）",
        "minor": "未成年",
        "name": "名称",
        "ordered_count": "责令数",
        "orders": "服务单数",
        "orders_done": "完成单数",
        "orders_done_rate": "完成率（%）",
        "organ": "接收机关",
        "organiser": "组织者编号",
        "overdue_count": "逾期数",
        "photo": "照片摘要",
        "place_type": "场所类型",
        "places_needed": "需要人次",
        "rated": "已评价数",
        "reach": "活动范围",
        "receipt": "移交回执编号",
        "receipts": "回执数",
        "rechecks": "复查次数",
        "rectified_count": "整改合格数",
        "rectified_on": "整改日期",
        "rectified_rate": "整改合格率（%）",
        "repeated_photos": "重复照片日期",
        "requester": "求助人编号",
        "required": "应覆盖数",
        "required_here": "应覆盖",
        "review_points": "待核点位数",
        "satisfied_count": "满意数",
        "satisfied_rate": "服务满意率（%）",
        "served_by": "最近收集点",
        "served_count": "确认服务人次",
        "served_here": "是否覆盖",
        "service_hours": "服务小时",
        "service_kind": "服务类别",
        "service_minutes": "服务分钟",
        "short_points": "尚缺点位数",
        "site": "点位编号",
        "subject": "统计对象",
        "target_met": "达标",
        "target_percent": "目标覆盖率（%）",
        "unconfirmed": "待确认记录数",
        "uncovered_ids": "未覆盖编号",
        "unvisited": "逾期未巡查",
        "valid_count": "成立数",
        "visit_due": "应巡查日期",
        "void_count": "作废关闭数",
        "volunteer": "志愿者编号",
        "volunteer_order": "服务单编号",
        "wait_hours": "平均办结小时",
    }
)
"""Headers that only these tables have: name → labels."""

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
SUBJECTS: Words = MappingProxyType(
    {**FACILITIES, **word_table({"households": "收集点服务住户", "inspection": "巡查点位"})}
)
"""What a rate of coverage is about."""
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
