"""Answers to uploads lie where nobody else can read them."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboards.answers import Answers
from indicators.errors import StoreError


def test_a_folder_that_others_can_read_is_not_used(tmp_path):
    """Who makes the folder first with open doors gets nothing put there."""
    folder = tmp_path / "answers"
    folder.mkdir(mode=0o777)
    folder.chmod(0o777)
    with pytest.raises(StoreError, match="别人可读"):
        Answers(folder).put("甲", {"words": "秘密"}, None)
    assert list(folder.iterdir()) == []


def test_a_link_to_another_folder_is_not_followed(tmp_path):
    """A link in the place of the folder is refused."""
    (tmp_path / "real").mkdir(mode=0o700)
    (tmp_path / "answers").symlink_to(tmp_path / "real")
    with pytest.raises(StoreError):
        Answers(tmp_path / "answers").put("甲", {}, None)


def test_a_file_that_another_process_removed_meanwhile_is_no_error(tmp_path, monkeypatch):
    """Between listing and looking a file may go; the answer is kept all the same."""
    kept = Answers(tmp_path / "answers")
    kept.put("甲", {}, None)
    real = Path.iterdir

    def listed(folder):
        return iter([*real(folder), folder / "gone.step"])

    monkeypatch.setattr(Path, "iterdir", listed)
    token = kept.put("甲", {"words": "好"}, None)
    assert kept.get(token, "甲")["words"] == "好"
