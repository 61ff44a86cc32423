"""Folders of documents in: each file extracted by itself, one bad file never stops the run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from indicators.documents import REFUSED, SUFFIXES, Document, Entry, parse, read
from indicators.errors import IndicatorsError, UnreadableInput, unreadable
from indicators.extraction import VERSION, extract, tasks
from indicators.findings import Finding
from indicators.model import Commitment, SourceDocument, Task

__all__ = ["Extracted", "Failure", "extract_file", "extract_files", "listed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Extracted:
    """What one file gave."""

    path: Path
    content: bytes
    document: Document
    commitments: Sequence[Commitment]
    tasks: Sequence[Task]
    findings: Sequence[Finding]

    def record(self, text_digest: str = "") -> SourceDocument:
        """Return the row of table ``documents``; ``text_digest`` is that of the kept text."""
        document = self.document
        return SourceDocument(
            document_digest=document.digest,
            document=document.name,
            title=document.title,
            number=document.number,
            issuer=document.issuer,
            issued_on=document.issued_on,
            plan_start=document.plan_start,
            plan_end=document.plan_end,
            genre=document.genre,
            place=document.place,
            text_digest=text_digest,
            characters=len(document.text),
            extractor=VERSION,
        )


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be read, and why."""

    path: Path
    error: IndicatorsError


def listed(paths: Iterable[str | Path]) -> list[Path]:
    """Return the files named, folders expanded to the readable files below them, in order.

    A file that is named is taken whatever its suffix; in a folder only known suffixes are, and
    hidden files are left out.

    Raises:
        UnreadableInput: a path does not exist, or a folder holds no document.
    """
    found: list[Path] = []
    for each in map(Path, paths):
        if not each.is_dir():
            found.append(each)
            continue
        inside = sorted(
            path
            for path in each.rglob("*")
            if path.suffix.lower() in SUFFIXES | REFUSED
            and path.is_file()
            and not any(part.startswith(".") for part in path.relative_to(each).parts)
        )
        if not inside:
            raise UnreadableInput(
                "文件夹里没有可读的文件",
                place=str(each),
                action=f"请放入 {'、'.join(sorted(SUFFIXES))} 文件，或直接写出文件名",
            )
        found += inside
    return found


def extract_file(path: Path, catalog: Mapping[str, Entry]) -> Extracted:
    """Read one file and extract its commitments and tasks.

    Raises:
        UnreadableInput: the file cannot be read as a document.
    """
    source = read(path)
    document = parse(source, catalog.get(path.name))
    return Extracted(
        path=path,
        content=source.content,
        document=document,
        commitments=extract(document),
        tasks=tasks(document),
        findings=source.findings,
    )


def extract_files(
    paths: Iterable[Path], catalog: Mapping[str, Entry]
) -> Iterator[Extracted | Failure]:
    """Extract file by file; a file that fails is a ``Failure`` and the run goes on."""
    for path in paths:
        try:
            yield extract_file(path, catalog)
        except OSError as error:
            yield Failure(path, unreadable(path, error))
        except IndicatorsError as error:
            yield Failure(path, error)
