"""The text that a row's digest is taken over is plain JSON, the same in every release."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings

from indicators.errors import StoreError
from indicators.model import Board, Commitment, Note, Setting
from indicators.store.rows import canonical, columns_of, defaults
from indicators.tables import tables
from tests.store.samples import observation
from tests.store.strategies import ANY_ROWS


def plain(value):
    """What JSON has no form for, as a text."""
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime):
        return value.isoformat(timespec="microseconds")
    return value.isoformat()


@given(ANY_ROWS)
@settings(max_examples=60, deadline=None)
def test_it_is_json_of_what_is_not_default(case):
    """Python's own JSON of the stated fields, sorted by name, is the very same text."""
    table, rows = case
    known = defaults(table)
    for row, text in zip(rows, canonical(table, columns_of(table, rows)), strict=True):
        stated = {
            field.name: getattr(row, field.name)
            for field in table.fields
            if field.name not in known or getattr(row, field.name) != known[field.name]
        }
        expected = json.dumps(
            [table.name, stated],
            ensure_ascii=False,
            separators=(",", ":"),
            sort_keys=True,
            default=plain,
        )
        assert text.decode() == expected


def test_the_text_of_a_release_stays():
    """Texts written by earlier releases: a change here would break every ledger in use."""
    rows = {
        "settings": Setting(
            indicator_id="i1",
            baseline=Decimal("24.95"),
            baseline_date=date(2024, 12, 31),
            synonyms=("算力", 'a,"b'),
            demonstration=True,
        ),
        "boards": Board(
            board_id="b",
            quarter="2026Q2",
            as_of=date(2026, 6, 30),
            issued_at=datetime(2026, 7, 15, 1, 2, 3, tzinfo=UTC),
            known_seq=7,
        ),
        "observations": observation("i1", "500", note="第一行\n第二行"),
    }
    texts = [
        canonical(tables()[name], columns_of(tables()[name], [row]))[0].decode()
        for name, row in rows.items()
    ]
    assert texts == [
        r'["settings",{"baseline":"24.95","baseline_date":"2024-12-31","demonstration":true,"indicator_id":"i1","synonyms":["算力","a,\"b"]}]',
        r'["boards",{"as_of":"2026-06-30","board_id":"b","issued_at":"2026-07-15T01:02:03.000000+00:00","known_seq":7,"quarter":"2026Q2"}]',
        r'["observations",{"basis":"level","indicator_id":"i1","magnitude":"500","note":"第一行\n第二行","origin":"区数据局","period_end":"2026-03-31","period_start":"2026-01-01","source":"workbook","unit":"P"}]',
    ]


def test_zero_has_two_signs():
    """0.0 and -0.0 are two texts, whichever comes first."""
    table = tables()["relations"]
    rows = [
        table.record(relation_id="r", sort="same_as", subject="a", object="b", score=score)
        for score in (0.0, -0.0, 0.0)
    ]
    texts = canonical(table, columns_of(table, rows))
    assert texts[0] == texts[2] != texts[1]


def test_half_a_character_is_refused(store):
    """A lone surrogate cannot be kept; it is refused before anything is written."""
    with pytest.raises(StoreError, match="不完整的字符"), store.batch("note", who="甲") as tx:
        tx.add([Note(note_id="n", subject="s", text="\ud800")])
    assert store.seq == 0


def test_confidence_is_exact():
    """A number is written so that it reads back as the same number."""
    table = tables()["commitments"]
    assert table.record is Commitment
    relations = tables()["relations"]
    row = relations.record(
        relation_id="r", sort="same_as", subject="a", object="b", score=0.1 + 0.2
    )
    (text,) = canonical(relations, columns_of(relations, [row]))
    assert json.loads(text)[1]["score"] == 0.1 + 0.2
