"""What verification may find, as declared findings."""

from __future__ import annotations

from collections.abc import Mapping

from indicators.findings import FindingKind, kinds

__all__ = [
    "BATCH_CHANGED",
    "CHAIN_BROKEN",
    "DAMAGED",
    "FILE_CHANGED",
    "FILE_MISSING",
    "FILE_ORPHAN",
    "FINDINGS",
    "IMPORTS_WRONG",
    "ROW_CHANGED",
    "ROW_ORPHAN",
    "TABLE_LOST",
]

DAMAGED = FindingKind(
    code="store-damaged",
    severity="error",
    message="数据库自检不通过：{found}",
    action="停止写入，从备份恢复",
)
TABLE_LOST = FindingKind(
    code="store-table-lost",
    severity="error",
    message="缺少表 {found}",
    action="停止写入，从备份恢复",
)
CHAIN_BROKEN = FindingKind(
    code="store-chain-broken",
    severity="error",
    message="批次 {found} 没有接在前一批次之后",
    action="有批次被删除或插入，请从备份恢复",
)
BATCH_CHANGED = FindingKind(
    code="store-batch-changed",
    severity="error",
    message="批次 {found} 的内容与其摘要不符，应有 {expected} 行",
    action="有人绕过本程序改动了数据，请从备份恢复",
)
ROW_CHANGED = FindingKind(
    code="store-row-changed",
    severity="error",
    message="表 {table} 批次 {batch} 第 {line} 行与其摘要不符",
    action="有人绕过本程序改动了数据，请从备份恢复",
)
ROW_ORPHAN = FindingKind(
    code="store-row-orphan",
    severity="error",
    message="表 {table} 有 {found} 行不属于任何批次",
    action="有人绕过本程序写入了数据，请从备份恢复",
)
IMPORTS_WRONG = FindingKind(
    code="store-imports-wrong",
    severity="error",
    message="导入登记与批次不符：{found}",
    action="有人绕过本程序改动了数据，请从备份恢复",
)
FILE_MISSING = FindingKind(
    code="store-file-missing",
    severity="error",
    message="{owner} 的原件 {found}… 不在库中",
    action="请从备份恢复该文件",
)
FILE_CHANGED = FindingKind(
    code="store-file-changed",
    severity="error",
    message="保存的文件 {found}… 内容与摘要不符",
    action="请从备份恢复该文件",
)
FILE_ORPHAN = FindingKind(
    code="store-file-orphan",
    severity="note",
    message="保存的文件 {found}… 没有批次提到",
    action="多为中断的导入所留，可以保留，也可以删除",
)
FINDINGS: Mapping[str, FindingKind] = kinds(
    DAMAGED,
    TABLE_LOST,
    CHAIN_BROKEN,
    BATCH_CHANGED,
    ROW_CHANGED,
    ROW_ORPHAN,
    IMPORTS_WRONG,
    FILE_MISSING,
    FILE_CHANGED,
    FILE_ORPHAN,
)
