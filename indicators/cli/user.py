"""``user``: accounts of people who use the house over the network."""

from __future__ import annotations

import argparse
import getpass
import sys
from typing import TYPE_CHECKING

from indicators.cli import common

if TYPE_CHECKING:
    from indicators.ledger import Reader
    from indicators.model import User

ROLES = ("viewer", "reporter", "steward", "administrator")
SHORTEST, LONGEST = 10, 200
"""Characters of a password."""


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the commands."""
    parser = commands.add_parser(
        "user", help="管理账号", description="新增、调整和停用账号，更换口令。"
    )
    inner = parser.add_subparsers(title="命令", metavar="命令", required=True)
    new = inner.add_parser("add", help="新增账号（从终端或标准输入读口令）")
    new.add_argument("name", metavar="账号")
    new.add_argument("--role", choices=ROLES, default="viewer", help="角色，默认 viewer")
    new.add_argument("--office", action="append", default=[], metavar="地区/单位", help="可多次")
    new.add_argument("--proxy", action="store_true", help="由可信代理登录，不设口令")
    new.set_defaults(run=run_add)
    role = inner.add_parser("role", help="调整角色和单位")
    role.add_argument("name", metavar="账号")
    role.add_argument("role", choices=ROLES)
    role.add_argument("--office", action="append", default=[], metavar="地区/单位", help="可多次")
    role.set_defaults(run=run_role)
    password = inner.add_parser("password", help="更换口令（从终端或标准输入读），已登录的随即退出")
    password.add_argument("name", metavar="账号")
    password.set_defaults(run=run_password)
    remove = inner.add_parser("remove", help="停用账号（记录保留）")
    remove.add_argument("name", metavar="账号")
    remove.set_defaults(run=run_remove)
    for each in (new, role, password, remove):
        common.add_store_option(each)


def _existing(reader: Reader, name: str) -> User:
    from indicators.errors import UsageError
    from indicators.model import User

    found = reader.current(User, user=name)
    if not found:
        raise UsageError(f"没有账号“{name}”", action="请先用 indicators user add 新增")
    return found[0]


def _offices(written: list[str], role: str) -> tuple[str, ...]:
    from indicators.errors import UsageError

    for each in written:
        if not all(each.partition("/")):
            raise UsageError(f"单位“{each}”应写作 地区/单位，如 武清区/区数据局")
    if role == "reporter" and not written:
        raise UsageError("报送账号要有单位", action="请加 --office 地区/单位")
    return tuple(dict.fromkeys(written))


def _password() -> str:
    from indicators.errors import UsageError

    if sys.stdin.isatty():
        first, again = getpass.getpass("口令："), getpass.getpass("再输一次：")
        if first != again:
            raise UsageError("两次口令不同", action="请重新运行")
    else:
        first = sys.stdin.readline().rstrip("\r\n")
    if len(first) < SHORTEST:
        raise UsageError(f"口令只有 {len(first)} 个字符，至少要 {SHORTEST} 个")
    if len(first) > LONGEST:
        raise UsageError(f"口令有 {len(first)} 个字符，至多 {LONGEST} 个")
    return first


def run_add(options: argparse.Namespace) -> int:
    """Add an account with a scrypt hash of its password."""
    from werkzeug.security import generate_password_hash

    from indicators.errors import UsageError
    from indicators.model import User

    offices = _offices(options.office, options.role)
    with common.open_ledger(options, create=True) as ledger:
        if any(each.active for each in ledger.current(User, user=options.name)):
            raise UsageError(f"账号“{options.name}”已存在", action="请用 indicators user role 调整")
        password = "" if options.proxy else generate_password_hash(_password(), method="scrypt")
        with ledger.batch("user", who=common.who(options), reason="新增账号") as tx:
            tx.add([User(user=options.name, role=options.role, offices=offices, password=password)])
    print(f"已新增账号 {options.name}（{options.role}）")
    return 0


def run_role(options: argparse.Namespace) -> int:
    """Change role and offices; the password stays."""
    from dataclasses import replace

    offices = _offices(options.office, options.role)
    with (
        common.open_ledger(options) as ledger,
        ledger.batch("user", who=common.who(options), reason="调整角色") as tx,
    ):
        user = _existing(tx, options.name)
        tx.add([replace(user, role=options.role, offices=offices)])
    print(f"账号 {options.name} 的角色为 {options.role}")
    return 0


def run_password(options: argparse.Namespace) -> int:
    """Replace a password; the dashboard ends the sessions of the old one at their next request."""
    from dataclasses import replace

    from werkzeug.security import generate_password_hash

    from indicators.errors import UsageError

    with common.open_ledger(options) as ledger:
        if not _existing(ledger, options.name).active:
            raise UsageError(
                f"账号“{options.name}”已停用", action="请用 indicators user add 重新启用"
            )
        made = generate_password_hash(_password(), method="scrypt")
        with ledger.batch("user", who=common.who(options), reason="更换口令") as tx:
            tx.add([replace(_existing(tx, options.name), password=made)])
    print(f"账号 {options.name} 的口令已更换，已登录的随即退出")
    return 0


def run_remove(options: argparse.Namespace) -> int:
    """Close an account; what it did stays on record."""
    from dataclasses import replace

    with (
        common.open_ledger(options) as ledger,
        ledger.batch("user", who=common.who(options), reason="停用账号") as tx,
    ):
        tx.add([replace(_existing(tx, options.name), active=False)])
    print(f"账号 {options.name} 已停用")
    return 0
