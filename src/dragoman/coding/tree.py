"""A sentence as a tree: the few walks that coding needs, each named."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.model import Sentence, Span, Token


class Tree:
    """Read access to one parsed sentence. Token indices everywhere; a base relation also matches its subtypes."""

    __slots__ = ("_cases", "children", "sentence", "tokens")

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self.tokens: tuple[Token, ...] = sentence.tokens
        self.children: list[list[int]] = [[] for _ in self.tokens]
        for i, token in enumerate(self.tokens):
            if token.head != i:
                self.children[token.head].append(i)
        self._cases: dict[int, str] = {}

    def is_rel(self, i: int, *rels: str) -> bool:
        """Whether token i hangs by one of the relations ("obl" also matches "obl:arg")."""
        rel = self.tokens[i].rel
        return rel in rels or rel.partition(":")[0] in rels

    def kids(self, i: int, *rels: str) -> list[int]:
        """Children of i by the given relations (all when none is given), in text order."""
        return [k for k in self.children[i] if not rels or self.is_rel(k, *rels)]

    def feat(self, i: int, name: str) -> str | None:
        """The value of one UD feature, or None."""
        feats = self.tokens[i].feats
        if name not in feats:
            return None
        for pair in feats.split("|"):
            key, _, value = pair.partition("=")
            if key == name:
                return value
        return None

    def case(self, i: int) -> str:
        """The adposition of i in lower case, with its fixed parts ("à", "auprès de", "according to"); "" when none."""
        if i not in self._cases:
            words: list[int] = []
            for k in self.kids(i, "case"):
                words += [k, *self.kids(k, "fixed")]
            found = " ".join(self._small(k) for k in sorted(words))
            above = self.tokens[i].head
            if found and above != i and self.tokens[above].upos == "ADV" and above < i and self.is_rel(above, "advmod"):
                found = f"{self.tokens[above].lemma.lower()} {found}"  # "auprès de X" hung as an adverb with X below
            self._cases[i] = found
        return self._cases[i]

    def mark(self, i: int) -> str:
        """The subordinator or infinitive marker of i ("que", "à", "de", "to", "that"); "" when none."""
        words: list[int] = []
        for k in self.kids(i, "mark"):
            words += [k, *self.kids(k, "fixed")]
        return " ".join(self._small(k) for k in sorted(words))

    def _small(self, k: int) -> str:
        """The base form of an adposition or subordinator; its own form where the lemma is another word's."""
        token = self.tokens[k]
        text, lemma = token.text.lower(), token.lemma.lower()
        return lemma if lemma[:1] == text[:1] or token.upos not in {"ADP", "SCONJ"} else text

    def conjuncts(self, i: int) -> list[int]:
        """i and what is coordinated with it, in text order."""
        found, queue = [i], [i]
        while queue:
            for k in self.kids(queue.pop(), "conj"):
                found.append(k)
                queue.append(k)
        return sorted(found)

    def subtree(self, i: int) -> list[int]:
        """i and all below it, in text order."""
        found, queue = [i], [i]
        while queue:
            below = self.children[queue.pop()]
            found += below
            queue += below
        return sorted(found)

    def ancestors(self, i: int) -> Iterator[int]:
        """From i's head up to the root."""
        while (head := self.tokens[i].head) != i:
            yield head
            i = head

    def relative_head(self, i: int) -> int | None:
        """The noun that relative pronoun i stands for, or None.

        Where the parser hung the clause as an adverbial one ("…, dit X, qui a appelé Y à …"), the noun left of it.
        """
        for k in (i, *self.ancestors(i)):
            if self.is_rel(k, "acl"):
                return self.tokens[k].head
            if self.tokens[k].upos == "VERB" and self.is_rel(k, "advcl", "parataxis", "ccomp", "root"):
                break
        return self._noun_before(i)

    def _noun_before(self, i: int) -> int | None:
        """The head of the phrase that ends just before word i, a comma aside."""
        k = i - 1
        if k > 0 and self.tokens[k].text == ",":
            k -= 1
        while k >= 0 and self.is_rel(k, "flat", "appos", "amod", "nmod", "nummod") and self.tokens[k].head < k:
            k = self.tokens[k].head
        return k if k >= 0 and self.tokens[k].upos in {"NOUN", "PROPN", "PRON"} else None

    def span(self, indices: list[int]) -> Span:
        """The characters of the tokens; of torn-out words put back, only the run that holds the most tokens.

        The run is cut where offsets jump backwards or out of the sentence.
        """
        runs: list[list[int]] = []
        for i in sorted(indices):
            token = self.tokens[i]
            if runs and token.start >= self.tokens[runs[-1][-1]].start and self._home(i) == self._home(runs[-1][-1]):
                runs[-1].append(i)
            else:
                runs.append([i])
        run = max(runs, key=len)
        return Span(min(self.tokens[i].start for i in run), max(self.tokens[i].end for i in run))

    def _home(self, i: int) -> bool:
        token, span = self.tokens[i], self.sentence.span
        return span.start <= token.start and token.end <= span.end
