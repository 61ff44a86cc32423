"""Words of qualitative commitments: references, frequencies, acts, rhetoric."""

from __future__ import annotations

import re

__all__ = [
    "ACHIEVED",
    "ACT",
    "AND",
    "CLAUSES",
    "CONCRETE",
    "COUNTED",
    "DIGIT",
    "DONE",
    "FILLED",
    "FREQUENCY",
    "LEADING",
    "QUOTED",
    "REFERENCE",
    "RHETORIC",
    "SEMICOLON",
    "TIMES",
    "TRIGGER",
]

TRIGGER = re.compile(
    r"水平|[先前]列|第一方阵|先进行列|每(?:半|两|三|一|个)?[年季月周]|定期|年度|按[年半季月周]|以[^，。]{1,4}为单位"
    r"|20\d\d\s?年|[今本明]年|年底|十[一二三四五六]五"
)
"""Only a sentence with one of these, or one in a dated stretch of goals, is looked at closer."""

_WHOM = (
    r"(?:全国|全球|全省|全市|全区|全县|全盟|全自治区|自治区|省内|区内|市内|国内外?|国际|世界|亚洲|东部|中部|西部|东北"
    r"|京津冀|长三角|粤港澳大湾区|同类|同期|同等|发达国家|中等发达国家|行业|省|市"
    r"|城镇居民|农村居民|居民|经济|地区生产总值|GDP|财政收入)"
)
_COMPARES = r"不低于|不高于|高于|低于|优于|快于|超过|达到|赶上|接近|保持在?|位居|稳居|居于?|进入|跻身|处于|走在|迈入"
REFERENCE = re.compile(
    rf"(?:{_COMPARES})(?P<than>{_WHOM}(?:同(?:类|期|行业|等)[一-鿿]{{0,6}}|[一-鿿]{{0,8}}?)"
    r"(?:平均水平|平均(?:值|增速)?|(?:先进|领先|一流|前沿|较高|较好)?水平|先进行列|前列|先列|第一方阵|增速|增长))"
    rf"|(?:与|和|同)(?P<with>{_WHOM}[一-鿿]{{0,6}}?)(?:基本|保持)?同步"
)
FREQUENCY = re.compile(
    r"每(?:个)?(?:半年|两年|三年|五年|年度?|季度?|半月|月度?|周|旬|学年|学期)(?:度)?"
    r"|以(?P<unit>年|半年|季度?|月|周)度?为单位|按(?P<by>年|半年|季|月|周)度?(?=召开|举办|开展|发布|通报|调度|评估|报送|公布|监测)"
    r"|定期|(?P<yearly>年度)(?=[一-鿿]{0,6}(?:计划|报告|评估|考核|清单|台账|监测|通报))"
)
ACT = re.compile(
    r"召开|举办|举行|开展|发布|通报|调度|评估|评价|报送|报告|公布|监测|组织|研究|会商|检查|督查|督导|考核|更新|制定|培训|总结|评选"
)
ACHIEVED = re.compile(
    r"建成|建立|建设|形成|完成|启动|开工|竣工|投产|投用|投入(?:运营|使用|运行)|通车|设立|组建|成立|出台|印发|制定|编制|实现|打造|培育|构建|具备"
    r"|普及|全覆盖|上线|落地|取得|提升|提高|增强|改善|完善|优化|健全|满足|供给|达到|领先|贯通|确立|巩固|显现|壮大|突破|增长|缩小|降低|下降|夯实"
)
CONCRETE = re.compile(
    r"制定|编制|修订|建成|建立|启动|形成|完成|开工|竣工|投产|投用|投入(?:运营|使用|运行)|通车|设立|组建|成立|出台|印发|上线|落地|具备|全覆盖|实现|打造|发布|贯通"
)
DONE = re.compile(
    r"建成|启动|完成|开工|竣工|投产|投用|投入(?:运营|使用|运行)|通车|设立|组建|成立|出台|印发|上线|全覆盖|贯通"
)
"""Acts that happen on a day: what alone counts in a report, whose goals are rich in words."""
RHETORIC = re.compile(
    r"(?:[一二三四五六七八九十]是)?(?:是|我们|要|必须|坚持|坚定|按照|根据|对照|综合考虑|实现(?:上述|今年|全年)|以习近平|全面贯彻|深入(?:学习|贯彻)|及未来"
    r"|[一-鿿“”《》]{0,30}(?:提出|要求|强调)\Z)"
)
DIGIT = re.compile(r"\d")
COUNTED = re.compile(r"[一二两三四五六七八九十百]{1,6}(?:个|家|项|座|所|条|件|处)(?!方面|百分)")
QUOTED = re.compile(
    r"[“《][^”》]{0,40}[”》]|(?<!\d)\d{1,2}G(?:-A)?|7×24|(?<!\d)\d{1,6}(?=次|场|期)"
)
TIMES = re.compile(r"(?:19|20)\d\d\s?年?(?:\d{1,2}月)?(?:\d{1,2}日)?|\d{1,2}月(?:\d{1,2}日)?")
SEMICOLON = re.compile(r"[；;。！？：:]")
CLAUSES = re.compile(r"[^，,；;。！？：:]+")
LEADING = re.compile(r"[—、，和及到至在于力争确保]+")
AND = re.compile(r"并(?=开展|建成|投入|形成|建立|完成|启动|推广|实现|组织|开工)")
FILLED = re.compile(r"[一-鿿]")
