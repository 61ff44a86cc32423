"""Every sort of finding that a workbook can bring, with its words.

A code never changes once released: receipts and records quote it.
"""

from __future__ import annotations

from collections.abc import Mapping

from indicators.findings import FindingKind, kinds

__all__ = ["FINDINGS", "MARKS"]

MARKS: Mapping[str, str] = {"error": "【错误】", "warning": "【提醒】", "note": "【说明】"}
"""How the words begin that we write into a workbook; a cell that begins so is not read back."""

_SAVE_AS = "请用 Excel 或 WPS 打开后另存为 .xlsx 再报送"

FINDINGS = kinds(
    # The file as a whole.
    FindingKind(
        code="workbook-empty-file", severity="error",
        message="文件是空的", action="请重新导出或重新下载后再报送",
    ),
    FindingKind(
        code="workbook-encrypted", severity="error",
        message="文件设了打开密码，无法读取（{found}）", action="请在 Excel 或 WPS 中取消打开密码，另存后再报送",
    ),
    FindingKind(
        code="workbook-other-format", severity="error",
        message="文件内容是{found}，不是可以导入的工作簿", action=_SAVE_AS,
    ),
    FindingKind(
        code="workbook-not-a-workbook", severity="error",
        message="文件内容是{found}，不是工作簿", action="请报送 .xlsx、.xlsm、.xls、.et 或 .csv 文件",
    ),
    FindingKind(
        code="workbook-damaged", severity="error",
        message="工作簿已损坏，读不出来（{found}）", action="请用 Excel 或 WPS 打开并另存为 .xlsx 再报送",
    ),
    FindingKind(
        code="workbook-too-large", severity="error",
        message="工作簿过大：{found}，上限 {expected}", action="请删去无关的工作表和空行后另存，或拆成几份",
    ),
    FindingKind(
        code="workbook-bomb", severity="error",
        message="压缩比异常（{found}，上限 {expected}），疑为恶意文件", action=_SAVE_AS,
    ),
    FindingKind(
        code="workbook-too-many-merges", severity="error",
        message="合并单元格{found}个，无法处理", action="请取消多余的合并单元格后再报送",
    ),
    FindingKind(
        code="workbook-text-too-long", severity="error",
        message="有单元格的文字长达 {found} 字，超过 Excel 自身上限 {expected}", action=_SAVE_AS,
    ),
    FindingKind(
        code="workbook-has-dtd", severity="error",
        message="成员 {found} 含有文档类型声明，正常的工作簿没有", action=_SAVE_AS,
    ),
    FindingKind(
        code="workbook-bad-member", severity="error",
        message="压缩包成员名不正常：{found}", action=_SAVE_AS,
    ),
    FindingKind(
        code="workbook-duplicate-member", severity="error",
        message="压缩包里有重名成员：{found}", action=_SAVE_AS,
    ),
    FindingKind(
        code="workbook-too-heavy", severity="error",
        message="文件过大或已损坏，在限定的内存和时间内读不完（{found}）", action=_SAVE_AS,
    ),
    FindingKind(
        code="workbook-macros", severity="note",
        message="工作簿带有宏，宏没有运行也不会保留", action="不需要处理",
    ),
    FindingKind(
        code="workbook-links", severity="warning",
        message="工作簿引用了其他工作簿，引用的值以文件中保存的为准", action="请核对，必要时粘贴为数值",
    ),
    FindingKind(
        code="workbook-without-table", severity="warning",
        message="没有找到可以识别的表格", action="请检查表头是否在数据上方，或使用下发的模板",
    ),
    FindingKind(
        code="characters-lost", severity="error",
        message="有 {found} 个单元格的文字变成了问号，另存时选的编码容不下汉字", action="请直接报送 .xlsx，或另存为 UTF-8 编码的 .csv",
    ),
    # Sheets, rows and columns.
    FindingKind(
        code="sheet-hidden", severity="note",
        message="工作表“{found}”是{expected}的，没有读取", action="如有要报送的内容，请取消隐藏",
    ),
    FindingKind(
        code="sheet-not-read", severity="warning",
        message="工作表“{found}”没有读取：工作簿过大，在限定的时间内读不完（未读 {expected} 行）",
        action="请拆分工作簿，把这张表单独存成一个文件后再查看",
    ),
    FindingKind(
        code="sheet-read-in-part", severity="warning",
        message="工作表过大，只读到{found}，其后 {expected} 行没有读取",
        action="所示只是表头和前面各行；要看全部请拆分工作簿，导入时整表读取或整份拒收",
    ),
    FindingKind(
        code="sheet-metadata", severity="note",
        message="工作表“{found}”是参数、代码、说明或下拉列表的来源，没有当作报表读取",
        action="如有要报送的数据，请移到其他工作表，或改工作表名",
    ),
    FindingKind(
        code="sheet-form", severity="note",
        message="这里是一格名称、一格内容的表单，不是数据表：{found}",
        action="报送单位和报送期可以从中读取；要报的数值请写成带表头的表",
    ),
    FindingKind(
        code="formats-unknown", severity="warning",
        message="样式读不出来，分不清百分比和普通数字", action="请核对百分比列，或另存为 .xlsx 再报送",
    ),
    FindingKind(
        code="rows-hidden", severity="note",
        message="有 {found} 行隐藏，其中的数据照样读取", action="如不应报送，请删除这些行",
    ),
    FindingKind(
        code="columns-hidden", severity="note",
        message="有隐藏列：{found}，其中的数据照样读取", action="如不应报送，请删除这些列",
    ),
    FindingKind(
        code="header-duplicate", severity="error",
        message="表头重复：{found} 同时出现在 {expected}", action="请给每一列不同的名称",
    ),
    FindingKind(
        code="header-blank", severity="warning",
        message="所在列没有表头，却有值“{found}”", action="请补上表头，或删去这些值",
    ),
    FindingKind(
        code="header-missing", severity="warning",
        message="没有找到表头，列按字母称呼", action="请在数据上方加一行表头",
    ),
    FindingKind(
        code="header-required", severity="note",
        message="标有 * 的必填列：{found}", action="不需要处理",
    ),
    FindingKind(
        code="unit-ambiguous", severity="note",
        message="单位说明“{found}”有多个单位，按表头是不是比率分给各列", action="请核对，或在表头括号中写明各列单位",
    ),
    # Cells.
    FindingKind(
        code="cell-error-value", severity="error",
        message="单元格是错误值 {found}", action="请改正公式或直接填写数值",
    ),
    FindingKind(
        code="cell-uncalculated", severity="error",
        message="公式没有计算结果", action="请在 Excel 或 WPS 中打开、计算并保存，或填写数值",
    ),
    FindingKind(
        code="cell-number-as-text", severity="warning",
        message="数字存成了文本：{found}", action="已按数值 {expected} 读取，请核对",
    ),
    FindingKind(
        code="cell-percent-mixed", severity="error",
        message="同一列既有百分比格式又有普通数字，无法判断 {found} 是 {expected}",
        action="请把整列改成同一种写法",
    ),
    FindingKind(
        code="cell-formula", severity="note",
        message="值由公式算出，按保存的结果 {found} 读取", action="建议粘贴为数值",
    ),
    FindingKind(
        code="cell-not-a-number", severity="error",
        message="“{found}”不是数字", action="请填写数值，说明写到进展或备注栏",
    ),
    FindingKind(
        code="cell-not-a-day", severity="error",
        message="“{found}”不是日期", action="请写成 2026-09-30",
    ),
    FindingKind(
        code="cell-day-as-text", severity="warning",
        message="日期没有存成日期格式：{found}", action="已按 {expected} 读取，请核对",
    ),
    FindingKind(
        code="cell-date-for-number", severity="error",
        message="这里应填数值，却是日期 {found}", action="请把单元格格式改为常规后重新填写",
    ),
    FindingKind(
        code="cell-comment", severity="note",
        message="单元格有批注：“{found}”", action="批注只作提示，不入库；要报送的说明请写到备注栏",
    ),
    # The content against the register.
    FindingKind(
        code="template-of-other-quarter", severity="error",
        message="工作簿是 {found} 的，应为 {expected}", action="请使用本季度的模板",
    ),
    FindingKind(
        code="template-of-other-office", severity="error",
        message="工作簿是“{found}”的，应为“{expected}”", action="请使用本单位的模板，或改正 --office、--place",
    ),
    FindingKind(
        code="template-changed", severity="note",
        message="模板的隐藏标识与内容不符（{found}）", action="按各行编号和名称逐行核对，不需要处理",
    ),
    FindingKind(
        code="template-title-differs", severity="error",
        message="表头写的是“{found}”，这份模板却是为“{expected}”生成的",
        action="请用本单位本季度的模板填写，不要改旧模板的表头；表头写错的请改回",
    ),
    FindingKind(
        code="template-version", severity="note",
        message="模板版本是 {found}，现行版本是 {expected}", action="照常按编号和名称读取，下次请用新下发的模板",
    ),
    FindingKind(
        code="sheet-beside-template", severity="note",
        message="工作表“{found}”不在模板之内，没有读取", action="要报送的数请填到模板的填报表里",
    ),
    FindingKind(
        code="standing-unknown", severity="warning",
        message="数据性质“{found}”不在列表中", action="请从下拉列表选择：{expected}",
    ),
    FindingKind(
        code="standing-contradicts", severity="warning",
        message="数据性质选了“暂无数据”，却填了数值 {found}", action="请改选数据性质，或删去数值；无误的可以确认，按所填数值入库",
    ),
    FindingKind(
        code="quarter-unknown", severity="error",
        message="不知道报送的是哪个季度", action="请在标题中写明（如“2026年一季度”），或用 --quarter 2026Q1 指明",
    ),
    FindingKind(
        code="office-not-registered", severity="error",
        message="没有登记这个报送单位：{found}", action="请改正 --office、--place，或先在设置中填写报送单位",
    ),
    FindingKind(
        code="office-unknown", severity="error",
        message="不知道报送单位（{found}）", action="请在表上方写明“填报单位：…”，或用 --office 和 --place 指明",
    ),
    FindingKind(
        code="indicator-unknown", severity="error",
        message="“{found}”不是登记的指标", action="请改成登记的名称{expected}",
    ),
    FindingKind(
        code="indicator-proposed", severity="error",
        message="“{found}”没有同名指标，疑为{expected}", action="请改成登记的名称，或在设置中登记为同义名称；确认无误也可用 --match 表中名称=登记名称",
    ),
    FindingKind(
        code="indicator-ambiguous", severity="error",
        message="“{found}”对应多个指标：{expected}", action="请使用模板，或写明口径",
    ),
    FindingKind(
        code="indicator-key-differs", severity="error",
        message="这一行的隐藏编号是“{expected}”，名称却是“{found}”", action="请恢复原来的名称，或在新的一行填写",
    ),
    FindingKind(
        code="indicator-twice", severity="error",
        message="指标“{found}”在 {expected} 已经填报过", action="请只留一处；分季度、分地区的表请分别报送",
    ),
    FindingKind(
        code="indicator-not-reported", severity="warning",
        message="指标“{found}”本季度没有填数", action="请补填；确无数据的请在“数据性质”选“暂无数据”并在进展栏说明，或确认后提交",
    ),
    FindingKind(
        code="indicator-of-other-office", severity="warning",
        message="指标“{found}”由“{expected}”报送", action="请与该单位核对后再报",
    ),
    FindingKind(
        code="unit-not-stated", severity="warning",
        message="没有写明计量单位，{found} 按登记的“{expected}”读取", action="请在表中写明计量单位；无误的可以确认",
    ),
    FindingKind(
        code="unit-converted", severity="note",
        message="填报的 {found} 已按登记的计量单位换算为 {expected}", action="请核对",
    ),
    FindingKind(
        code="row-not-matched", severity="warning",
        message="“{found}”不是登记的指标，这一行没有读取", action="不报送的行可以确认忽略；要报送的请改成登记的名称{expected}",
    ),
    FindingKind(
        code="value-column-ambiguous", severity="error",
        message="不知道哪一列是本期数值：{found}", action="请把本期数值列的表头改为“{expected}”，或使用下发的模板",
    ),
    FindingKind(
        code="quarter-read-from-text", severity="note",
        message="季度取自“{found}”：{expected}", action="如不对，请用 --quarter 指明",
    ),
    FindingKind(
        code="accumulation-without-start", severity="error",
        message="指标“{found}”按自规划起累计填报，却没有累计起点", action="请管理人员在设置中填写累计起点",
    ),
    FindingKind(
        code="quarter-before-start", severity="error",
        message="指标“{found}”自 {expected} 起累计，这一季度还在此之前",
        action="请核对季度；确要补报历史，请管理人员改正累计起点",
    ),
    FindingKind(
        code="value-in-other-column", severity="error",
        message="该指标按“{expected}”填报，数值却填在“{found}”列", action="请把数值移到对应的列",
    ),
    FindingKind(
        code="workbook-without-values", severity="error",
        message="没有读到任何可以入库的数值", action="请检查是否填写，或使用下发的模板",
    ),
    # The flow.
    FindingKind(
        code="already-returned", severity="error",
        message="这份工作簿已被退回：{found}", action="请按意见改正后再报",
    ),
    FindingKind(
        code="already-imported", severity="note",
        message="同一份工作簿已于 {found} 导入", action="没有变化，不需要处理",
    ),
    FindingKind(
        code="already-superseded", severity="warning",
        message="同一份工作簿已于 {found} 导入，之后被更正：现行的是 {expected}",
        action="再交这份不会改回原来的数，本次没有变化；要改回，请管理人员退回现行的那份（indicators submission return），或另存一份、改好后写明更正原因再报",
    ),
    FindingKind(
        code="restatement-without-reason", severity="error",
        message="{found} 已报送过，本次有 {expected} 个值不同", action="请写明更正原因（命令行用 --reason）后再报",
    ),
    FindingKind(
        code="value-restated", severity="note",
        message="与已报送的值不同：原为 {expected}，现为 {found}", action="写明原因后按更正入库，原值保留在历史中",
    ),
    FindingKind(
        code="quarter-not-open", severity="error",
        message="{found} 于 {expected} 才开放填报", action="请到期后再报，或请管理人员另行开放",
    ),
    FindingKind(
        code="quarter-locked", severity="error",
        message="{found} 已于 {expected} 锁定", action="请向管理人员申请例外（indicators calendar except）",
    ),
    FindingKind(
        code="submission-late", severity="note",
        message="{found} 的截止日是 {expected}，本次为逾期报送", action="已标明逾期",
    ),
)  # fmt: skip
"""Code → kind."""
