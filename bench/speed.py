"""The whole coder against the bare parser, on the same text, in one run on one core.

    python bench/speed.py [FILE…]     .txt or .jsonl; else ../shared/corpora/news-french-orange, else examples/

Reports how long `dragoman --help` and one page take from a cold start, the ratio (whole coder ÷ bare parser over all
sentences), sentences per second of both, the share of sentences that are not parsed because nothing in them can be
coded, and the peak memory. On a busy machine only the ratio means something.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from dragoman.model import Document
from dragoman.pipeline import code_document, language_of
from dragoman.readers import Rejected, read

ROOT = Path(__file__).parent.parent
NEWS = ROOT.parent / "shared" / "corpora" / "news-french-orange"
LIMIT = 300  # documents


@dataclass(frozen=True, slots=True, kw_only=True)
class Speed:
    """What one run measured."""

    documents: int
    sentences: int
    screened_out: int
    parser_seconds: float
    coder_seconds: float
    peak_megabytes: float

    @property
    def ratio(self) -> float:
        return self.coder_seconds / self.parser_seconds


def main(arguments: list[str]) -> int:
    """Measure and print, for people and (last line) as JSON."""
    _one_core()
    print(f"dragoman --help, cold       {_cold('--help'):8.2f} s (to be under 0.3)")
    print(f"dragoman code PAGE, cold    {_cold('code', str(ROOT / 'examples' / 'visite.txt')):8.2f} s (to be under 3)")
    files = [Path(a) for a in arguments] or _default_files()
    documents = list(islice(_documents(files), LIMIT))
    if not documents:
        print("no document to measure on")
        return 2
    speed = measure(documents)
    share = speed.screened_out / speed.sentences
    print(f"{speed.documents} documents, {speed.sentences} sentences, one core")
    print(f"bare parser   {speed.sentences / speed.parser_seconds:8.0f} sentences a second")
    print(f"whole coder   {speed.sentences / speed.coder_seconds:8.0f} sentences a second")
    print(f"ratio         {speed.ratio:8.2f} (to be at most 1.6)")
    print(f"not parsed    {100 * share:8.1f} % of the sentences")
    print(f"peak memory   {speed.peak_megabytes:8.0f} MB")
    print(json.dumps({"ratio": round(speed.ratio, 3), "screened_out": round(share, 4), "documents": speed.documents}))
    return 0


def measure(documents: list[Document]) -> Speed:
    """Time both on the same documents; models and packs are loaded before."""
    for document in documents[:3]:
        _bare(document)
        code_document(document)
    began = time.process_time()
    sentences = sum(_bare(document) for document in documents)
    parsed = time.process_time()
    for document in documents:
        code_document(document)
    coded = time.process_time()
    return Speed(
        documents=len(documents),
        sentences=sentences,
        screened_out=sum(_screened_out(document) for document in documents),
        parser_seconds=parsed - began,
        coder_seconds=coded - parsed,
        peak_megabytes=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    )


def _bare(document: Document) -> int:
    """Parse every sentence of the text, and do nothing else; how many there were."""
    from dragoman.syntax import parse

    return len(parse(document))


def _screened_out(document: Document) -> int:
    from dragoman.pipeline import parse_document

    _, sentences, _ = parse_document(document)
    return sum(not sentence.tokens for sentence in sentences)


def _documents(files: Iterable[Path]) -> Iterator[Document]:
    for found in read([str(f) for f in files]):
        if not isinstance(found, Rejected):
            yield replace(found, lang=language_of(found))


def _default_files() -> list[Path]:
    news = sorted(NEWS.glob("*.jsonl*")) if NEWS.is_dir() else []
    return news or sorted((ROOT / "examples").glob("*.txt"))


def _cold(*words: str) -> float:
    """The processor time of the best of five starts, in seconds."""
    command, best = [sys.executable, "-m", "dragoman", *words], float("inf")
    for _ in range(5):
        before = os.times()
        subprocess.run(command, capture_output=True, check=True)
        after = os.times()
        used = after.children_user + after.children_system - before.children_user - before.children_system
        best = min(best, used)
    return best


def _one_core() -> None:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
