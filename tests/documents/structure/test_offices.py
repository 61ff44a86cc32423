"""Responsible offices: who is named, and which task each bracket closes."""

from datetime import date
from pathlib import Path

import pytest

PLANS = ("000", "001", "004")


def expected(number):
    """Return what offices.txt says of a plan: (start of the task, offices) in order."""
    lines = Path(__file__).with_name("offices.txt").read_text(encoding="utf-8").splitlines()
    found, inside = [], False
    for line in lines:
        if line.startswith("["):
            inside = line.startswith(f"[{number}_")
        elif inside and ": " in line:
            task, _, offices = line.partition(": ")
            found.append((task, tuple(offices.split())))
    return found


@pytest.mark.parametrize("number", PLANS)
def test_each_task_has_the_offices_that_close_it(seed, number):
    """The full list of offices per task of the three plans that state them."""
    document = seed(number)
    found = [(document.text[each.task_start :], each.offices) for each in document.brackets]
    wanted = expected(number)
    assert len(found) == len(wanted) == {"000": 24, "001": 22, "004": 17}[number]
    for (text, offices), (task, named) in zip(found, wanted, strict=True):
        assert text.startswith(task)
        assert offices == named


def test_a_plan_without_brackets_names_no_offices(seed):
    """呼和浩特's plan gives no responsible office, and none is made up."""
    assert seed("002").brackets == ()


@pytest.mark.parametrize(
    ("number", "everywhere"),
    [
        ("000", ("各旗县区人民政府", "稀土高新区管委会")),
        ("001", ("各盟行政公署、市人民政府",)),
        ("004", ()),
    ],
)
def test_a_rule_stated_once_names_offices_of_every_task(seed, number, everywhere):
    """以下任务均涉及…，不再单独列出 holds for all later tasks and is not an office of the first."""
    document = seed(number)
    assert document.everywhere == everywhere
    last = document.brackets[-1]
    offices = document.offices_at(last.task_start + 5)
    assert offices[: len(last.full)] == last.full
    assert offices[len(last.full) :] == everywhere


@pytest.mark.parametrize(
    "rule",
    [
        "（责任单位：市数据局；以下任务均需各区人民政府落实，不再单独列出）",
        "（责任单位：市数据局，各区人民政府。以下任务均涉及各区人民政府，不再列出。）",
        "（责任单位：市数据局；以下均需各区人民政府落实，不再列出）",
        "（责任单位：市数据局；各区人民政府为各项任务的责任单位，以下不再列出）",
        "（责任单位：市数据局；各项任务均由各区人民政府配合，不再逐一列出）",
    ],
)
def test_the_rule_is_said_in_several_ways(parse, rule):
    """However it is said, it holds for the later tasks and names no office by itself."""
    document = parse(f"1．算力。建设机房。{rule}\n2．数据。登记数据。（责任单位：市政务局）\n")
    assert document.everywhere == ("各区人民政府",)
    assert document.brackets[0].offices[0] == "市数据局"
    assert set(document.brackets[0].offices) <= {"市数据局", "各区人民政府"}
    assert document.offices_at(document.brackets[1].task_start) == ("市政务局", "各区人民政府")


def test_the_rule_does_not_repeat_offices_that_the_task_names(seed):
    """The task that states the rule names the bodies itself: once is enough."""
    document = seed("000")
    offices = document.offices_at(document.brackets[0].task_start + 5)
    assert len(offices) == len(set(offices))


@pytest.mark.parametrize(
    ("written", "full"),
    [
        ("市科技局、工信局、市场监管局", ("市科技局", "市工信局", "市市场监管局")),
        (
            "自治区商务厅、司法厅，内蒙古金融监管局",
            ("自治区商务厅", "自治区司法厅", "内蒙古金融监管局"),
        ),
        ("市委网信办，市公安局、数据局", ("市委网信办", "市公安局", "市数据局")),
        ("区数据局、公安武清分局、武清开发区等", ("区数据局", "公安武清分局", "武清开发区")),
        ("省发展改革委、国家税务总局湖南省税务局", ("省发展改革委", "国家税务总局湖南省税务局")),
        ("发展改革委、工业和信息化部", ("发展改革委", "工业和信息化部")),
    ],
)
def test_the_level_that_only_the_first_names_holds_for_its_list(parse, written, full):
    """市科技局、工信局 are both offices of the city; a comma begins a list of its own."""
    document = parse(f"1．建设平台。完成建设。（责任单位：{written}）\n")
    assert document.brackets[0].full == full


@pytest.mark.parametrize(
    ("written", "offices"),
    [
        ("各区、县人民政府，市数据局", ("各区、县人民政府", "市数据局")),
        ("市数据局，各市、县（市、区）人民政府", ("市数据局", "各市、县（市、区）人民政府")),
        ("各镇人民政府、街道办事处", ("各镇人民政府、街道办事处",)),
        ("各旗县区人民政府、稀土高新区管委会", ("各旗县区人民政府", "稀土高新区管委会")),
    ],
)
def test_a_group_of_bodies_is_kept_whole(parse, written, offices):
    """各盟行政公署、市人民政府 is one group; a body with a name of its own is not part of it."""
    document = parse(f"1．建设平台。完成建设。（责任单位：{written}）\n")
    assert document.brackets[0].offices == offices


