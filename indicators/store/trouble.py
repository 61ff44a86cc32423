"""What databases and disks complain of, said in one line with what to do."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy.exc import (
    DBAPIError,
    IntegrityError,
    InvalidRequestError,
    NoSuchModuleError,
    SQLAlchemyError,
)
from sqlalchemy.exc import TimeoutError as PoolTimeout

from indicators.errors import IndicatorsError, StoreError

__all__ = ["AlreadyRecorded", "TablesLost", "on_disk", "translated", "with_driver"]


class AlreadyRecorded(StoreError):
    """The same file stands already for this office, place and quarter."""


class TablesLost(StoreError):
    """The ledger lacks tables that it had; nothing may be read from or written to the rest."""

    def __init__(self, lost: Sequence[str], label: str) -> None:
        super().__init__(
            f"台账库已损坏：缺少表 {'、'.join(lost)}",
            place=label,
            action="请从备份恢复；不要继续写入",
        )
        self.lost = tuple(lost)


_LOCKED = ("database is locked", "database table is locked", "lock timeout", "lock_timeout")
_READ_ONLY = ("readonly", "read-only")
_DAMAGED = (
    "malformed",
    "not a database",
    "file is encrypted",
    "invalid page",
    "could not read block",
    "no such table",
)
_FULL = ("database or disk is full", "no space left", "disk i/o error", "could not extend file")
_NO_SERVER = ("connection refused", "could not connect", "connection failed", "server closed",
              "failed to resolve", "terminating connection", "connection is lost", "timeout expired")  # fmt: skip
_DENIED = ("password authentication", "no password supplied", "permission denied", "role ",
           "peer authentication")  # fmt: skip


def _says(text: str, words: tuple[str, ...]) -> bool:
    return any(word in text for word in words)


def _explain(error: Exception, label: str, holder: Callable[[], str]) -> StoreError:
    """Return the error in our words; the cause stays attached for whoever debugs."""
    original = error.orig if isinstance(error, DBAPIError) and error.orig else error
    text = str(original).casefold()
    line = " ".join(str(original).split())[:160]
    if isinstance(error, IntegrityError) and "imports" in text:
        return AlreadyRecorded(
            "同一文件已为该单位该季度导入过",
            place=label,
            action="无需再次导入；如要更正，请先撤回原批次",
        )
    if isinstance(error, IntegrityError):
        return StoreError(
            f"台账库拒绝了不合约束的数据（{line}）", place=label, action="什么也没有写入"
        )
    if _says(text, _LOCKED):
        who = holder()
        return StoreError(
            f"台账库正被另一个程序写入{who}，等候超时",
            place=label,
            action="请稍后再试，或结束那个程序；什么也没有写入",
        )
    if _says(text, _READ_ONLY):
        return StoreError(
            "台账库只能读，不能写", place=label, action="请检查文件夹和文件的写权限；什么也没有写入"
        )
    if _says(text, _DAMAGED):
        return StoreError(
            f"台账库文件已损坏或不是台账库（{line}）",
            place=label,
            action="请从备份恢复；不要继续写入",
        )
    if _says(text, _FULL) or getattr(original, "errno", 0) in {
        errno.ENOSPC,
        errno.EFBIG,
        errno.EDQUOT,
    }:
        return StoreError(
            "磁盘已满或写入失败",
            place=label,
            action="请腾出空间后重试；什么也没有写入，台账库仍可读",
        )
    if "unable to open database" in text:
        return StoreError(
            "台账库打不开：路径不存在或没有权限", place=label, action="请检查路径和文件夹权限"
        )
    if "does not exist" in text and "database" in text:
        return StoreError(f"数据库不存在（{line}）", place=label, action="请先在服务器上建立数据库")
    if _says(text, _DENIED):
        return StoreError(f"数据库拒绝登录（{line}）", place=label, action="请检查用户、口令和权限")
    if _says(text, _NO_SERVER) or isinstance(error, PoolTimeout):
        return StoreError(
            f"连接不上数据库（{line}）", place=label, action="请检查服务器是否运行、地址是否正确"
        )
    if isinstance(error, OSError):
        return StoreError(f"文件读写失败（{line}）", place=label, action="请检查路径和权限")
    return StoreError(
        f"台账库操作失败（{line}）", place=label, action="什么也没有写入；请检查台账库"
    )


@contextmanager
def translated(label: str, holder: Callable[[], str] = str) -> Iterator[None]:
    """Turn the errors of a database into ``StoreError``; what others raise passes through.

    Raises:
        StoreError: with what is wrong and what to do.
    """
    try:
        yield
    except InvalidRequestError:
        raise
    except SQLAlchemyError as error:
        raise _explain(error, label, holder) from error


@contextmanager
def on_disk(label: str) -> Iterator[None]:
    """Turn the errors of a disk into ``StoreError``.

    Raises:
        StoreError: with what is wrong and what to do.
    """
    try:
        yield
    except IndicatorsError:
        raise
    except OSError as error:
        raise _explain(error, label, str) from error


@contextmanager
def with_driver(label: str) -> Iterator[None]:
    """Say which part to install where the driver of a database is missing.

    Raises:
        StoreError: there is no driver.
    """
    try:
        yield
    except (NoSuchModuleError, ModuleNotFoundError) as error:
        raise StoreError(
            "没有安装 PostgreSQL 的驱动", place=label, action="请安装 indicator-monitor[postgres]"
        ) from error
