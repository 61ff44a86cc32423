"""Accounts on the command line."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from werkzeug.security import check_password_hash

from indicators.cli import main
from indicators.model import User
from indicators.store import open_store


@pytest.fixture
def store(tmp_path: Path) -> str:
    return str(tmp_path / "store")


def account(store: str, name: str) -> User:
    with open_store(store) as ledger:
        (user,) = ledger.current(User, user=name)
        return user


def add(store: str, monkeypatch: pytest.MonkeyPatch, *arguments: str, password: str) -> int:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
    return main(["user", "add", *arguments, "--store", store, "--who", "管理员"])


def test_an_account_keeps_a_hash_never_the_password(
    store: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The ledger holds a scrypt hash that fits the password."""
    status = add(
        store, monkeypatch, "甲", "--role", "reporter", "--office", "武清区/区数据局",
        password="长长的口令一二三四五",
    )  # fmt: skip
    user = account(store, "甲")
    assert (status, user.role, user.offices) == (0, "reporter", ("武清区/区数据局",))
    assert user.password.startswith("scrypt:")
    assert check_password_hash(user.password, "长长的口令一二三四五")


@pytest.mark.parametrize(
    ("arguments", "password", "words"),
    [
        (["甲"], "短", "口令只有 1 个字符"),
        (["甲", "--role", "reporter"], "长长的口令一二三四五", "报送账号要有单位"),
        (["甲", "--role", "reporter", "--office", "区数据局"], "长" * 12, "应写作 地区/单位"),
    ],
)
def test_a_wrong_account_is_refused_in_one_line(
    store: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    password: str,
    words: str,
) -> None:
    """Exit status 2, one line, and no account."""
    assert add(store, monkeypatch, *arguments, password=password) == 2
    said = capsys.readouterr().err
    assert words in said
    assert said.count("\n") == 1
    with open_store(store) as ledger:
        assert not ledger.current(User)


def test_role_and_removal_keep_the_password_on_record(
    store: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A changed role keeps the password; a removed account stays on record, closed."""
    add(store, monkeypatch, "乙", password="长长的口令一二三四五")
    kept = account(store, "乙").password
    assert main(["user", "role", "乙", "steward", "--store", store]) == 0
    assert main(["user", "remove", "乙", "--store", store]) == 0
    user = account(store, "乙")
    assert (user.role, user.password, user.active) == ("steward", kept, False)


def test_a_password_is_replaced_and_nothing_else(
    store: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The new one counts, role and state stay; a closed account gets none."""
    add(store, monkeypatch, "乙", "--role", "steward", password="长长的口令一二三四五")
    monkeypatch.setattr("sys.stdin", io.StringIO("另一个口令六七八九十\n"))
    assert main(["user", "password", "乙", "--store", store]) == 0
    user = account(store, "乙")
    assert (user.role, user.active) == ("steward", True)
    assert check_password_hash(user.password, "另一个口令六七八九十")
    for wrong, words in (("短", "至少要 10 个"), ("长" * 201, "至多 200 个")):
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{wrong}\n"))
        assert main(["user", "password", "乙", "--store", store]) == 2
        assert words in capsys.readouterr().err
    assert main(["user", "remove", "乙", "--store", store]) == 0
    assert main(["user", "password", "乙", "--store", store]) == 2
    assert "已停用；请用 indicators user add 重新启用" in capsys.readouterr().err


def test_an_unknown_account_is_said_in_one_line(
    store: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Changing nobody is wrong use."""
    assert main(["user", "add", "丙", "--proxy", "--store", store]) == 0
    assert main(["user", "remove", "丁", "--store", store]) == 2
    assert "没有账号“丁”；请先用 indicators user add 新增" in capsys.readouterr().err
