"""How a value binds: the words directly before and after a quantity.

突破 and 超 bind only directly before the quantity (突破关键核心技术攻关30个 is exactly 30); after a list
the word covers the whole list (分别增长5%、6.5%左右).
"""

from __future__ import annotations

import re

from indicators.extraction import words
from indicators.model import Bound

__all__ = ["after", "before", "decide"]

_AFTER = re.compile(
    r"(?:（[^（）]{1,16}）|\([^()]{1,16}\))?(?:的)?(?:"
    r"(?P<least>(?:及)?以上|之上|(?:的)?大关|(?:的)?关口|[余多](?![元年个]))"
    r"|(?P<most>(?:及)?以内|之内|(?:及)?以下|之下)"
    r"|(?P<about>左右|上下))"
)
_LEAST = words.load("bound_least")
_MOST = words.load("bound_most")
_ABOUT = words.load("bound_about")


_SENSE: dict[str, Bound] = {
    **dict.fromkeys(_LEAST, "at_least"),
    **dict.fromkeys(_MOST, "at_most"),
    **dict.fromkeys(_ABOUT, "about"),
}
_BEFORE = re.compile(
    f"(?:了|的|“|币民人|为|有)?(?P<word>{words.pattern(word[::-1] for word in _SENSE)})"
)
_FAR = re.compile(
    r"(?:(?P<least>至少|最少|不少于|不低于)|(?P<most>最多|至多|不超过))(?:要|需|应|有)?(?:建成|打造|培育|形成|建设|开展|举办|新增|新建|引进|完成|组织|设立|安排|配备|召开|推出|选派|达到|创建|建立|改造|培训|储备|落地|实施|提供|争取|覆盖)$"
)
"""At least before the verb: 至少建成1个."""
_REACH = max(map(len, _SENSE)) + 12
"""As far back as a bound can stand: its word and the verb or particle between, in characters."""
_NOT_LEAST = re.compile(r"(?:通|经|渡|度|透|走|越不|不)过$|(?:计划|任务|目标|预期|赶|反)超$")


def after(text: str, end: int) -> tuple[str, int]:
    """Return the bound that the words after a quantity state, and where they end."""
    match = _AFTER.match(text, end)
    if match is None:
        return "", end
    if match["least"]:
        return "at_least", match.end()
    return ("at_most" if match["most"] else "about"), match.end()


def before(left: str) -> str:
    """Return the bound that the words at the end of ``left`` state."""
    left = left[-_REACH:]
    match = _BEFORE.match(left[::-1])
    if match is None:
        far = _FAR.search(left[-12:])
        return "" if far is None else ("at_most" if far["most"] else "at_least")
    sense = _SENSE[match["word"][::-1]]
    if sense == "at_least" and _NOT_LEAST.search(left) and not left.endswith("超过"):
        return ""
    return sense


def decide(ahead: str, behind: str, *, more: bool, ranged: bool) -> Bound:
    """Join what stands before and after: 控制在…左右 is about, 控制在…以内 at most."""
    if ranged:
        return "between"
    if behind == "about" or (ahead == "about" and not behind):
        return "about"
    if behind in {"at_least", "at_most"}:
        return "at_least" if behind == "at_least" else "at_most"
    if ahead == "at_least" or (more and ahead != "at_most"):
        return "at_least"
    return "at_most" if ahead == "at_most" else "equal"
