"""Write titles.csv: titles that should find a matter of the shipped list, and titles that fit none.

`plain` and `harsh` are generated from the matters' names with a fixed seed; `colloquial` and `foreign` were written by
hand, as people say things. The last third of each part is frozen: it is looked at by the benchmark, never for tuning.

    python benchmarks/screening/make_titles.py
"""

from __future__ import annotations

import csv
import random
from pathlib import Path

from huaying_governance.packs import load_pack

HERE = Path(__file__).parent
COLLOQUIAL = """
ZZ01 开个居民大会定小区停车的事|通知大家来开居民会
ZZ02 周末议事厅商量楼道堆物怎么办|请居民代表坐下来商量充电棚选址
ZZ03 把社区账目贴出来给大家看|居委会收支公示一下
ZZ04 改一改居民公约里养狗那条|重新写社区公约
ZZ05 楼上楼下漏水吵架帮忙劝一劝|邻居纠纷请社区调解
ZZ06 社区自己修路灯的公益项目|办点社区公共的事
ZZ07 邻居之间互相搭把手的活动|邻里互助结对子
ZZ08 广场舞比赛和棋牌赛|社区搞文艺晚会和运动会
ZZ09 活动室钥匙和场地谁来管|老年活动场所管理
ZZ10 把居民的意见反映上去|收集大家对小区的建议往上报
ZZ11 招募志愿者帮忙|组织大家做志愿
ZZ12 居委会换届选举的事|选居委会委员
XZ01 看看谁家有困难报上来|摸排一下生活困难的群众
XZ02 低保户上门调查一下|最低生活保障家庭入户核实
XZ03 老人日常关爱走访|高龄独居老年人关爱
XZ04 去看看困境儿童|留守困境娃娃家走一走
XZ05 残疾人有什么需要帮助的|给残疾人搞点服务
XZ06 退役军人信息和慰问服务|给退伍老兵做服务
XZ07 招工信息帮忙发到群里|发布就业岗位的信息
XZ08 组织居民学电脑学厨师的技能培训|职业培训帮忙叫人
XZ09 招聘会帮忙办一下|社区里办就业招聘会
XZ10 没工作的人登记一下想找啥活|失业人员就业需求摸底登记
XZ11 医保缴费宣传一下|城乡居民医疗保险参保动员
XZ12 流感疾病预防宣传|公共卫生知识宣传
XZ13 防艾宣传|艾滋病预防知识进社区
XZ14 消防安全讲一讲|防火宣传消防知识
XZ15 用气用电安全提醒|燃气和用电安全宣传
XZ16 突发事件来了帮忙应对|应急突发情况协助处置
XZ17 汛期巡查看看河边|防汛巡查值守
XZ18 搞卫生整治脏乱差|环境卫生大扫除整治
XZ19 垃圾要分类宣传|教大家垃圾怎么分类
XZ20 有人偷倒建筑垃圾报一下|建筑垃圾偷倒发现上报
XZ21 绿化带里种菜的报一下|毁绿种菜的情况
XZ22 违章搭建发现了报告|违法建设巡查上报
XZ23 社区矫正人员帮助|配合社区矫正工作
XZ24 法律知识宣传|法治宣传教育进社区
XZ25 外来人口登记|流动人口信息采集登记
XZ26 防盗防骗治安宣传|治安防范知识宣传
XZ27 信访的政策帮忙解释|跟上访群众解释政策
XZ28 外来流动党员联系一下|流动党员服务
XZ29 机关党员到社区报到|党员双报到活动安排
XZ30 人口普查入户登记|经济普查上门登记
XZ31 老旧小区改造问问大家意见|小区改造征求意见
XZ32 娃娃入学政策说一说|义务教育招生入学宣传
XZ33 经开区用工优惠政策宣传|园区企业用工补助政策讲解
XZ34 高龄补贴资格核对|八十岁以上老人高龄津贴核对
GM01 请人做居家养老服务|上门养老服务购买
GM02 托幼班托管娃娃服务|社区托育托幼
GM03 请专业人士调处矛盾纠纷|矛盾纠纷专业化解服务
GM04 请保洁公司打扫公共区域|公共区域保洁外包
GM05 文化活动请公司组织|购买社区文化活动服务
FM02 给社区派招商引资任务|社区招商任务数
FM03 让社区帮忙协税护税|协助收税护税任务
FM04 社区负责征地拆迁|拆迁任务包干到社区
FM08 跟社区签安全生产责任状|安全责任书签订
ZM05 开无犯罪证明|无违法犯罪记录的证明
ZM08 开婚姻状况证明|证明一下单身未婚的婚姻状况
ZM11 老人死亡证明|开死亡的证明
"""
FOREIGN = """
组织参加龙舟赛训练|订购办公室打印机|召开市级财政预算会|组织驾驶员体检|春节机关值班表|采购公务用车|清点学校图书馆藏书
更换医院手术设备|修订公司章程|举办大学毕业典礼|编制铁路运行图|安排航班时刻|维修水电站机组|申报国家自然科学基金
处理跨境电商退货|上市公司年报披露|组织博士论文答辩|银行柜员轮岗|调整证券交易费率|矿山巷道通风检测|机场跑道除冰|核对海关报关单
组织法官遴选|修复古籍善本|种子基地测产|勘测海底电缆|组织国际马拉松裁判|升级数据中心机房|酒店星级复评|博物馆文物巡展
软件版本升级测试|汽车零件招标|鱼塘增氧机维修|蔬菜大棚补贴验收|电影节开幕式|剧场舞台灯光检修|围棋国手选拔|石油管道清管|高速公路收费员招录
代收物业服务费|协助征兵体检|代征城镇自来水费|协助动物防疫注射|核实种粮补贴面积|办理生育服务登记|准备文明城市创建迎检资料|统计企业欠薪
帮燃气公司抄表|推广手机应用下载任务|代办不动产登记|给犬只办证|调查企业经营状况|发放消费券|登记食品小作坊|征订报刊任务|催缴企业社保
填写领导调研行程表|组织机关食堂满意度测评|上报社区干部驻村天数|安排酒席申报登记|制作短视频宣传任务|排查电动车品牌|收集居民银行卡号
"""
BEFORE = [
    "关于做好{}工作的通知",
    "关于进一步加强{}的函",
    "请{}",
    "{}有关事宜",
    "关于开展2026年{}活动的实施方案",
    "转发《关于{}的意见》",
]
HARSH = [
    "（紧急）{}及台账报送",
    "关于印发《{}三年行动方案》的通知202612号",
    "县局安排：{}（附表）",
    "{}情况周报",
    "配合{}专班",
    "落实{}责任",
]
DROPPED = "的和与及开展组织协助做好进行"


