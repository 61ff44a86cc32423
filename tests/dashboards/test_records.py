"""Log lines: one a request, with an id that the asker gets too, without what anybody typed."""

from __future__ import annotations

import logging

from dashboards.app import create_app, respond
from dashboards.records import HEADER, whereabouts


def test_a_request_is_one_line_with_the_id_of_its_answer(client, caplog):
    """Method, rule, status and time; the query of the address stays out."""
    caplog.set_level(logging.INFO, "dashboards")
    answer = client.get("/export/targets.csv?search=机密名称")
    (line,) = [each.getMessage() for each in caplog.records if each.name == "dashboards.requests"]
    assert f"id={answer.headers[HEADER]} " in line
    assert "rule=/export/targets.csv status=200" in line
    assert "机密" not in line
    assert "search" not in line


def test_every_request_has_its_own_id(client):
    """Two answers never share an id."""
    first, second = (client.get("/health").headers[HEADER] for _ in range(2))
    assert first != second


def test_a_broken_page_is_logged_by_place_without_its_values(desk, caplog, monkeypatch):
    """The reader gets the id; the log says where it broke and repeats nothing of the data."""

    def broken(*_: object) -> None:
        raise ValueError("500亿元")

    monkeypatch.setattr("dashboards.app.overview.page", broken)
    app = create_app(desk)
    with app.server.test_request_context("/"):
        respond(desk, "/", "")
    told = caplog.text
    assert "ValueError at=" in told
    assert "broken" in told
    assert "500亿元" not in told


def test_an_error_without_a_trace_is_named():
    """An error that was never raised still has a kind."""
    assert whereabouts(ValueError("x")) == "ValueError at=?"
