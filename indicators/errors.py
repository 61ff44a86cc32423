"""Everything that can go wrong with an input, said in one line.

An error says where, what was found, what was expected and what to do; the command line prints it
and leaves with the error's exit status.  What is wrong *inside* a readable input is a finding
(``indicators.findings``), not an error; ``InputRefused`` carries findings that stop an import.
"""

from __future__ import annotations

import errno
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from indicators.findings import Finding

__all__ = [
    "AccessDenied",
    "ConfigurationError",
    "IndicatorsError",
    "InputRefused",
    "StoreError",
    "UnfitRow",
    "UnreadableInput",
    "UsageError",
    "reason",
    "unreadable",
]

_REASONS: Mapping[int, str] = {
    errno.ENOENT: "没有这个文件",
    errno.ENOTDIR: "路径中间有一段不是文件夹",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.EEXIST: "已有同名的文件",
    errno.EACCES: "没有权限",
    errno.EPERM: "不允许这样做",
    errno.EROFS: "所在磁盘只能读",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "超出磁盘配额",
    errno.EFBIG: "文件过大",
    errno.ENAMETOOLONG: "文件名过长",
    errno.ELOOP: "链接循环",
    errno.EIO: "磁盘读写出错",
    errno.EMFILE: "打开的文件过多",
    errno.ENFILE: "打开的文件过多",
    errno.ESTALE: "网络文件夹已断开",
    errno.EXDEV: "不在同一个磁盘上",
    errno.EBUSY: "正被占用",
    errno.ETXTBSY: "正被占用",
    errno.ENXIO: "设备不可用",
    errno.ENODEV: "设备不可用",
    errno.ENOMEM: "内存不足",
    errno.EADDRINUSE: "已被别的程序占用",
    errno.EADDRNOTAVAIL: "本机没有这个地址",
    errno.ECONNREFUSED: "对方拒绝连接",
    errno.ETIMEDOUT: "等候超时",
}
"""What the system complains of most, in words; its own texts are English."""


class IndicatorsError(Exception):
    """The base of all errors of this package.

    Args:
        message: one line: what is wrong, with what was found and expected.
        place: file, ``FILE!SHEET!CELL`` or ``FILE:LINE`` it is about.
        action: what to do about it.
    """

    exit_status = 2

    def __init__(self, message: str, *, place: str = "", action: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.place = place
        self.action = action

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place else ""
        then = f"；{self.action}" if self.action else ""
        return f"{where}{self.message}{then}"


class UsageError(IndicatorsError, ValueError):
    """A command or function was called with words that do not fit together."""


class UnreadableInput(IndicatorsError, ValueError):
    """A file is not what it should be: empty, binary, encrypted, of another format."""


class ConfigurationError(IndicatorsError, ValueError):
    """A reference file, rule profile or environment setting is wrong."""


class StoreError(IndicatorsError, RuntimeError):
    """The ledger cannot be opened, read or written, or a row does not fit it."""


class UnfitRow(StoreError, ValueError):
    """A row holds what the ledger cannot keep; the ledger itself is well."""


class AccessDenied(IndicatorsError, PermissionError):
    """The person may not do this."""


class InputRefused(IndicatorsError):
    """A readable input was refused because of findings; nothing of it was recorded."""

    exit_status = 1

    def __init__(self, message: str, findings: Sequence[Finding], *, place: str = "") -> None:
        super().__init__(message, place=place)
        self.findings = tuple(findings)


def reason(error: OSError | ValueError) -> str:
    """Return what the system complains of, in Chinese; a rare complaint keeps its number."""
    if isinstance(error, OSError) and error.errno is not None:
        return _REASONS.get(error.errno, f"系统错误 {error.errno}")
    return "路径里有不能用的字符" if isinstance(error, ValueError) else "系统错误"


def unreadable(path: str | Path, error: OSError | ValueError, what: str = "") -> UnreadableInput:
    """Return the one message for a file that cannot be read.

    Args:
        path: the file, as the user named it.
        error: what the system said.
        what: what the file is to be, as 目录; empty where that is plain.
    """
    missing = isinstance(error, FileNotFoundError)
    action = "请检查路径" if missing else "请检查路径和权限"
    return UnreadableInput(f"{what}读不出：{reason(error)}", place=str(path), action=action)
