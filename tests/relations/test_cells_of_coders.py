"""A series of another coder's events is set beside that coder's own documents."""

from __future__ import annotations

from pathlib import Path

import dragoman

SAMPLES = Path(__file__).parent.parent / "record" / "formats" / "samples"


def test_series_of_an_imported_coder_knows_its_coverage(tmp_path):
    with dragoman.open_record(tmp_path / "press.duckdb") as record:
        record.import_file("gdelt", SAMPLES / "gdelt2.export.CSV")
        event = next(e for e in record.events(coder="gdelt") if e.actors and e.recipients)
        points = record.dyad(event.actors[0].country, event.recipients[0].country, coder="gdelt")
    assert sum(p.events for p in points) >= 1
    assert any(p.documents for p in points if p.events)
