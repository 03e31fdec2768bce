"""How names are written: folding, the pieces of words, and what a text's capitals allow."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_JOINERS = re.compile(r"[\s\-‐‑–—/'’ʼ`·]+")
_MARKS = '"«»“”()[]{},;:!?…*&@#%+='


def _plain_letters() -> dict[int, str | None]:
    """What folding makes of each character: no accents, no full stops, blanks for hyphens and apostrophes."""
    table: dict[int, str | None] = {ord(c): " " for c in "-‐‑–—/'’ʼ`·"} | {ord(c): None for c in "." + _MARKS}
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        plain = "".join(c for c in unicodedata.normalize("NFKD", chr(code)) if not unicodedata.combining(c))
        if plain != chr(code):
            table[code] = plain
    ligatures = {
        "œ": "oe",
        "Œ": "OE",
        "æ": "ae",
        "Æ": "AE",
        "ø": "o",
        "Ø": "O",
        "ł": "l",
        "Ł": "L",
        "đ": "d",
        "Đ": "D",
    }
    return table | {ord(c): plain for c, plain in {**ligatures, "ı": "i", "ß": "ss", "ð": "d", "þ": "th"}.items()}


_PLAIN = _plain_letters()

# How a name's capitals must look in the text; see `fits`.
ANY, TITLE, ACRONYM, EXACT, PREFIX, TITLED, NEVER = (
    "any",
    "title",
    "acronym",
    "exact",
    "prefix",
    "titled",
    "never",
)


@dataclass(slots=True)
class Name:
    """A written form of an entry; `fresh`: a common word too, not trusted as the first word of a sentence."""

    entry: int
    rule: str
    form: str
    fresh: bool = False
    surname: bool = False
    length: int = 1  # in pieces


def fold(text: str) -> str:
    """Text in lower case without accents, full stops or joining signs: the form under which names are looked up."""
    return " ".join(text.translate(_PLAIN).lower().split())


# Letters that transliterations into Latin script mix up; vowels count as one.
_SOUNDS = (("tch", "x"), ("sch", "x"), ("sh", "x"), ("ch", "x"), ("kh", "k"), ("gh", "g"), ("dj", "j"), ("dz", "z"),
           ("zh", "j"), ("ph", "f"), ("ck", "k"), ("q", "k"), ("c", "k"), ("v", "f"), ("w", "u"),
           ("z", "s"))  # fmt: skip
_VOWELS = str.maketrans({**dict.fromkeys("aeiouy", "a"), "h": None, " ": None})


def sound(key: str) -> str:
    """A rough key that several spellings of one folded name share."""
    for old, new in _SOUNDS:
        key = key.replace(old, new)
    return re.sub(r"(.)\1+", r"\1", key.translate(_VOWELS))


@lru_cache(maxsize=100_000)
def pieces(word: str) -> tuple[tuple[str, str], ...]:
    """(folded, as written) of the parts that hyphens, apostrophes and blanks make of a word."""
    parts = (p.replace(".", "").strip(_MARKS) for p in _JOINERS.split(word))
    return tuple((p.translate(_PLAIN).lower(), p) for p in parts if p)


def bare(form: str) -> str:
    """A name without the marks of the tables."""
    return form.lstrip("^=~")


def named(form: str) -> Name:
    """A name as the tables write it: "=" exact letters, "^" not as a first word, "~" only for look-ups."""
    marks, form = form[: len(form) - len(bare(form))], bare(form)
    if "~" in marks:
        rule = NEVER
    elif "=" in marks:
        rule = EXACT
    elif form[0].islower():
        rule = ANY
    elif form.isupper() and " " not in form and len(form.replace(".", "")) < 8 and len(form) > 1:
        rule = ACRONYM
    else:
        rule = TITLE
    return Name(0, rule, form, fresh="^" in marks)


def fits(name: Name, forms: list[str], i: int, shout: bool) -> bool:
    """Whether the text's capitals allow the name."""
    rule, form = name.rule, forms[i]
    if rule in (ANY, PREFIX):
        return True
    if rule == NEVER or not form[0].isupper():
        return False
    if name.surname and not _like_surname(forms, i, name.length):
        return False
    if rule == TITLED:
        return i > 0
    if rule == TITLE:
        after = forms[i + name.length : i + name.length + 1]
        alone = i == 0 and not (after and after[0].islower())  # "Turkey recalled …" is a country, "Turkey Creek" is not
        return not (name.fresh and (alone or shout))
    if rule == EXACT:
        return form == name.form.replace(".", "") and not shout
    return (form.isupper() and not (shout and len(form) < 4)) or (len(form) > 3 and form.istitle())


def _like_surname(forms: list[str], i: int, length: int) -> bool:
    """Whether a surname's last piece has its capital ("Le Maire", not "Le maire") and is no acronym ("CHU")."""
    last = forms[i + length - 1]
    return last[0].isupper() and not (length == 1 and len(last) < 5 and last.isupper() and len(last) > 1)


def in_order(pattern: tuple[tuple[str, ...], ...], pieces: list[str]) -> bool:
    """Whether the pieces hold the pattern's words in order; each word may be any of its choices."""
    rest = iter(pieces)
    return all(any(piece in choices for piece in rest) for choices in pattern)
