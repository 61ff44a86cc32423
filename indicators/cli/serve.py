"""``serve``: the dashboard, found through its entry point so that the core never imports it."""

from __future__ import annotations

import argparse
import os

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
    parser.add_argument(
        "--login",
        choices=("local", "accounts", "proxy"),
        default=os.environ.get("INDICATORS_LOGIN", "local"),
        help="登录方式：只本机、本地账号、可信代理（环境变量 INDICATORS_LOGIN）",
    )
    parser.add_argument(
        "--proxy-header",
        default=os.environ.get("INDICATORS_PROXY_HEADER", "X-Remote-User"),
        metavar="名称",
        help="代理写入账号的请求头，默认 X-Remote-User",
    )
    parser.add_argument(
        "--proxy-address", action="append", default=[], metavar="地址", help="可信代理，可多次"
    )
    parser.add_argument("--https", action="store_true", help="经 HTTPS 提供：会话只走加密连接")
    parser.add_argument(
        "--language",
        choices=("zh", "en"),
        default=os.environ.get("INDICATORS_LANGUAGE", "zh"),
        help="页面文字：中文或英文，各人可在页面上另选（环境变量 INDICATORS_LANGUAGE，默认 zh）",
    )
    parser.add_argument(
        "--create", action="store_true", help="没有台账库就新建一个空的，在浏览器中载入文件"
    )
    parser.set_defaults(run=run)


def _port(written: str) -> int:
    if not written.isdecimal() or not 0 <= int(written) < 65536:
        raise argparse.ArgumentTypeError(f"“{written}”不是端口，应为 0 至 65535 的整数")
    return int(written)


def run(options: argparse.Namespace) -> int:
    """Serve until interrupted."""
    # Tens of milliseconds that `indicators --help` need not spend.
    from importlib.metadata import entry_points

    found = list(entry_points(group=GROUP, name="serve"))
    if not found:
        raise UsageError(
            "没有安装看板", place="serve", action="请重新安装：pip install indicator-monitor"
        )
    store = common.store_of(options)
    # An absent or damaged one is said before the web starts.
    common.open_ledger(options, create=options.create).close()
    serve = found[0].load()
    status: int = serve(
        store,
        options.host,
        options.port,
        {
            "login": options.login,
            "header": options.proxy_header,
            "proxies": tuple(options.proxy_address),
            "secure": options.https,
        },
        options.language,
    )
    return status
