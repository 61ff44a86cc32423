"""The seeds as golden texts: every statement of the gold is found and right, nothing else is."""

from __future__ import annotations

import json
from decimal import Decimal
from functools import cache
from pathlib import Path

from indicators.documents import Document, catalog, parse_text
from indicators.extraction import extract
from indicators.model import Commitment
from indicators.units import base

ROOT = Path(__file__).resolve().parents[2]
GOLD = [
    json.loads(line)
    for line in (Path(__file__).parent / "gold/seeds.jsonl").read_text("utf-8").splitlines()
]


@cache
def _read() -> dict[str, tuple[Document, list[Commitment]]]:
    entries = catalog(ROOT / "seeds/catalog.csv")
    result = {}
    for path in sorted((ROOT / "seeds").glob("*.txt")):
        text = path.read_bytes().decode("utf-8")
        document = parse_text(text, name=path.name, digest=path.stem, entry=entries.get(path.name))
        result[path.name] = (document, extract(document))
    return result


def _at(gold: dict[str, object]) -> Commitment | None:
    for each in _read()[str(gold["document"])][1]:
        if abs(each.start - int(str(gold["start"]))) <= 4:
            return each
    return None


def test_every_statement_is_found_and_all_right() -> None:
    """Quantity, kind, bound and date of each judged statement of the gold agree."""
    for gold in GOLD:
        if "start" not in gold or gold["optional"]:
            continue
        found = _at(gold)
        assert found is not None, gold["quote"]
        wanted = base(Decimal(str(gold["magnitude"])), gold["unit"])
        assert (found.base_magnitude, found.dimension) == wanted, gold["quote"]
        assert (found.kind, found.bound) == (gold["kind"], gold["bound"]), gold["quote"]
        judged = gold["kind"] == "target" or gold["date"] is not None
        if judged and not gold.get("date_free"):
            assert (str(found.date) if found.date else None) == gold["date"], gold["quote"]


def test_nothing_is_invented() -> None:
    """Each commitment stands at a statement of the gold; 包头 yields none."""
    places = {(gold["document"], gold["start"]) for gold in GOLD if "start" in gold}
    for name, (_, found) in _read().items():
        for each in found:
            near = any(doc == name and abs(start - each.start) <= 4 for doc, start in places)
            assert near, (name, each.as_written, each.name)
    assert _read()["000_7bafb9f594338aa5.txt"][1] == []


def test_names_agree_with_a_reader() -> None:
    """A name equals one that a careful reader gave, or holds it, or is held by it."""
    right = judged = 0
    for gold in GOLD:
        if "start" not in gold or gold["optional"]:
            continue
        found = _at(gold)
        assert found is not None
        ours = found.name.replace("的", "")
        names = [name.replace("的", "") for name in (gold["name"], *gold.get("name_also", ()))]
        right += any(ours in name or name in ours for name in names)
        judged += 1
    assert right >= 0.93 * judged


def test_place_and_accumulation_of_each_statement() -> None:
    """Reviewed by reading: whose quantity it is, and how it adds up."""
    lines = (Path(__file__).parent / "seed_places.tsv").read_text("utf-8").splitlines()[1:]
    found = {(name[:3], each.start): each for name, (_, rows) in _read().items() for each in rows}
    for line in lines:
        document, start, written, name, place, accumulation = line.split("\t")
        each = found[document, int(start)]
        assert (each.as_written, each.name, each.place, each.accumulation) == (
            written,
            name,
            place,
            accumulation,
        )


def test_spans_are_verbatim() -> None:
    """The sentence stands at its offset and holds the number; ids are unique."""
    for document, rows in _read().values():
        assert len({each.commitment_id for each in rows}) == len(rows)
        for each in rows:
            end = each.sentence_start + len(each.sentence)
            assert document.text[each.sentence_start : end] == each.sentence
            assert each.sentence_start <= each.start < each.end <= end


def test_offices_of_the_task_are_named() -> None:
    """The 5G target of 武清 carries the offices of its bracket."""
    rows = _read()["004_21a7a87457a72349.txt"][1]
    stations = next(each for each in rows if each.name == "5G基站")
    assert "区数据局" in stations.offices


def test_the_cluster_is_the_owner_and_its_part_points_to_the_whole() -> None:
    """24.95万P and the 22万P of it belong to 和林格尔数据中心集群."""
    rows = [each for each in _read()["003_6358976413acd584.txt"][1] if each.unit == "P"]
    whole, part = rows[0], rows[1]
    assert whole.place == part.place == "和林格尔数据中心集群"
    assert part.part_of == whole.commitment_id
