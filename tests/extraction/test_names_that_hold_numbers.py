"""Numbers inside names, dates, ranks and rhetoric are no quantities."""

from __future__ import annotations

import pytest

from tests.extraction.reading import REPORT, read

SILENT = (
    "全面落实国发〔2025〕11号文件精神，提供7×24小时服务。",
    "深入落实“1571”工作部署，用好12345热线。",
    "加快5G-A网络建设，推动5G与工业互联网融合，布局6G研发。",
    "完善“P4”级实验室管理，推广IPv6单栈部署。",
    "长三角地区一体化发展，内陆开放水平进一步提高。",
    "推动“十四五”规划收官，谋划“十五五”发展。",
    "聚焦六大领域，实施17项重点任务，明确46个赋能方向。",
    "坚持两手抓、两手都要硬，赋能千行百业，打造一批标杆。",
    "第三产业蓬勃发展，连续5年位居全省第一方阵。",
    "详见https://www.example.gov.cn/2025/03/10/index.html，电话010-12345678。",
    "办公地址：人民路128号3楼301室。",
    "会议于2025年3月10日上午9:30召开，会期2天。",
    "打造15分钟便民生活圈，实行24小时自助服务。",
    "为60岁以上老年人提供免费体检，关爱16周岁以下儿童。",
    "建设4A级以上景区，推广3D打印和8K超高清视频。",
    "《2024—2026年行动计划》已于2024年7月17日印发。",
    "按照“四个最严”要求，落实“两个确立”，增强“四个意识”。",
    "从以下十个方面推进，抓住三个关键环节。",
    "推动“1+5+N”体系落地，用好“双随机、一公开”机制。",
    "G20峰会和RCEP生效带来机遇，新冠病毒COVID-19影响减弱。",
    "习近平总书记在二十届三中全会上的讲话。",
    "（一）夯实基础。1.强化算力供给。2．优化服务。",
    "三大运营商和八大产业集群协同发展，位列全国第三位。",
    "全面建成小康社会第一个百年奋斗目标如期实现。",
    "一是加强领导，二是强化保障，三是狠抓落实。",
    "依据第十三届全国人民代表大会第四次会议决议。",
    "国务院第三次全国国土调查成果显示，耕地保护形势严峻。",
    "坚决守住18亿亩耕地红线之外，完善三区三线管控规则的若干意见第二十条。",
)


@pytest.mark.parametrize("text", SILENT[:-1])
def test_names_dates_and_rhetoric_yield_nothing(text: str) -> None:
    """Forms on which other extractors fire silently give no commitment."""
    assert read(text) == []
    assert read(text, REPORT) == []


@pytest.mark.parametrize(
    "text",
    [
        "对首次认定的高新技术企业，给予最高50万元奖励。",
        "按研发费用的10%给予最高500万元补助。",
        "对新引进的总部企业，实缴注册资本10亿元以上的，一次性给予5000万元奖励。",
        "单个项目年度补贴不超过300万元，按实际支出的30%给予资助。",
        "每新增1家规上企业奖励20万元。",
    ],
)
def test_parameters_of_a_policy_are_no_commitments(text: str) -> None:
    """Subsidy rates, grant caps and thresholds of eligibility are told apart from targets."""
    assert read(text, genre="policy") == []


def test_a_threshold_belongs_to_the_name_of_what_it_delimits() -> None:
    """10亿元以上项目20个 is twenty projects, not ten 亿元."""
    found = read("引进亿元以上项目150个，其中10亿元以上项目20个。")
    assert [(each.magnitude, each.name) for each in found] == [
        (150, "引进亿元以上项目"),
        (20, "10亿元以上项目"),
    ]


@pytest.mark.parametrize(
    ("text", "magnitude", "unit"),
    [
        ("智算规模达到30EFlops。", 30, "EFLOPS"),
        ("算力总规模达到24.95万P。", 249500, "P"),
        ("产业规模突破500亿元。", 50_000_000_000, "元"),
        ("存储容量达到1800EB。", 1800, "EB"),
        ("年用电量控制在5000MWh以内。", 5000, "兆瓦时"),
        ("开展1-2个“小切口”应用。", 1, "个"),
        ("配备8个部门的联络员。", 8, "个"),
        ("投资3至5亿元建设园区。", 300_000_000, "元"),
        ("建设5G基站5000个。", 5000, "个"),
    ],
)
def test_units_are_not_taken_for_something_else(text: str, magnitude: int, unit: str) -> None:
    """P is no poise, 5G no gauss, 1-2 no second of January, 500亿元 no dollars."""
    found = read(text)
    assert [(each.magnitude, each.unit) for each in found] == [(magnitude, unit)]
