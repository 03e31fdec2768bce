"""Events out to other forms and other coders' files in, each with an account of what got lost (docs/formats.md)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import BinaryIO

from dragoman.errors import InputError
from dragoman.record.formats import annotation, gdelt, icews, jsonl, plover, polecat, table
from dragoman.record.formats.values import Exported, Imported, Loss, Lost, Rejected, Telling
from dragoman.record.privacy import event_by_role, private_names, report_by_role, struck

__all__ = ["EXPORTS", "IMPORTS", "Exported", "Imported", "Loss", "Lost", "Rejected", "Telling", "export", "read"]

EXPORTS: dict[str, Callable[[Iterable[Exported], BinaryIO], Loss]] = {
    "annotation": annotation.write,
    "csv": table.write_csv,
    "gdelt": gdelt.write,
    "icews": icews.write,
    "jsonl": jsonl.write,
    "parquet": table.write_parquet,
    "plover": plover.write,
    "polecat": polecat.write,
}
IMPORTS: dict[str, Callable[[Path, Loss], Iterator[Imported | Rejected]]] = {
    "gdelt": gdelt.read,
    "icews": icews.read,
    "jsonl": jsonl.read,
    "polecat": polecat.read,
}


def export(form: str, items: Iterable[Exported], out: BinaryIO, *, names: bool = False) -> Loss:
    """Writes events in a form; private persons stand by their role unless `names` asks for their names."""
    if form not in EXPORTS:
        raise InputError(f"{form}: no such format; known: {', '.join(EXPORTS)}")
    if names:
        return EXPORTS[form](items, out)
    writer = partial(annotation.write, names=False) if form == "annotation" else EXPORTS[form]
    return writer((discreet(item) for item in items), out)


def read(form: str, path: Path, loss: Loss | None = None) -> Iterator[Imported | Rejected]:
    """What a file of another coder, or of ours, tells: a coding for each document, and the lines set aside.

    One bad line never stops a file; a file that is of another form is an InputError. `loss` is filled on the way.
    """
    if form in ("csv", "parquet"):
        raise InputError(f"{path}: {form} has one row an event, not its reports; export and import jsonl instead")
    if form not in IMPORTS:
        raise InputError(f"{form}: no such format; known: {', '.join(IMPORTS)}")
    loss = Loss() if loss is None else loss
    loss.form = loss.form or form
    return IMPORTS[form](path, loss)


def discreet(item: Exported) -> Exported:
    """An event and its tellings with private persons by their role, and their names struck from the quotes."""
    reports = [t.report for t in item.told]
    names = private_names(item.event, reports)
    if not names:
        return item
    told = tuple(_discreet(t, names) for t in item.told)
    return Exported(event=event_by_role(item.event, reports), told=told)


def _discreet(told: Telling, names: tuple[str, ...]) -> Telling:
    document = told.document
    return replace(
        told,
        report=report_by_role(told.report),
        evidence=struck(told.evidence, names),
        document=replace(
            document, text=struck(document.text, names), title=struck(document.title or "", names) or None
        ),
    )
