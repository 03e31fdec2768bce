"""What all tests share: the models are loaded once a session, and a test that needs them is skipped without them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"

settings.register_profile(
    "dragoman", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile("dragoman")


@pytest.fixture(scope="session")
def coder() -> Callable:
    """`dragoman.code`, with both models loaded."""
    import dragoman

    for text, lang in (("Le ministre kényan s'est rendu à Kampala.", "fr"), ("Kenya condemned the raid.", "en")):
        dragoman.code(text, lang=lang)
    return dragoman.code


@pytest.fixture(scope="session")
def schema():
    """A validator for the lines of the JSON output."""
    from jsonschema import Draft202012Validator

    return Draft202012Validator(json.loads((ROOT / "src/dragoman/data/report.schema.json").read_text("utf-8")))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The shared data beside the project; a test that reads it is skipped where it is not."""
    if not SHARED.is_dir():
        pytest.skip(f"no shared data at {SHARED}")
    return SHARED
