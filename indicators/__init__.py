"""Follow numeric commitments of governments from the sentence to the light.

``import indicators`` is light on purpose: none of pandas, pyarrow, sqlalchemy, pint, dash, plotly
or openpyxl is loaded here (tests/test_house.py holds this).
"""

from __future__ import annotations

__all__ = ["__version__"]

__version__ = "0.1.0"
