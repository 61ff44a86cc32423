"""Which batches are void: those that a batch which stands has retracted."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

from indicators.errors import StoreError
from indicators.ledger import Batch

__all__ = ["chosen", "marked", "voided_by"]


def voided_by(batches: Sequence[Batch]) -> Mapping[int, Batch]:
    """Return for each void batch, by seq, the retraction that voids it.

    Read from the end: a retraction that was itself retracted voids nothing.
    """
    by_id = {batch.batch: batch for batch in batches}
    void: dict[int, Batch] = {}
    for batch in reversed(batches):
        if batch.voids and batch.seq not in void:
            void[by_id[batch.voids].seq] = batch
    return void


def marked(batch: Batch, void: Mapping[int, Batch]) -> Batch:
    """Return the batch with what voids it filled in."""
    voiding = void.get(batch.seq)
    return dataclasses.replace(batch, voided_by=voiding.batch) if voiding else batch


def chosen(batches: Sequence[Batch], named: str) -> Batch:
    """Return the batch with this id, first digits of an id, or seq, if it can be retracted.

    Raises:
        StoreError: none or several are meant, or it is void already.
    """
    named = named.strip()
    found = [each for each in batches if named and each.batch.startswith(named)]
    exact = [each for each in batches if named in {each.batch, str(each.seq)}]
    found = exact or (found if len(named) >= 4 else [])
    if len(found) != 1:
        several = "、".join(each.batch for each in found[:4])
        raise StoreError(
            f"批次 {named!r} 不唯一：{several}" if found else f"没有批次 {named!r}",
            action="请写批次编号（indicators store batches 可列出）",
        )
    batch = found[0]
    if batch.voided_by:
        raise StoreError(
            f"批次 {batch.batch} 已被批次 {batch.voided_by} 撤回", action="无需再次撤回"
        )
    return batch
