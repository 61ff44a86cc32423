"""``serve``: the dashboard, found through its entry point so that the core never imports it."""

from __future__ import annotations

import argparse
import os
from importlib.metadata import entry_points

from indicators.cli import common
from indicators.errors import UsageError

GROUP = "indicators.dashboard"


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register ``serve``."""
    parser = commands.add_parser(
        "serve",
        help="在浏览器中查看",
        description="在本机提供网页：总览、指标、文件和依据。按 Ctrl+C 停止。",
    )
    common.add_store_option(parser)
    parser.add_argument(
        "--host", default="127.0.0.1", metavar="地址", help="监听地址（默认 127.0.0.1）"
    )
    parser.add_argument(
        "--port",
        type=_port,
        default=os.environ.get("PORT", "8050"),
        metavar="端口",
        help="端口（环境变量 PORT，默认 8050）",
    )
    parser.set_defaults(run=run)


def _port(written: str) -> int:
    if not written.isdecimal() or not 0 <= int(written) < 65536:
        raise argparse.ArgumentTypeError(f"“{written}”不是端口，应为 0 至 65535 的整数")
    return int(written)


def run(options: argparse.Namespace) -> int:
    """Serve until interrupted."""
    found = list(entry_points(group=GROUP, name="serve"))
    if not found:
        raise UsageError(
            "没有安装看板", place="serve", action="请重新安装：pip install indicator-monitor"
        )
    store = options.store or os.environ.get("INDICATORS_STORE") or common.DEFAULT_STORE
    serve = found[0].load()
    status: int = serve(store, options.host, options.port)
    return status
