"""Load a document: the same reading, extraction and recording as the command ``load``."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import flask
from flask.typing import ResponseReturnValue

from dashboards.access import current_person, on_record
from dashboards.actions.files import sent
from dashboards.answers import Answers
from dashboards.messages import text as words
from dashboards.views import Desk
from indicators.access import require

__all__ = ["add_documents"]

STEPS = ("reading", "extracting", "recording")


def add_documents(server: flask.Flask, desk: Desk, answers: Answers) -> None:
    """Add the route to the server."""

    @server.post("/documents")
    def load() -> ResponseReturnValue:
        """Read, extract and record what was uploaded, and lead to its page."""
        from indicators.documents import SUFFIXES, parse, read_bytes
        from indicators.extraction import extract, tasks
        from indicators.loading import Extracted
        from indicators.register import record

        person = current_person()
        require(person, "decide")
        name, content = sent("document", SUFFIXES, words("form.books_elsewhere"))
        watch = flask.request.form.get("watch", "")

        def reached(step: str) -> None:
            answers.step(watch, person.name, step)

        reached("reading")
        source = read_bytes(content, name=name)
        document = parse(source, None)
        reached("extracting")
        read = Extracted(
            path=Path(name),
            content=source.content,
            document=document,
            commitments=extract(document),
            tasks=tasks(document),
            findings=source.findings,
        )
        reached("recording")
        desk.ledger.keep(read.content, name=name)
        text = desk.ledger.keep(read.document.text.encode(), name=f"{name}.kept.txt")
        report = record(
            desk.ledger, [read.record(text)], read.commitments, read.tasks, who=on_record(person)
        )
        told = {
            "sentence": report.sentence,
            "findings": [asdict(finding) for finding in read.findings],
        }
        token = answers.put(person.name, told, None)
        return flask.redirect(f"/documents/{read.document.digest}?answer={token}", 303)

    @server.get("/documents/steps/<token>")
    def steps(token: str) -> ResponseReturnValue:
        """How far the work of an upload has come, in words; empty before it began."""
        step = answers.step_of(token, current_person().name)
        return flask.jsonify(words=words(f"document.step_{step}") if step in STEPS else "")
