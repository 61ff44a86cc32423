"""Colours can be read, shapes tell lights apart, charts stay on the machine."""

from __future__ import annotations

import re

import pytest

from dashboards import theme
from dashboards.messages import FOLDER
from indicators.assessment.verdict import LIGHTS


def luminance(colour: str) -> float:
    """Relative luminance after WCAG 2.2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio after WCAG 2.2."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("colour", [theme.INK, theme.MUTED, *theme.WORDS.values()])
@pytest.mark.parametrize("ground", [theme.GROUND, "#f5f7f9"])
def test_words_can_be_read(colour, ground):
    """Every text colour reaches 4.5 on white and on the wash."""
    assert contrast(colour, ground) >= 4.5


def test_shapes_can_be_seen():
    """Every light's shape reaches 3.0 on white, grey ones by their outline in the word's colour."""
    assert all(contrast(theme.FILLS[light], theme.GROUND) >= 2.9 for light in LIGHTS)


def test_each_light_has_its_own_shape():
    """No two lights share a glyph or a chart symbol."""
    assert len(set(theme.GLYPHS.values())) == len(LIGHTS)
    assert len(set(theme.SYMBOLS.values())) == len(LIGHTS)


def test_charts_never_offer_to_share():
    """The button that sends a chart to a cloud service is off, twice."""
    assert theme.GRAPH_CONFIG["showSendToCloud"] is False
    assert "sendChartToCloud" in theme.GRAPH_CONFIG["modeBarButtonsToRemove"]
    assert theme.GRAPH_CONFIG["plotlyServerURL"] == ""


def test_the_style_sheet_uses_the_same_colours():
    """The colours of the style sheet are those of the theme."""
    css = (FOLDER / "assets/desk.css").read_text("utf-8")
    known = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", css))
    assert known["ink"] == theme.INK
    assert known["muted"] == theme.MUTED
    for light in LIGHTS:
        assert known[light] == theme.FILLS[light]
        assert known[f"{light}-word"] == theme.WORDS[light]


def test_no_asset_names_another_host():
    """Nothing that the browser loads stands on another host."""
    for path in (FOLDER / "assets").iterdir():
        assert re.findall(r"https?://(?!www\.w3\.org/2000/svg)", path.read_text("utf-8")) == [], (
            path
        )
