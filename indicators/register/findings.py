"""Findings of the register: what can be wrong in decisions, settings and the 台账."""

from __future__ import annotations

from indicators.findings import FindingKind, kinds

__all__ = ["FINDINGS"]

FINDINGS = kinds(
    FindingKind(
        code="register-stale",
        severity="error",
        message="导出之后已被改动（{who}，{when}，{action_done}）",
        action="请重新导出后再填写本行；其余行可加 --skip-stale 先导入",
    ),
    FindingKind(
        code="register-key",
        severity="error",
        message="编号“{found}”{problem}",
        action="请勿改动隐藏的编号列；请重新导出工作簿",
    ),
    FindingKind(
        code="register-sheet",
        severity="error",
        message="缺少工作表或表头“{expected}”",
        action="请使用导出的工作簿，不要改表头",
    ),
    FindingKind(
        code="register-choice",
        severity="error",
        message="“{found}”不在可选范围内",
        action="请从下拉列表选择：{expected}",
    ),
    FindingKind(
        code="register-value",
        severity="error",
        message="“{found}”不是{expected}",
        action="请按{expected}填写",
    ),
    FindingKind(
        code="register-edited",
        severity="error",
        message="改动了“{column}”（{expected}→{found}），但没有选“更正”",
        action="要更正请在“决定”列选“更正”，否则请改回",
    ),
    FindingKind(
        code="register-unchanged",
        severity="warning",
        message="选了“更正”，但没有改动任何一列",
        action="已按“接受”处理",
    ),
    FindingKind(
        code="register-dimension",
        severity="error",
        message="两个指标量纲不同：“{found}”与“{expected}”",
        action="量纲不同的指标不能合并或构成整体与部分",
    ),
    FindingKind(
        code="register-circle",
        severity="error",
        message="形成循环：{found}",
        action="请去掉其中一条关系",
    ),
    FindingKind(
        code="register-relation",
        severity="error",
        message="{found}",
        action="{expected}",
    ),
    FindingKind(
        code="settings-baseline-date",
        severity="error",
        message="基期 {found} 不早于目标期限 {expected}",
        action="请填写目标期限之前的基期日期",
    ),
    FindingKind(
        code="settings-baseline-pair",
        severity="error",
        message="基期值与基期日期只填了一个",
        action="两者都填或都不填",
    ),
    FindingKind(
        code="settings-direction",
        severity="warning",
        message="方向“{found}”与名称或界限不一致（“{expected}”通常{usual}）",
        action="请确认方向",
    ),
    FindingKind(
        code="settings-schedule",
        severity="error",
        message="序时方式“{found}”不适用于“{expected}”类目标",
        action="增速、变化类目标直接比较，请留空或选“只看年度”",
    ),
    FindingKind(
        code="settings-schedule-split",
        severity="error",
        message="序时方式“{found}”需要“{expected}”",
        action="请填写分年或分季目标",
    ),
    FindingKind(
        code="settings-split",
        severity="error",
        message="分解之和 {found} 不等于目标 {expected}",
        action="请检查分解值",
    ),
    FindingKind(
        code="settings-split-last",
        severity="error",
        message="分解到期限时为 {found}，与目标 {expected} 不一致",
        action="各年各季写到期末应达到的值，末期等于目标；若写的是各期新增，累计口径须选“本期新增”",
    ),
    FindingKind(
        code="settings-split-left",
        severity="warning",
        message="原目标的 {found} 项任务分解不适用于调整后的目标",
        action="请重新导出，在“任务分解”表按新目标分解",
    ),
    FindingKind(
        code="settings-unit",
        severity="error",
        message="计量单位“{found}”不能换算为“{expected}”",
        action="请按“{expected}”填写",
    ),
    FindingKind(
        code="settings-office",
        severity="warning",
        message="单位“{found}”在{expected}尚未登记",
        action="将作为新单位登记；若是别名，请在“单位”表登记",
    ),
    FindingKind(
        code="settings-revision",
        severity="error",
        message="目标调整缺少{expected}",
        action="调整目标须填写新目标值、批准文号和调整原因",
    ),
    FindingKind(
        code="settings-since",
        severity="error",
        message="累计口径为“自规划起累计”，但没有累计起点",
        action="请填写累计起点",
    ),
    FindingKind(
        code="ledger-quarter",
        severity="error",
        message="没有写明进展属于哪个季度",
        action="请加 --quarter 2026Q1 再导入",
    ),
    FindingKind(
        code="ledger-status",
        severity="error",
        message="状态“{found}”与销号日期不一致",
        action="已销号的须填销号日期，未销号的不填",
    ),
)
