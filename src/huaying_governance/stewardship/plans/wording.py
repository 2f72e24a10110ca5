"""措辞: what is found when plans are compared, and what to do about each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from huaying_governance.kernel.citation import Citation
from huaying_governance.kernel.ruling import Ground, Remedy, Ruling
from huaying_governance.text import Text

FINDINGS: Mapping[str, tuple[Text, Text]] = {
    "no-common-period": (
        Text("规划期没有重叠，不逐斑比对", "the periods do not overlap: parcels are not compared"),
        Text("用同期的规划比对", "compare plans of one period"),
    ),
    "base-year-differs": (
        Text("基期年不同", "the base years differ"),
        Text("统一基期年后再比对指标", "reduce both to one base year before figures are compared"),
    ),
    "crs-differs": (
        Text("坐标系不同，不按图形比对", "the datums differ: outlines are not compared"),
        Text("转换到2000国家大地坐标系", "transform both to CGCS2000"),
    ),
    "superseded": (
        Text("国土空间规划已编制，旧规划不再单独编制", "a spatial plan is made: the older kind is made no more"),
        Text("以国土空间规划为基础；旧规划在其批准前继续有效", "build on the spatial plan; the older one holds until it is approved"),
    ),
    "hard-conflict": (
        Text("两规划用途互相排斥", "the two plans designate uses that exclude each other"),
        Text("按程序处理后才能安排项目", "have it resolved before any project is placed there"),
    ),
    "soft-conflict": (
        Text("两规划用途不同", "the two plans designate different uses"),
        Text("协调用途，或暂缓", "agree on one use, or defer it"),
    ),
    "data-conflict": (
        Text("两规划用途名称不同而相容", "the uses are named differently and agree"),
        Text("统一用途名称", "name the use alike"),
    ),
    "sliver": (
        Text("叠加面积属碎斑", "the overlap is a sliver"),
        Text("核对边线", "check the lines"),
    ),
    "area-differs": (
        Text("用途相同而面积不同", "the uses agree and the areas do not"),
        Text("核对面积和单位（15亩为1公顷）", "check areas and units (15 亩 are one hectare)"),
    ),
    "split-unknown": (
        Text("一规划细分用途而没有面积", "one plan divides the parcel and states no areas"),
        Text("补上各用途面积", "state the area of each use"),
    ),
    "undesignated": (
        Text("只有一个规划涉及此图斑", "only one of the plans knows the parcel"),
        Text("核对图斑编号，或补上用途", "check the id, or add its use"),
    ),
    "indicator-differs": (
        Text("指标差异超过容差", "the figures differ by more than the tolerance"),
        Text("统一口径后修订", "agree on how it is counted, and revise"),
    ),
    "unit-differs": (
        Text("单位不可比", "the units measure different things"),
        Text("改用同类单位", "state both in units of one measure"),
    ),
    "year-differs": (
        Text("目标年不同", "the plans set the figure for different years"),
        Text("折算到同一年", "reduce both to one year"),
    ),
}  # fmt: skip
MISSING = Text("没有写明“{name}”", "`{name}` is not stated")


def told(codes: Iterable[tuple[str, Citation]], missing: tuple[str, ...] = ()) -> Ruling:
    """Return findings as a ruling: a ground and a remedy for each code, each by its clause."""
    held = tuple(codes)
    grounds = [Ground(FINDINGS[code][0], code, clause) for code, clause in held]
    grounds += [Ground(MISSING.fill(name=name), f"missing:{name}") for name in missing]
    return Ruling(
        "applied", tuple(grounds), missing, tuple(Remedy(code, FINDINGS[code][1]) for code, _ in held)
    )
