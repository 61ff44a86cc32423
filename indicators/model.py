"""The records of the house: frozen, slotted, fully typed, with no library behind them.

Each record that the ledger keeps is one table.  Its fields carry their own declaration (English
description, Chinese label, unit, key), so that the ledger, Arrow and every export read one source:
``indicators.tables`` turns a record class into a table.

Magnitudes are ``Decimal``.  A magnitude of an indicator, target, setting or observation is in the
``unit`` that stands beside it, 万 and 亿 multiplied in (500亿元 is 50000000000 元; 24.95万P is
249500 P).  A percentage is percent points of its display (12 % is 12).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from typing import Annotated, Literal

Kind = Literal["target", "actual", "baseline"]
Bound = Literal["at_least", "at_most", "about", "between", "equal"]
DateSource = Literal["stated", "section", "plan_period", "document", ""]
Accumulation = Literal["level", "year_to_date", "since_start", "period", ""]
"""期末存量, 年初以来累计, 自规划起累计, 本期新增; empty where nothing is known yet."""
Review = Literal["proposed", "accepted", "corrected", "rejected"]
Direction = Literal["up", "down", "maintain", ""]
Binding = Literal["binding", "expected", ""]
"""约束性, 预期性."""
TargetType = Literal[
    "amount", "level", "share", "growth", "change", "count", "range", "milestone", ""
]
Schedule = Literal[
    "linear", "compound", "yearly_steps", "seasonal", "piecewise", "annual_only", "split", ""
]
Source = Literal["workbook", "bulletin", "plan", "report", "news"]
"""Where an observation comes from, in falling order of trust (design 3)."""
Severity = Literal["error", "warning", "note"]
Genre = Literal["plan", "report", "bulletin", "news", "policy", ""]
"""规划方案, 政府工作报告, 统计公报, 新闻, 政策措施."""


@dataclass(frozen=True, slots=True)
class Column:
    """What a field of a record says of itself."""

    en: str
    zh: str
    unit: str = ""
    key: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceDocument:
    """A source text as the register knows it (table ``documents``)."""

    document_digest: Annotated[str, Column("SHA-256 of the source file", "文件摘要", key=True)]
    document: Annotated[str, Column("file name", "文件名")]
    title: Annotated[str, Column("title of the document", "标题")] = ""
    number: Annotated[str, Column("document number", "文号")] = ""
    issuer: Annotated[str, Column("issuing body", "发文机关")] = ""
    issued_on: Annotated[dt.date | None, Column("day of issue", "发文日期")] = None
    plan_start: Annotated[dt.date | None, Column("first day of the plan period", "规划期起")] = None
    plan_end: Annotated[dt.date | None, Column("last day of the plan period", "规划期止")] = None
    genre: Annotated[Genre, Column("genre of the text", "文种")] = ""
    place: Annotated[str, Column("place of the issuer", "地区")] = ""
    text_digest: Annotated[str, Column("SHA-256 of the kept text", "正文摘要")] = ""
    characters: Annotated[int, Column("length of the kept text", "字数", "code points")] = 0
    extractor: Annotated[str, Column("version of the extractor", "抽取版本")] = ""
    superseded_by: Annotated[str, Column("digest of the document that replaces it", "被取代")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """One quantified statement, anchored at its characters (table ``commitments``)."""

    commitment_id: Annotated[
        str, Column("digest of document digest and span", "表述编号", key=True)
    ]
    document: Annotated[str, Column("file name", "文件名")]
    document_digest: Annotated[str, Column("SHA-256 of the source file", "文件摘要")]
    start: Annotated[int, Column("first character of the number", "起", "code points")]
    end: Annotated[int, Column("one past the last character", "止", "code points")]
    as_written: Annotated[str, Column("number and unit as they stand in the text", "原文数值")]
    sentence: Annotated[str, Column("the sentence, verbatim", "原句")]
    sentence_start: Annotated[int, Column("where the sentence begins", "句起", "code points")]
    section: Annotated[str, Column("headings above, outermost first, joined by ' / '", "章节")] = ""
    location: Annotated[str, Column("page or paragraph of a file that has them", "页段")] = ""
    magnitude: Annotated[Decimal, Column("value; lower end of a range", "数值", "unit")]
    magnitude_high: Annotated[Decimal | None, Column("upper end of a range", "上限", "unit")] = None
    unit: Annotated[str, Column("display symbol of the unit of measure", "计量单位")]
    base_magnitude: Annotated[Decimal, Column("value in the base unit", "基准数值", "base unit")]
    dimension: Annotated[str, Column("what kind of quantity it is", "量纲")]
    name: Annotated[str, Column("what it is a quantity of", "名称")]
    place: Annotated[str, Column("whose quantity it is", "地区")] = ""
    kind: Annotated[Kind, Column("target, actual or baseline", "类别")]
    bound: Annotated[Bound, Column("how the value binds", "界限")]
    date: Annotated[dt.date | None, Column("last day of the period meant", "日期")] = None
    date_source: Annotated[DateSource, Column("where the date was read", "日期来源")] = ""
    accumulation: Annotated[Accumulation, Column("how values add up in time", "累计口径")] = ""
    part_of: Annotated[str, Column("commitment_id of the whole (其中)", "属于")] = ""
    distribution: Annotated[str, Column("per whom, such as 每部门", "分配")] = ""
    binding: Annotated[Binding, Column("约束性 or 预期性 where stated", "属性")] = ""
    offices: Annotated[tuple[str, ...], Column("responsible offices named", "责任单位")] = ()
    confidence: Annotated[float, Column("share of such rows that are all right", "置信度")] = 1.0
    review: Annotated[Review, Column("what a person decided", "审核")] = "proposed"
    indicator_id: Annotated[
        str,
        Column(
            "indicator that its document makes of it (the register's; merges lead on)", "指标编号"
        ),
    ] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A qualitative commitment, or a task of a plan with its offices (table ``tasks``)."""

    task_id: Annotated[str, Column("digest of document digest and span", "任务编号", key=True)]
    document: Annotated[str, Column("file name", "文件名")]
    document_digest: Annotated[str, Column("SHA-256 of the source file", "文件摘要")]
    start: Annotated[int, Column("first character", "起", "code points")]
    end: Annotated[int, Column("one past the last character", "止", "code points")]
    section: Annotated[str, Column("headings above, joined by ' / '", "章节")] = ""
    number: Annotated[str, Column("number of the task in its document", "序号")] = ""
    title: Annotated[str, Column("heading or first words", "任务")]
    text: Annotated[str, Column("what is to be done, verbatim", "内容")] = ""
    sort: Annotated[
        Literal["task", "support", "milestone", "relative", "recurring"],
        Column(
            "numbered task, support measure, dated milestone, relative goal, repeated act", "类型"
        ),
    ] = "task"
    place: Annotated[str, Column("whose task it is", "地区")] = ""
    deadline: Annotated[dt.date | None, Column("day by which", "完成时限")] = None
    date_source: Annotated[DateSource, Column("where the deadline was read", "日期来源")] = ""
    frequency: Annotated[str, Column("how often, such as 每半年", "频次")] = ""
    reference: Annotated[str, Column("what it is compared with (全国平均水平)", "参照")] = ""
    offices: Annotated[tuple[str, ...], Column("responsible offices named", "责任单位")] = ()
    lead_office: Annotated[str, Column("office that leads", "牵头单位")] = ""
    supporting_offices: Annotated[tuple[str, ...], Column("offices that support", "配合单位")] = ()
    leader: Annotated[str, Column("leader who answers", "责任领导")] = ""
    contact: Annotated[str, Column("whom to call", "联系人")] = ""
    status: Annotated[
        Literal["open", "done", "late", "sealed"], Column("state in the ledger", "状态")
    ] = "open"
    sealed_on: Annotated[dt.date | None, Column("day it was struck off", "销号日期")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A region with its GB/T 2260 code, or a body with a parent (table ``places``)."""

    place: Annotated[str, Column("name", "地区", key=True)]
    code: Annotated[str, Column("GB/T 2260 code, empty for a body", "代码")] = ""
    sort: Annotated[Literal["region", "body"], Column("region or body", "类型")] = "region"
    parent: Annotated[str, Column("region above", "上级")] = ""
    short: Annotated[str, Column("short name", "简称")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """A body that answers or reports (table ``offices``)."""

    place: Annotated[str, Column("place it belongs to", "地区", key=True)]
    office: Annotated[str, Column("name as it is shown", "单位", key=True)]
    aliases: Annotated[tuple[str, ...], Column("other names met in texts", "别名")] = ()
    parent: Annotated[str, Column("office above", "上级单位")] = ""
    sort: Annotated[Literal["office", "group"], Column("one office or a group", "类型")] = "office"


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """A quantity of a place that can be followed over time (table ``indicators``)."""

    indicator_id: Annotated[str, Column("stable id", "指标编号", key=True)]
    name: Annotated[str, Column("canonical name", "指标")]
    place: Annotated[str, Column("whose quantity it is", "地区")]
    unit: Annotated[str, Column("display unit of all its values", "计量单位")]
    dimension: Annotated[str, Column("what kind of quantity it is", "量纲")]
    caliber: Annotated[str, Column("definition that must agree to compare", "口径")] = ""
    sort: Annotated[TargetType, Column("type of its targets", "类型")] = ""
    retired: Annotated[bool, Column("merged away or given up", "停用")] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What the office decided of an indicator (table ``settings``)."""

    indicator_id: Annotated[str, Column("indicator", "指标编号", key=True)]
    baseline: Annotated[Decimal | None, Column("value at the start", "基期值", "unit")] = None
    baseline_date: Annotated[dt.date | None, Column("day of the baseline", "基期日期")] = None
    direction: Annotated[Direction, Column("which way is better", "方向")] = ""
    accumulation: Annotated[Accumulation, Column("how values add up in time", "累计口径")] = ""
    since: Annotated[dt.date | None, Column("start of since_start values", "累计起点")] = None
    schedule: Annotated[Schedule, Column("expected course", "序时方式")] = ""
    yearly_split: Annotated[
        tuple[str, ...], Column("yearly values as '2026=433.3' in unit", "分年目标", "unit")
    ] = ()
    quarterly_split: Annotated[
        tuple[str, ...], Column("quarterly values as '2026Q1=95' in unit", "分季目标", "unit")
    ] = ()
    lead_office: Annotated[str, Column("office that leads", "牵头单位")] = ""
    supporting_offices: Annotated[tuple[str, ...], Column("offices that support", "配合单位")] = ()
    reporting_office: Annotated[str, Column("office that reports", "报送单位")] = ""
    frequency: Annotated[
        Literal["quarterly", "monthly", "half_yearly", "yearly", ""], Column("how often", "频率")
    ] = ""
    binding: Annotated[Binding, Column("约束性 or 预期性", "属性")] = ""
    caliber: Annotated[str, Column("definition that must agree to compare", "口径")] = ""
    caliber_since: Annotated[
        dt.date | None, Column("day from which values are of this caliber", "口径启用日")
    ] = None
    synonyms: Annotated[tuple[str, ...], Column("other names of the indicator", "同义名称")] = ()
    change: Annotated[
        Literal["additive", "compound", ""], Column("how changes of years add up", "变化合成")
    ] = ""
    demonstration: Annotated[bool, Column("made up for show", "演示数据")] = False
    note: Annotated[str, Column("remark", "备注")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A value, a bound and a deadline for an indicator (table ``targets``)."""

    target_id: Annotated[str, Column("stable id", "目标编号", key=True)]
    indicator_id: Annotated[str, Column("indicator", "指标编号")]
    magnitude: Annotated[Decimal, Column("value; lower end of a range", "目标值", "unit")]
    magnitude_high: Annotated[Decimal | None, Column("upper end of a range", "上限", "unit")] = None
    unit: Annotated[str, Column("the indicator's unit", "计量单位")]
    bound: Annotated[Bound, Column("how the value binds", "界限")]
    deadline: Annotated[dt.date | None, Column("day by which", "期限")] = None
    date_source: Annotated[DateSource, Column("where the deadline was read", "日期来源")] = ""
    commitments: Annotated[
        tuple[str, ...], Column("commitment_ids that state it, earliest first", "依据")
    ] = ()
    as_written: Annotated[str, Column("value as the first commitment writes it", "原文数值")] = ""
    status: Annotated[
        Literal["proposed", "accepted", "rejected", "withdrawn"], Column("decision", "状态")
    ] = "proposed"
    supersedes: Annotated[str, Column("target_id that this one replaces", "取代")] = ""
    approved_by: Annotated[str, Column("document number that approved it", "批准文号")] = ""
    reason: Annotated[str, Column("why it was revised", "调整原因")] = ""
    effective_on: Annotated[dt.date | None, Column("day the revision counts from", "生效日期")] = (
        None
    )
    plan_start: Annotated[dt.date | None, Column("first day of the plan period", "规划期起")] = None
    demonstration: Annotated[bool, Column("made up for show", "演示数据")] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """How two things of the register hang together (table ``relations``)."""

    relation_id: Annotated[str, Column("digest of sort, subject and object", "关系编号", key=True)]
    sort: Annotated[
        Literal["merged_into", "same_as", "part_of", "contributes_to", "split_from"],
        Column("merged into, proposed to be the same, part of, contributes to, split", "关系"),
    ]
    subject: Annotated[str, Column("id on the left (commitment or indicator)", "甲")]
    object: Annotated[str, Column("id on the right", "乙")]
    status: Annotated[
        Literal["proposed", "accepted", "rejected", "undone"], Column("decision", "状态")
    ] = "proposed"
    score: Annotated[float, Column("how alike, 0 to 1", "相似度")] = 1.0
    reason: Annotated[str, Column("why", "理由")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """A value of an indicator for a period (table ``observations``)."""

    indicator_id: Annotated[str, Column("indicator", "指标编号", key=True)]
    period_start: Annotated[dt.date, Column("first day of the period", "期初", key=True)]
    period_end: Annotated[dt.date, Column("last day of the period", "期末", key=True)]
    basis: Annotated[Accumulation, Column("what the value adds up over", "累计口径", key=True)]
    source: Annotated[Source, Column("sort of source", "来源类型", key=True)]
    origin: Annotated[
        str, Column("office that reported it, or digest of the document", "来源", key=True)
    ]
    magnitude: Annotated[Decimal, Column("value", "实际值", "unit")]
    unit: Annotated[str, Column("the indicator's unit", "计量单位")]
    bound: Annotated[Bound, Column("how exact the source is", "界限")] = "equal"
    as_written: Annotated[str, Column("value as the source writes it", "原文数值")] = ""
    document_digest: Annotated[str, Column("document it stands in, if any", "文件摘要")] = ""
    commitment_id: Annotated[str, Column("commitment it was read from, if any", "表述编号")] = ""
    file_digest: Annotated[str, Column("workbook it stands in, if any", "工作簿摘要")] = ""
    file_name: Annotated[str, Column("name of the workbook", "工作簿")] = ""
    sheet: Annotated[str, Column("sheet of the workbook", "工作表")] = ""
    cell: Annotated[str, Column("cell of the workbook", "单元格")] = ""
    submission_id: Annotated[str, Column("submission it came with", "报送编号")] = ""
    reason: Annotated[str, Column("why an earlier value was restated", "更正原因")] = ""
    note: Annotated[str, Column("remark of the reporter", "备注")] = ""
    demonstration: Annotated[bool, Column("made up for show", "演示数据")] = False
    withdrawn: Annotated[
        bool,
        Column("counts no more: readers leave it out (rejected, or moved to another key)", "撤回"),
    ] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """One workbook handed in by an office for a quarter (table ``submissions``)."""

    submission_id: Annotated[
        str, Column("digest of office, quarter and file", "报送编号", key=True)
    ]
    place: Annotated[str, Column("place of the office", "地区")]
    office: Annotated[str, Column("office that reports", "报送单位")]
    quarter: Annotated[str, Column("quarter such as 2026Q1", "季度")]
    file_digest: Annotated[str, Column("SHA-256 of the workbook", "工作簿摘要")]
    file_name: Annotated[str, Column("name of the workbook", "工作簿")]
    status: Annotated[
        Literal["submitted", "returned", "accepted", "superseded"], Column("state", "状态")
    ] = "submitted"
    remarks: Annotated[str, Column("what the steward wrote back", "意见")] = ""
    late: Annotated[bool, Column("came after the due day", "逾期")] = False
    reason: Annotated[str, Column("why a quarter was handed in again", "更正原因")] = ""
    demonstration: Annotated[bool, Column("made up for show", "演示数据")] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingRecord:
    """A finding that stays on record (table ``findings``)."""

    finding_id: Annotated[str, Column("digest of file, code and place", "问题编号", key=True)]
    code: Annotated[str, Column("stable code", "代码")]
    severity: Annotated[Severity, Column("error, warning or note", "级别")]
    file: Annotated[str, Column("name of the input", "文件")]
    file_digest: Annotated[str, Column("SHA-256 of the input", "文件摘要")] = ""
    sheet: Annotated[str, Column("sheet", "工作表")] = ""
    cell: Annotated[str, Column("cell", "单元格")] = ""
    start: Annotated[int | None, Column("first character", "起")] = None
    end: Annotated[int | None, Column("one past the last character", "止")] = None
    found: Annotated[str, Column("what was found", "实有")] = ""
    expected: Annotated[str, Column("what was expected", "应有")] = ""
    message: Annotated[str, Column("what is wrong", "问题")] = ""
    action: Annotated[str, Column("what to do", "处理")] = ""
    accepted: Annotated[bool, Column("a warning that was confirmed", "已确认")] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEntry:
    """Opening, due and lock day of a quarter; an office's own line is an exception."""

    quarter: Annotated[str, Column("quarter such as 2026Q1", "季度", key=True)]
    place: Annotated[str, Column("place, empty for all", "地区", key=True)] = ""
    office: Annotated[str, Column("office, empty for all", "单位", key=True)] = ""
    opens_on: Annotated[dt.date | None, Column("first day to hand in", "开放日")] = None
    due_on: Annotated[dt.date | None, Column("last day in time", "截止日")] = None
    locks_on: Annotated[dt.date | None, Column("day from which nothing is taken", "锁定日")] = None
    reason: Annotated[str, Column("why an exception was made", "原因")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewDecision:
    """What a person decided of a commitment (table ``reviews``)."""

    commitment_id: Annotated[str, Column("commitment", "表述编号", key=True)]
    decision: Annotated[Review, Column("decision", "审核")]
    corrections: Annotated[
        tuple[str, ...], Column("corrected fields as 'field=value'", "更正")
    ] = ()
    reason: Annotated[str, Column("why", "理由")] = ""
    demonstration: Annotated[bool, Column("made up for show", "演示数据")] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """What an office wrote beside its numbers (table ``progress``)."""

    subject: Annotated[str, Column("indicator_id or task_id", "对象", key=True)]
    place: Annotated[str, Column("place of the office", "地区", key=True)]
    office: Annotated[str, Column("office that reports", "单位", key=True)]
    quarter: Annotated[str, Column("quarter such as 2026Q1", "季度", key=True)]
    progress: Annotated[str, Column("how it goes", "进展情况")] = ""
    problems: Annotated[str, Column("what stands in the way", "存在问题")] = ""
    next_steps: Annotated[str, Column("what comes next", "下一步措施")] = ""
    expected_on: Annotated[dt.date | None, Column("day it will be done", "预计完成日期")] = None
    file_digest: Annotated[str, Column("workbook it stands in", "工作簿摘要")] = ""
    cell: Annotated[str, Column("sheet and cell of the text", "单元格")] = ""
    demonstration: Annotated[bool, Column("made up for show", "演示数据")] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A part of a target by year, sub-office or town (table ``shares``, 任务分解)."""

    target_id: Annotated[str, Column("target", "目标编号", key=True)]
    sort: Annotated[
        Literal["year", "quarter", "office", "place"], Column("split by", "分解方式", key=True)
    ]
    part: Annotated[str, Column("year, quarter, office or place", "分解对象", key=True)]
    magnitude: Annotated[Decimal, Column("value of the part", "分解值", "unit")]
    unit: Annotated[str, Column("the indicator's unit", "计量单位")]
    withdrawn: Annotated[
        bool, Column("counts no more: readers leave it out (taken out of the split)", "撤回")
    ] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Who answers in an office (table ``contacts``)."""

    place: Annotated[str, Column("place of the office", "地区", key=True)]
    office: Annotated[str, Column("office", "单位", key=True)]
    leader: Annotated[str, Column("leader who answers", "责任领导")] = ""
    contact: Annotated[str, Column("whom to call", "联系人")] = ""
    phone: Annotated[str, Column("number", "电话")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """A set of verdicts that was issued: frozen (table ``boards``)."""

    board_id: Annotated[
        str, Column("digest of quarter, scope, profile and issue", "通报编号", key=True)
    ]
    quarter: Annotated[str, Column("quarter such as 2026Q2", "季度")]
    scope: Annotated[str, Column("place, empty for all", "范围")] = ""
    profile: Annotated[str, Column("rule profile", "规则")] = "schedule"
    profile_version: Annotated[str, Column("version of the profile", "规则版本")] = ""
    as_of: Annotated[dt.date, Column("day it speaks of", "研判日")]
    known_seq: Annotated[int, Column("last batch it knew", "数据版本")] = 0
    issued_at: Annotated[dt.datetime, Column("when it was issued (UTC)", "签发时间")]
    title: Annotated[str, Column("title", "标题")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardLine:
    """One verdict of an issued board (table ``board_lines``)."""

    board_id: Annotated[str, Column("board", "通报编号", key=True)]
    target_id: Annotated[str, Column("target", "目标编号", key=True)]
    indicator_id: Annotated[str, Column("indicator", "指标编号")]
    state: Annotated[str, Column("state", "状态")]
    light: Annotated[str, Column("light", "亮灯")]
    expected: Annotated[Decimal | None, Column("expected by then", "应达", "unit")] = None
    actual: Annotated[Decimal | None, Column("reported by then", "实达", "unit")] = None
    gap_points: Annotated[Decimal | None, Column("gap", "差距", "百分点")] = None
    sentence: Annotated[str, Column("the verdict in words", "研判")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A remark of a person (table ``notes``)."""

    note_id: Annotated[str, Column("stable id", "编号", key=True)]
    subject: Annotated[str, Column("id it speaks of", "对象")]
    text: Annotated[str, Column("what it says", "内容")]


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """An account of a person (table ``users``)."""

    user: Annotated[str, Column("account name", "账号", key=True)]
    role: Annotated[
        Literal["viewer", "reporter", "steward", "administrator"], Column("role", "角色")
    ]
    offices: Annotated[tuple[str, ...], Column("as 'place/office'", "单位")] = ()
    password: Annotated[str, Column("scrypt hash, empty with a proxy login", "口令摘要")] = ""
    active: Annotated[bool, Column("may log in", "启用")] = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """A choice of the house, such as which values a board uses (table ``options``)."""

    option: Annotated[str, Column("name", "选项", key=True)]
    scope: Annotated[str, Column("place, empty for all", "范围", key=True)] = ""
    value: Annotated[str, Column("value", "取值")] = ""


Record = (
    SourceDocument
    | Commitment
    | Task
    | Place
    | Office
    | Indicator
    | Setting
    | Target
    | Relation
    | Observation
    | Submission
    | FindingRecord
    | CalendarEntry
    | ReviewDecision
    | Progress
    | Share
    | Contact
    | Board
    | BoardLine
    | Note
    | User
    | Option
)
"""Any row that the ledger keeps."""


def digest_id(*parts: object) -> str:
    """Return a stable id: 16 hexadecimal digits of a SHA-256 over the parts as text."""
    return sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:16]