@pytest.mark.parametrize(
    ("bracket", "lead", "supporting"),
    [
        (
            "（牵头单位：市数据局；配合单位：市财政局、人社局）",
            ("市数据局",),
            ("市财政局", "市人社局"),
        ),
        ("（牵头部门：市数据局；参与部门：市财政局）", ("市数据局",), ("市财政局",)),
        ("(牵头单位:市数据局)（配合单位：市财政局）", ("市数据局",), ("市财政局",)),
        ("（市数据局牵头，市财政局、市人社局配合）", ("市数据局",), ("市财政局", "市人社局")),
        ("（市数据局牵头，市财政局等按职责分工负责）", ("市数据局",), ("市财政局",)),
        ("（责任单位：市数据局、财政局）", (), ()),
        ("（市数据局、市财政局按职责分工负责）", (), ()),
    ],
)
def test_lead_and_supporting_offices_are_told_apart(parse, bracket, lead, supporting):
    """牵头 leads, 配合 and 参与 support; 责任单位 alone tells neither."""
    document = parse(f"（一）建设平台。到2027年建成。{bracket}\n（二）其他。\n")
    (found,) = document.brackets
    assert (found.lead, found.supporting) == (lead, supporting)
    assert document.text[found.task_start] == "（"
    assert document.text[: found.task_end].endswith("建成。")


def test_labelled_lines_below_a_task_name_its_offices(parse):
    """Offices may stand on lines of their own, without brackets."""
    document = parse(
        "1.建设平台。建成一个平台。\n牵头单位：市数据局\n配合单位：市财政局\n2.其他。\n"
    )
    (found,) = document.brackets
    assert (found.lead, found.supporting) == (("市数据局",), ("市财政局",))


@pytest.mark.parametrize(
    ("written", "until", "leader"),
    [
        ("（责任单位：市数据局；完成时限：2026年6月底前）", date(2026, 6, 30), ""),
        (
            "（责任单位：市数据局；责任领导：张三；完成时限：2026年12月）",
            date(2026, 12, 31),
            "张三",
        ),
        ("（完成时限：2026年7月前；责任单位：市数据局）", date(2026, 6, 30), ""),
        ("（责任单位：市数据局；完成时限：长期坚持）", None, ""),
        ("\n责任单位：市数据局\n完成时限：2026年9月30日\n", date(2026, 9, 30), ""),
    ],
)
def test_deadline_and_leader_beside_the_offices_are_no_offices(parse, written, until, leader):
    """完成时限 and 责任领导 in or below the bracket are read as what they are."""
    document = parse(f"1．建设平台。建成平台。{written}\n2．其他。\n")
    (found,) = document.brackets
    assert found.offices == ("市数据局",)
    assert (found.until, found.leader) == (until, leader)


def test_lines_of_different_labels_speak_of_one_task(parse):
    """Leader, lead, offices and deadline on lines of their own, in any order, are read together."""
    document = parse(
        "（一）发展。生产总值增长6%。\n责任领导：张三\n牵头单位：县发改局\n责任单位：县统计局、工信局，各乡镇\n"
        "完成时限：2026年12月底\n（二）民生。新建学校2所。\n牵头单位：县教育局\n责任单位：各乡镇\n"
    )
    first, second = document.brackets
    assert first.full == ("县发改局", "县统计局", "县工信局", "各乡镇")
    assert (first.lead, first.leader, first.until) == (("县发改局",), "张三", date(2026, 12, 31))
    assert document.text[first.task_start : first.task_end] == "（一）发展。生产总值增长6%。"
    assert second.full == ("县教育局", "各乡镇")


def test_a_bracket_below_several_steps_closes_them_all(parse):
    """Where only the last line under a task names offices, they answer for the whole task."""
    document = parse(
        "一、任务\n（一）算力\n1.第一步。建设机房。\n2.第二步。建设网络。\n（责任单位：市数据局）\n"
        "（二）数据\n1.登记。全部登记。\n"
    )
    (found,) = document.brackets
    assert document.text[found.task_start :].startswith("（一）算力")


def test_two_brackets_in_one_section_part_it(parse):
    """The second bracket closes what follows the first."""
    document = parse("一、任务\n建设机房。（责任单位：市数据局）建设网络。（责任单位：市工信局）\n")
    first, second = document.brackets
    assert document.text[second.task_start : second.task_end] == "建设网络。"
    assert document.offices_at(second.task_start) == ("市工信局",)
    assert document.offices_at(first.task_start) == ("市数据局",)


def test_a_break_inside_a_bracket_is_joined(parse):
    """A page that turns inside a name leaves the name whole: 自⏎⏎治区工业和信息化厅."""
    document = parse(
        "1. 推动制造业发展，提升水平。（责任单位：自\n\n治区工业和信息化厅、发展改革委)\n"
    )
    assert document.brackets[0].offices == ("自治区工业和信息化厅", "发展改革委")


@pytest.mark.parametrize(
    "text", ["（责任单位：）", "（责任单位：市科技局", "责任单位要各负其责。", "（由他负责）"]
)
def test_what_names_no_office_is_no_bracket(parse, text):
    """An empty or unclosed bracket and plain words about responsibility give nothing."""
    assert parse(f"1．建设平台。{text}\n").brackets == ()
