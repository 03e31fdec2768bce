"""Sentences → reports, relations and claims: `code(document, sentences, pack)`."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.model import Claim, Coding, Document, Relation, Report, Sentence
from dragoman.pack import Pack


def code(document: Document, sentences: Sequence[Sentence], pack: Pack) -> Coding:
    """All that the parsed sentences of one document say; a pure function."""
    from dragoman.coding.actors import Cast
    from dragoman.coding.claims import claims_of
    from dragoman.coding.confidence import weighed
    from dragoman.coding.drafts import Scene
    from dragoman.coding.events import reports_of
    from dragoman.coding.relations import relations_of
    from dragoman.coding.tree import Tree
    from dragoman.coding.voice import Voices
    from dragoman.coding.whole import settled

    trees = [Tree(sentence) for sentence in sentences]
    cast = Cast(document, trees, pack)
    voices = Voices(document, trees, cast, pack)
    reports: list[Report] = []
    relations: list[Relation] = []
    claims: list[Claim] = []
    for number, tree in enumerate(trees):
        if not tree.tokens:
            continue
        here = list(reports_of(Scene(number, tree, cast, voices, pack, document)))
        relations += relations_of(number, tree, cast=cast, voices=voices, pack=pack, document=document)
        found, implied = claims_of(
            number, tree, cast=cast, voices=voices, reports=(*reports, *here), pack=pack, document=document
        )
        claims += found
        reports += [*here, *implied]
    reports_of_all = tuple(weighed(report) for report in settled(reports, relations))
    return Coding(document=document, reports=reports_of_all, relations=tuple(relations), claims=tuple(claims))
