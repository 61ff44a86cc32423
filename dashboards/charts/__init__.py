"""Charts as plain data for Plotly: pure functions from rows to a figure."""

from dashboards.charts.course import course_figure
from dashboards.charts.progress import progress_figure

__all__ = ["course_figure", "progress_figure"]