def main() -> None:
    """Write the file."""
    rng = random.Random(20260101)
    pack = load_pack("huaying")
    names = {line.code: line.name for line in pack.matters}
    rows: list[tuple[str, str, str]] = []
    codes = sorted(names)
    rows += [("plain", rng.choice(BEFORE).format(names[code]), code) for code in codes]
    worn = [*codes, *rng.sample(codes, 31)]
    rows += [("harsh", rng.choice(HARSH).format(_worn(names[code], rng)), code) for code in worn]
    for line in COLLOQUIAL.strip().splitlines():
        code, titles = line.split(" ", 1)
        rows += [("colloquial", title, code) for title in titles.split("|")]
    rows += [("foreign", title, "") for line in FOREIGN.strip().splitlines() for title in line.split("|")]
    with (HERE / "titles.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["part", "split", "title", "code"])
        for part in ("plain", "harsh", "colloquial", "foreign"):
            mine = [row for row in rows if row[0] == part]
            rng.shuffle(mine)
            kept = len(mine) * 2 // 3
            out.writerows(
                (part, "tune" if n < kept else "frozen", title, code)
                for n, (_, title, code) in enumerate(mine)
            )


def _worn(name: str, rng: random.Random) -> str:
    """Return a name as a hurried clerk writes it: small words gone, a few characters lost, two neighbours swapped."""
    kept = [c for c in name if c not in DROPPED and rng.random() > 0.15] or list(name)
    if len(kept) > 4 and rng.random() < 0.4:
        at = rng.randrange(len(kept) - 1)
        kept[at], kept[at + 1] = kept[at + 1], kept[at]
    return "".join(kept)


if __name__ == "__main__":
    main()
