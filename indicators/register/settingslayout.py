"""The sheets of the settings workbook: indicators, targets, splits, offices, documents, options."""

from __future__ import annotations

from indicators.register.books import Column, Sheet
from indicators.register.correction import ACCUMULATIONS, BOUNDS
from indicators.register.policy import OPTIONS
from indicators.register.settings import BINDINGS, CHANGES, DIRECTIONS, FREQUENCIES, SCHEDULES

__all__ = [
    "ADOPT",
    "CANCEL",
    "DOCUMENTS",
    "INDICATORS",
    "LACKS",
    "OFFICES",
    "OPTION_SHEET",
    "PARTS",
    "SHARES",
    "TARGETS",
]

ADOPT = ("单位", "基期", "单位和基期", "全部")
"""Which proposals of the row to take for empty cells."""
PARTS = {"年度": "year", "季度": "quarter", "单位": "office", "地区": "place"}
CANCEL = "取消"
"""In place of a new value: the target is withdrawn."""

INDICATORS = Sheet(
    name="指标设置",
    title="指标设置",
    note="填写淡黄色各列，空着的沿用规则默认值。数值可写“300亿元”“40万”；分年目标写作“2026=433.3亿; 2027=500亿”。建议值不会自动采用，可在“采用建议”中选择。",
    columns=(
        Column(key="key", header="指标编号", hidden=True),
        Column(key="version", header="导出版本", hidden=True),
        Column(key="place", header="地区", width=16, wrap=True),
        Column(key="name", header="指标", width=28, wrap=True),
        Column(key="unit", header="计量单位", width=9),
        Column(key="target", header="目标", width=26, wrap=True),
        Column(
            key="baseline",
            header="基期值",
            width=12,
            filled_in=True,
            right=True,
        ),
        Column(key="baseline_date", header="基期日期", width=12, filled_in=True),
        Column(key="direction", header="方向", width=8, filled_in=True, choices=tuple(DIRECTIONS)),
        Column(
            key="accumulation",
            header="累计口径",
            width=14,
            filled_in=True,
            choices=tuple(each for each in ACCUMULATIONS if each),
        ),
        Column(key="since", header="累计起点", width=12, filled_in=True),
        Column(
            key="schedule", header="序时方式", width=12, filled_in=True, choices=tuple(SCHEDULES)
        ),
        Column(key="yearly_split", header="分年目标", width=22, filled_in=True, wrap=True),
        Column(key="quarterly_split", header="分季目标", width=22, filled_in=True, wrap=True),
        Column(key="reporting_office", header="报送单位", width=18, filled_in=True, wrap=True),
        Column(key="lead_office", header="牵头单位", width=18, filled_in=True, wrap=True),
        Column(key="supporting_offices", header="配合单位", width=26, filled_in=True, wrap=True),
        Column(key="frequency", header="频率", width=8, filled_in=True, choices=tuple(FREQUENCIES)),
        Column(key="binding", header="属性", width=9, filled_in=True, choices=tuple(BINDINGS)),
        Column(key="change", header="变化合成", width=9, filled_in=True, choices=tuple(CHANGES)),
        Column(key="caliber", header="口径", width=18, filled_in=True, wrap=True),
        Column(key="caliber_since", header="口径启用日", width=12, filled_in=True),
        Column(key="synonyms", header="同义名称", width=18, filled_in=True, wrap=True),
        Column(key="note", header="备注", width=18, filled_in=True, wrap=True),
        Column(key="adopt", header="采用建议", width=12, filled_in=True, choices=ADOPT),
        Column(key="offered_baseline", header="建议基期", width=26, wrap=True),
        Column(key="offered_offices", header="建议单位（首个为报送、牵头）", width=32, wrap=True),
    ),
)
TARGETS = Sheet(
    name="目标调整",
    title="目标及调整",
    note="调整目标：填新目标值（或“取消”）、批准文号和调整原因；新界限、新期限、生效日期空着的沿用原值和导入当日。调整后新旧目标都保留在案。",
    columns=(
        Column(key="key", header="目标编号", hidden=True),
        Column(key="version", header="导出版本", hidden=True),
        Column(key="place", header="地区", width=16, wrap=True),
        Column(key="name", header="指标", width=28, wrap=True),
        Column(key="value", header="现行目标", width=18, right=True),
        Column(key="bound", header="界限", width=9),
        Column(key="deadline", header="期限", width=12),
        Column(key="as_written", header="原文", width=14),
        Column(key="status", header="状态", width=9),
        Column(
            key="new_value",
            header="新目标值",
            width=14,
            filled_in=True,
            right=True,
        ),
        Column(key="new_bound", header="新界限", width=9, filled_in=True, choices=tuple(BOUNDS)),
        Column(key="new_deadline", header="新期限", width=12, filled_in=True),
        Column(key="approved_by", header="批准文号", width=22, filled_in=True, wrap=True),
        Column(key="reason", header="调整原因", width=26, filled_in=True, wrap=True),
        Column(key="effective_on", header="生效日期", width=12, filled_in=True),
        Column(key="history", header="历次调整", width=34, wrap=True),
    ),
)
SHARES = Sheet(
    name="任务分解",
    title="任务分解",
    note="把一个目标分到年度、季度、单位或地区。新行填地区、指标和期限（与“目标调整”表一致），编号留空；分解值清空即删除。单位、地区之和须等于目标。",
    columns=(
        Column(key="key", header="目标编号", hidden=True),
        Column(key="version", header="导出版本", hidden=True),
        Column(key="place", header="地区", width=16, filled_in=True, wrap=True),
        Column(key="name", header="指标", width=28, filled_in=True, wrap=True),
        Column(key="deadline", header="期限", width=12, filled_in=True),
        Column(key="sort", header="分解方式", width=10, filled_in=True, choices=tuple(PARTS)),
        Column(key="part", header="分解对象", width=20, filled_in=True, wrap=True),
        Column(
            key="magnitude",
            header="分解值",
            width=14,
            filled_in=True,
            right=True,
        ),
        Column(key="unit", header="计量单位", width=9),
    ),
)
OFFICES = Sheet(
    name="单位",
    title="责任单位和联系人",
    note="别名用顿号分隔；类型为“群组”的（各镇街园区等）不报数。新单位写在空行。",
    columns=(
        Column(key="version", header="导出版本", hidden=True),
        Column(key="place", header="地区", width=16, filled_in=True, wrap=True),
        Column(key="office", header="单位", width=26, filled_in=True, wrap=True),
        Column(key="aliases", header="别名", width=26, filled_in=True, wrap=True),
        Column(key="parent", header="上级单位", width=20, filled_in=True, wrap=True),
        Column(key="sort", header="类型", width=8, filled_in=True, choices=("单位", "群组")),
        Column(key="leader", header="责任领导", width=14, filled_in=True),
        Column(key="contact", header="联系人", width=14, filled_in=True),
        Column(key="phone", header="电话", width=16, filled_in=True),
    ),
)
DOCUMENTS = Sheet(
    name="文件",
    title="文件",
    note="文件整体被新文件取代时，在“被取代”列填新文件的文号或文件名：只由旧文件提出的目标随之停用。",
    columns=(
        Column(key="key", header="文件摘要", hidden=True),
        Column(key="document", header="文件名", width=30, wrap=True),
        Column(key="title", header="标题", width=50, wrap=True),
        Column(key="number", header="文号", width=22, wrap=True),
        Column(key="issuer", header="发文机关", width=22, wrap=True),
        Column(key="issued_on", header="发文日期", width=12),
        Column(key="superseded_by", header="被取代", width=30, filled_in=True),
    ),
)
OPTION_SHEET = Sheet(
    name="选项",
    title="选项",
    note="范围空着对所有地区有效。自动接受只对政府的规划和政策文件有效，新闻从不自动接受。",
    columns=(
        Column(
            key="option", header="选项", width=36, filled_in=True, choices=tuple(OPTIONS.values())
        ),
        Column(key="scope", header="范围", width=20, filled_in=True),
        Column(key="value", header="取值", width=30, filled_in=True),
    ),
)
LACKS = Sheet(
    name="待办",
    title="还缺什么，什么不再相符",
    note="缺审核、报送单位、基期或期限的指标，以及更正、合并或调整之后不再相符的设置、任务分解和目标调整。"
    "此表只供查看，请在相应的表中填写。",
    columns=(
        Column(key="place", header="地区", width=16, wrap=True),
        Column(key="name", header="指标", width=34, wrap=True),
        Column(key="lacks", header="事项", width=12),
        Column(key="proposal", header="建议或不符之处", width=60, wrap=True),
    ),
)
