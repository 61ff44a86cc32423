"""What the pages show, as pure functions from ledger and assessment to rows: no Dash in here."""

from dashboards.views.desk import Desk
from dashboards.views.rows import Choice, TargetRow, choose, target_rows
from dashboards.views.snapshot import Snapshot
from dashboards.views.story import Story, story

__all__ = ["Choice", "Desk", "Snapshot", "Story", "TargetRow", "choose", "story", "target_rows"]
