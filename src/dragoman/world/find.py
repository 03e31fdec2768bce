"""Names in a sentence: the longest that its capitals allow, less what only looks like one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from dragoman.world.index import Index
from dragoman.world.names import PREFIX, TITLE, TITLED, Name, fits, fold, pieces

Found = tuple[int, int, list[Name]]

# Kinds that may be a part of a hyphenated word ("US-Russian", "Iran-Contra"); others must fill their words.
_PARTIAL = frozenset(
    {
        "adjective",
        "inhabitant",
        "country",
        "territory",
        "region",
        "organisation",
        "capital",
    }
)
# Below this weight a town is dropped beside a capitalised stranger: "Juan Lopez" is not the town of Lopez.
_FAMOUS = 1_500_000.0
_HYPHENS = frozenset("-‐‑")
_BARRIER = ((",", ","),)  # what stands between names and is no word
_LONGEST = 5  # pieces of a person's name that is sought by its sound


@dataclass(slots=True)
class _Line:
    """A sentence as pieces: folded, as written, of which token, and whether a hyphen joins the next."""

    low: list[str] = field(default_factory=list)
    forms: list[str] = field(default_factory=list)
    where: list[int] = field(default_factory=list)
    glued: list[bool] = field(default_factory=list)
    covered: list[bool] = field(default_factory=list)  # by some name
    titled: bool = False  # in the capitals of a headline

    def cover(self, found: list[Found]) -> None:
        self.covered = [False] * len(self.low)
        for i, j, _ in found:
            self.covered[i:j] = [True] * (j - i)

    def upper(self, k: int) -> bool:
        return 0 <= k < len(self.forms) and self.forms[k][0].isupper()


def find(index: Index, words: Sequence[str]) -> list[Found]:
    """(first token, last token + 1, names) of all names in a sentence's token texts, in order."""
    line = _line(words)
    raw = list(_scan(index, line))
    line.cover(raw)
    kept = [(i, j, good) for i, j, names in raw if (good := _sifted(index, line, i, j, names))]
    line.cover(kept)
    if _strangers(line):
        kept = sorted([*kept, *_by_sound(index, line)], key=lambda f: f[0])
    return [(line.where[i], line.where[j - 1] + 1, names) for i, j, names in kept]


def _line(words: Sequence[str]) -> _Line:
    line = _Line()
    for n, word in enumerate(words):
        parts = pieces(word) or _BARRIER
        if parts is _BARRIER and word in _HYPHENS:
            line.glued[-1:] = [True] * bool(line.glued)
            continue
        for low, form in parts:
            line.low.append(low)
            line.forms.append(form)
            line.where.append(n)
            line.glued.append(True)
        line.glued[-1] = word[-1:] in _HYPHENS
    line.titled = len(line.forms) > 4 and sum(f[0].isupper() for f in line.forms) > 0.6 * len(line.forms)
    return line


def _scan(index: Index, line: _Line) -> Iterator[Found]:
    """The longest names from left to right; `spans` tells how long names that begin with a piece can be."""
    low, forms = line.low, line.forms
    shout = len(forms) > 3 and all(f == f.upper() for f in forms)
    i, n = 0, len(low)
    while i < n:
        mask, length = index.spans.get(low[i], 0) | 1, 0
        while mask:
            length = mask.bit_length()
            if i + length <= n:
                key = " ".join(low[i : i + length]) if length > 1 else low[i]
                if key in index.names or key in index.lookup:
                    good = [x for x in index.at(key) if fits(x, forms, i, shout)]
                    if good:
                        yield i, i + length, good
                        break
            mask ^= 1 << (length - 1)
        i += length if mask else 1


def _sifted(index: Index, line: _Line, i: int, j: int, names: list[Name]) -> list[Name]:
    """The names less those that are a part of another word, or a town or surname inside a stranger's name."""
    low, n = line.low, len(line.low)
    left, right = i > 0 and line.glued[i - 1], j < n and line.glued[j - 1]
    if (left and low[i - 1] in index.block_before) or (right and low[j] in index.block_after):
        return []
    sides = _Sides(
        part=(left and _foreign(line, i - 1)) or (right and _foreign(line, j)),
        before=_stranger(index, line, i - 1),
        after=line.upper(j) and not line.covered[j] and not line.titled,
        partner=right and line.covered[j],
        title=i > 0 and not line.covered[i - 1] and low[i - 1] in index.titles,
    )
    return [name for name in names if _stands(index, name, sides)]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sides:
    """What stands beside a name."""

    part: bool  # it is a part of a longer hyphenated word
    before: str | None  # a capitalised word that may be a given name
    after: bool  # a capitalised word that is no name
    partner: bool  # the second half of a compound
    title: bool  # a title: "Mr", "President"


def _stands(index: Index, name: Name, sides: _Sides) -> bool:
    entry = index.entries[name.entry]
    if name.rule == PREFIX:
        return sides.partner
    if name.rule == TITLED:
        return sides.title and sides.before is None
    if sides.part and (entry.kind not in _PARTIAL or (entry.kind == "organisation" and name.rule != TITLE)):
        return False
    if entry.kind == "person":
        if name.surname and sides.after and fold(name.form) in index.given:
            return False
        return not name.surname or sides.before is None or fold(entry.name).startswith(sides.before)
    if name.fresh or (entry.kind == "city" and entry.weight < _FAMOUS):
        return sides.before is None and not (sides.after and fold(entry.name) in index.given)
    return True


def _foreign(line: _Line, k: int) -> bool:
    """Whether a piece belongs to no name, and is more than an article."""
    return not line.covered[k] and len(line.low[k]) > 2


def _stranger(index: Index, line: _Line, k: int) -> str | None:
    """The word before a name if it looks like the given name of somebody; None otherwise."""
    if not line.upper(k) or line.covered[k] or line.low[k] in index.titles:
        return None
    return None if (k == 0 or line.titled) and line.low[k] not in index.given else line.low[k]


def _strangers(line: _Line) -> bool:
    """Whether two capitalised words stand together that belong to no name."""
    free = [line.upper(k) and not taken for k, taken in enumerate(line.covered)]
    return any(a and b for a, b in pairwise(free))


def _by_sound(index: Index, line: _Line) -> Iterator[Found]:
    """Persons whose full name the text spells in another way: "Ioulia Timochenka"."""
    i, n = 0, len(line.low)
    while i < n:
        end = 0
        if line.upper(i) and not line.covered[i] and line.low[i] not in index.titles:
            for j in range(min(n, i + _LONGEST), i + 1, -1):
                if any(line.covered[i:j]) or not line.upper(j - 1) or line.forms[i].isupper():
                    continue
                heard = index.heard(" ".join(line.low[i:j]))
                if heard:
                    yield i, j, heard
                    end = j
                    break
        i = end or i + 1
