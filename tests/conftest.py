"""Fixtures of the whole house: ledgers on SQLite and on PostgreSQL."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, settings

from indicators.store import open_store

settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")
"""Time is measured by the benchmarks; a test must not fail because the machine is busy."""

SERVERS = (
    "postgresql:///postgres",
    "postgresql://postgres@localhost/postgres",
    "postgresql://localhost/postgres",
)
"""Where a server may be reached without being named: the local socket first."""


def _reach() -> tuple[str, str]:
    """Return the URL of a PostgreSQL server, or why there is none."""
    try:
        import psycopg
    except ImportError:
        return "", "psycopg is not installed"
    named = os.environ.get("INDICATORS_TEST_POSTGRES", "")
    reason = ""
    for url in (named,) if named else SERVERS:
        try:
            psycopg.connect(url, connect_timeout=3).close()
        except psycopg.OperationalError as error:
            reason = " ".join(str(error).split())[:200]
        else:
            return url, ""
    return "", f"no PostgreSQL server is reachable: {reason}"


@pytest.fixture(scope="session")
def postgres_server() -> str:
    """The URL of a PostgreSQL server; without one the test is skipped, on CI it fails."""
    url, reason = _reach()
    if not url:
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return url


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """The URL of an empty schema of its own on the PostgreSQL server."""
    import psycopg

    name = f"test_{uuid4().hex[:12]}"
    with psycopg.connect(postgres_server, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {name}")
    joint = "&" if "?" in postgres_server else "?"
    yield f"{postgres_server}{joint}options=-csearch_path%3D{name}"
    with psycopg.connect(postgres_server, autocommit=True) as connection:
        # Whatever a killed test left open would hold its locks against the clean-up.
        connection.execute("SET client_min_messages = warning")
        connection.execute(f"DROP SCHEMA {name} CASCADE")


@pytest.fixture
def store(tmp_path: Path):
    """An empty ledger on SQLite."""
    with open_store(tmp_path / "store") as made:
        yield made


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """What opens an empty ledger, on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        return str(tmp_path / "store")
    url: str = request.getfixturevalue("postgres_url")
    return url


@pytest.fixture
def any_store(store_url: str):
    """An empty ledger, on SQLite and on PostgreSQL."""
    with open_store(store_url) as made:
        yield made
