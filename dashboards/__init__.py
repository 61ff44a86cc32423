"""The Dash app that shows actuals against targets, Chinese first."""
