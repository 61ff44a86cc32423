"""What holds of the tasks of any text."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from indicators.documents import Entry, parse_text
from indicators.extraction import tasks

PIECES = st.sampled_from(
    [
        "一、重点任务", "一、发展目标", "二、保障措施", "（一）建设平台", "1．强化算力。", "（1）选址。", "专栏1 工程",
        "一是建立机制，", "二是创新模式。", "到2027年，", "——2026年底，", "2026年6月底前", "今年", "“十五五”时期",
        "建成公共服务平台", "形成规划并开展应用", "达到全国先进水平", "每半年召开一次会议", "定期发布清单",
        "算力规模达到30个", "（责任单位：市科技局、工信局）", "（市数据局牵头，市财政局配合）", "，", "。", "；", "：", "\n", "\n\n",
        " ", "　", "充分释放潜力。", "3", "\t",
    ]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=50).map("".join) | st.text(max_size=120)
ENTRIES = st.sampled_from(
    [
        None,
        Entry(document="x.txt", title="某市方案（2025—2027年）", issued_on=date(2025, 3, 1)),
        Entry(document="x.txt", title="2026年某省政府工作报告", issued_on=date(2026, 1, 20)),
        Entry(document="x.txt", title="若干措施", issued_on=date(2026, 1, 20)),
    ]
)


@given(TEXTS, ENTRIES)
def test_tasks_stand_in_the_text(text, entry):
    """Spans lie inside the text, quotes are verbatim, ids are unique, dates have a source."""
    document = parse_text(text, name="x.txt", digest="0" * 64, entry=entry)
    found = tasks(document)
    for task in found:
        assert 0 <= task.start < task.end <= len(text)
        assert task.text in text
        assert task.title.strip()
        assert bool(task.deadline) == bool(task.date_source)
        assert bool(task.frequency) == (task.sort == "recurring")
        assert bool(task.reference) == (task.sort == "relative")
        assert not task.offices or task.lead_office
        assert set(task.supporting_offices) <= set(task.offices)
    assert len({task.task_id for task in found}) == len(found)
    assert [task.start for task in found] == sorted(task.start for task in found)


@given(TEXTS, ENTRIES)
def test_the_same_text_gives_the_same_tasks(text, entry):
    """Tasks and their ids depend on nothing but the input."""

    def draw():
        return tasks(parse_text(text, name="x.txt", digest="0" * 64, entry=entry))

    assert draw() == draw()
