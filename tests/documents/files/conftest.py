"""Files made for the tests: Word by python-docx, PDF by a headless browser or by pdfium itself."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>x</title><style>
@page {{ size: A4; margin: 25mm 20mm; }}
body {{ font: 16px 'Noto Serif CJK SC', serif; }} p {{ text-indent: 2em; text-align: justify; margin: 0; }}
table, td {{ border: 1px solid black; border-collapse: collapse; }}
h1 {{ text-align: center; font-size: 22px; }}
</style></head><body>{}</body></html>"""


@pytest.fixture
def word(tmp_path: Path) -> Callable[..., Path]:
    """Return a maker of Word files: ``word(build)`` calls ``build(document)`` and saves it."""

    def make(build: Callable[[Any], object], name: str = "文件.docx") -> Path:
        from docx import Document

        document = Document()
        build(document)
        path = tmp_path / name
        document.save(str(path))
        return path

    return make


@pytest.fixture(scope="session")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Return a printer of HTML bodies to PDF; skips where there is no Chromium."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    folder = tmp_path_factory.mktemp("printed")
    made: dict[str, Path] = {}

    def make(body: str) -> Path:
        if browser is None:
            pytest.skip("no chromium to print a PDF with")
        if body not in made:
            page, path = folder / f"{len(made)}.html", folder / f"{len(made)}.pdf"
            page.write_text(PAGE.format(body), encoding="utf-8")
            subprocess.run(
                [
                    browser,
                    "--headless",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--no-pdf-header-footer",
                    f"--user-data-dir={folder / 'profile'}",
                    f"--print-to-pdf={path}",
                    page.as_uri(),
                ],
                capture_output=True,
                timeout=120,
                check=True,
            )
            made[body] = path
        return made[body]

    return make


@pytest.fixture
def scanned(tmp_path: Path) -> Callable[[Path | None], Path]:
    """Return a maker of a PDF whose last page is a picture, the pages of another before it."""

    def make(before: Path | None = None) -> Path:
        import pypdfium2
        from PIL import Image

        document = pypdfium2.PdfDocument.new()
        if before is not None:
            document.import_pages(pypdfium2.PdfDocument(before))
        page = document.new_page(595, 842)
        picture = io.BytesIO()
        Image.new("L", (60, 80), 200).save(picture, "JPEG")
        image = pypdfium2.PdfImage.new(document)
        image.load_jpeg(picture)
        image.set_matrix(pypdfium2.PdfMatrix().scale(595, 842))
        page.insert_obj(image)
        page.gen_content()
        path = tmp_path / "扫描.pdf"
        document.save(path)
        return path

    return make
