"""From the seeds to a complete 台账 by the commands alone, as a new user would."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from indicators.cli import main
from tests.register.sheets import Filled

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """Run one command on a store of its own; returns (status, stdout, stderr)."""
    monkeypatch.setenv("INDICATORS_STORE", str(tmp_path / "store"))
    monkeypatch.setenv("INDICATORS_WHO", "督查室")
    monkeypatch.chdir(tmp_path)

    def command(*words):
        status = main([str(word) for word in words])
        told = capsys.readouterr()
        return status, told.out, told.err

    return command


@pytest.fixture
def loaded(run):
    status, out, err = run("load", ROOT / "seeds", "--catalog", ROOT / "seeds" / "catalog.csv")
    assert status == 0, err
    assert "17 条表述" in out
    assert "11 个指标、11 个目标" in out
    return run


def test_from_the_seeds_to_a_complete_ledger_of_duties(loaded, tmp_path):
    """Load, review, set, print the 台账 of 武清 and 包头, fill it in, read the story."""
    run = loaded
    assert run("review", "export", "review.xlsx")[0] == 0
    review = Filled(tmp_path / "review.xlsx")
    for row in review.rows("表述审核", 地区="武清区"):
        review.put("表述审核", row, 决定="接受")
    review.save("decided.xlsx")
    status, out, err = run("review", "import", "decided.xlsx", "--reason", "第一次审核")
    assert (status, out) == (0, "决定 17 条表述、0 条关系\n"), err
    assert run("settings", "export", "settings.xlsx", "--place", "武清区")[0] == 0
    settings = Filled(tmp_path / "settings.xlsx")
    lacking = {settings.get("待办", row, "事项") for row in settings.rows("待办")}
    assert lacking == {"基期", "报送单位"}
    for row in settings.rows("指标设置"):
        settings.put("指标设置", row, 采用建议="单位")
    settings.save("set.xlsx")
    status, out, err = run("settings", "import", "set.xlsx")
    assert status == 0, err
    assert out.startswith("已保存")
    status, _, err = run("ledger", "export", "duties.xlsx")
    assert status == 0
    assert "武清区" in err
    assert "包头市" in err
    duties = Filled(tmp_path / "duties.xlsx")
    goals = [row for row in duties.rows("武清区") if duties.get("武清区", row, "目标")]
    assert len(goals) == 11
    assert len(duties.rows("包头市")) >= 24
    assert all(duties.get("包头市", row, "完成时限") for row in duties.rows("包头市"))
    duties.put("包头市", 4, 进展情况="已启动", 责任领导="王五")
    duties.save("filled.xlsx")
    status, out, err = run("ledger", "import", "filled.xlsx", "--quarter", "2026Q2")
    assert (status, out) == (0, "更新台账 1 行\n"), err
    status, out, _ = run("history", "智算规模", "--json")
    assert [each["sort"] for each in json.loads(out)][:2] == ["提出", "提出"]
    assert "目标确认" in out


def test_a_refused_workbook_leaves_with_status_one(loaded, tmp_path):
    """Findings go to stderr, one a line, and nothing is recorded."""
    run = loaded
    run("review", "export", "review.xlsx", "--place", "武清区")
    review = Filled(tmp_path / "review.xlsx")
    review.put("表述审核", 4, 决定="也许")
    review.save("wrong.xlsx")
    status, out, err = run("review", "import", "wrong.xlsx")
    assert (status, out) == (1, "")
    assert "wrong.xlsx!表述审核!C4  register-choice" in err


def test_wrong_use_leaves_with_status_two(loaded, tmp_path):
    """A missing file, an unknown indicator, another suffix: one line each, status 2."""
    run = loaded
    (tmp_path / "text.xlsx").write_text("不是工作簿", "utf-8")
    for words in (
        ("review", "import", "none.xlsx"),
        ("settings", "import", "text.xlsx"),
        ("ledger", "import", tmp_path),
        ("ledger", "export", "duties.pdf"),
        ("ledger", "export", "duties.xlsx", "--place", "无此地"),
        ("history", "无此指标"),
        ("review", "merge", "a"),
        ("review", "merge", "a", "b"),
        ("review", "split", "a", "b"),
    ):
        status, _, err = run(*words)
        assert status == 2, words
        assert len(err.strip().splitlines()) == 1, err


def test_a_merge_is_made_and_undone(loaded):
    """review merge and --undo, and load --again with nothing changed."""
    run = loaded
    told = json.loads(run("history", "典型应用场景", "--json")[1])
    assert told
    one, other = (
        run("history", name)[1].partition("（")[2].partition("）")[0]
        for name in ("典型应用场景", "高质量数据集")
    )
    assert run("review", "merge", one, other, "--reason", "试")[1] == "已合并\n"
    assert "并入" in run("history", other)[1]
    assert run("review", "merge", one, "--undo")[1] == "已撤销合并\n"
    status, out, _ = run(
        "load", ROOT / "seeds", "--catalog", ROOT / "seeds" / "catalog.csv", "--again"
    )
    assert status == 0
    assert "变化" not in out


def test_the_demonstration_goes_in_and_twice_is_once(loaded):
    """Decisions and settings of data/demonstration fit what the seeds give today."""
    run = loaded
    folder = ROOT / "data" / "demonstration"
    for name, words in (("decisions", "review"), ("settings", "settings")):
        status, out, err = run(words, "import", folder / f"{name}.xlsx")
        assert status == 0, err
        assert "先前" not in out
        again = run(words, "import", folder / f"{name}.xlsx")
        assert again[:2] == (0, "这个文件先前已导入，没有新内容\n")
    out = run("history", "智算规模")[1]
    assert "基期 5EFLOPS（2024-12-31），报送单位 区数据局" in out


def test_a_settings_workbook_without_indicators_says_how_to_get_them(loaded):
    """Before any review the workbook is empty, and the hint names the way to a full one."""
    status, _, err = loaded("settings", "export", "settings.xlsx")
    assert status == 0
    assert "0 个指标" in err
    assert "--all" in err
    assert "--all" not in loaded("settings", "export", "settings.xlsx", "--all")[2]
