"""A page's wounds found and mended: blocks whose readings can be parsed, offsets still of the original text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from dragoman.model import Block, Defect, Document
from dragoman.pack import Pack
from dragoman.pack.dates import DateWords
from dragoman.pack.page import PageWords, load_page, plain
from dragoman.readers.characters import Mended, mend
from dragoman.readers.dating import dated, is_date_line
from dragoman.readers.torn import Gap, place_fragments

_LINE = re.compile(r"[^\n\r\u2028\u2029\x0b\x0c]+")
_STOP = re.compile(r"[.!?…:;][\s»”\"'’)\]]*\Z")
_OPEN, _CLOSE = '«“"„', '»”"'
_UP, _LOW = "A-ZÀ-ÖØ-Þ", "a-zß-öø-ÿœ"
# A stop (or a closing mark) glued to a capital: "nuire.Le", "(LDH).Hier", "fin ».Puis", "oui»Mme".
_LOST = re.compile(
    rf"[.!?…»”)](?=[{_UP}](?:[{_LOW}]|['’\s]))|[.!?…](?=[«“])|[.!?…]\"(?=[{_UP}])|[{_LOW}],(?=[{_LOW}{_UP}]{{2}})"
)
# Two words grown together, "humanitaireUne": small letters, then a capitalised word.
_GLUED = re.compile(rf"(?<=[{_LOW}]{{3}})(?=[{_UP}](?:[{_LOW}]+|['’]))")
# A subheading of agency style between two paragraphs: ".- Espoir ténu -La"
_BETWEEN = re.compile(
    rf"(?<=[.!?…»”\")])\s?[-–—]\s(?P<head>[\"«“]?[{_UP}\"«“][^-–—\n]{{2,60}}?)\s[-–—]\s?(?=[{_UP}«“\"])"
)
_CREDIT = re.compile(r"\s*[(\[](?P<inside>[^()\[\]]{2,90})[)\]]\s*\.?\s*\Z")
_SLASH = re.compile(r"\s*(?P<inside>(?:©|\(c\))[^.!?]{2,60}|[^.!?/()]{2,40}\s?/\s?[A-Z][\w ]{1,20})\s*\Z")
_DATELINE = re.compile(
    rf"(?:\[(?P<bracket>[^\]\n]{{2,40}})\]\s*)?"
    rf"(?P<place>[{_UP}][\w'’.\-]*(?:[ \-/][\w'’.()\-]+){{0,4}}?)"
    rf"(?P<rest>(?:,\s*[^()–—\n]{{2,30}}?)?)\s*(?:\((?P<agency>[^()\n]{{2,40}})\))?\s*"
    rf"(?P<dash>--|[-–—|]|(?<=\)):?)\s*(?=[{_UP}«“\"\d])"
)
_WORD = re.compile(r"[\w'’\-]+")


@dataclass(slots=True)
class _Piece:
    """A paragraph-like run of the mended text while it is being judged."""

    start: int
    end: int
    kind: str = ""
    edits: list[tuple[int, int, str]] = field(default_factory=list)  # to replace, in mended characters
    torn: list[tuple[int, _Piece]] = field(default_factory=list)  # fragments to put back, and where


def repair(document: Document, pack: Pack) -> Document:
    """The document with blocks, with a defect for each wound, and with its date where the page tells it."""
    page = load_page(pack.folder)
    mended = mend(document.text)
    text = mended.text
    defects = [*document.defects, *mended.defects]
    pieces = [
        part
        for piece in _paragraphs(text, page, mended, defects)
        for part in _parts(text, piece, page, mended, defects)
    ]
    _classify(text, pieces, page, pack.dates, mended, defects)
    _put_back(text, pieces, page, mended, defects)
    _layout(text, pieces, page, mended, defects, document, pack)
    blocks = tuple(_block(text, piece, mended) for piece in pieces if piece.start < piece.end)
    title = document.title or next((b.reading for b in blocks if b.kind == "headline"), None)
    repaired = replace(document, blocks=blocks, title=title, defects=_ordered(defects))
    return dated(repaired, pack)


def _ordered(defects: list[Defect]) -> tuple[Defect, ...]:
    return tuple(sorted(dict.fromkeys(defects), key=lambda d: (d.span.start, d.span.end, d.kind)))


# --- lines and paragraphs -----------------------------------------------------------------------------------------


def _paragraphs(text: str, page: PageWords, mended: Mended, defects: list[Defect]) -> Iterator[_Piece]:
    """Runs of lines that belong together: hard-wrapped lines are joined, hyphens at their ends dealt with."""
    lines = list(_stripped(text))
    width = _wrapped_at(lines)
    current: _Piece | None = None
    for number, (start, end) in enumerate(lines):
        if current is None or not _continues(text, current, lines, number, page, width):
            if current is not None:
                yield current
            current = _Piece(start, end)
            continue
        joiner = _joiner(text, current.end, start, end, page, mended, defects)
        current.edits.append((current.end - (joiner == "" and text[current.end - 1] == "-"), start, joiner))
        current.end = end
    if current is not None:
        yield current


def _stripped(text: str) -> Iterator[tuple[int, int]]:
    for match in _LINE.finditer(text):
        line = match.group()
        body = line.strip()
        if body:
            start = match.start() + len(line) - len(line.lstrip())
            yield start, start + len(body)


def _wrapped_at(lines: Sequence[tuple[int, int]]) -> int | None:
    """The width of a page that was wrapped by hand; None for one with a paragraph a line."""
    inner = [lines[i][1] - lines[i][0] for i in range(len(lines) - 1) if lines[i + 1][0] - lines[i][1] <= 2]
    if len(inner) < 4 or (width := max(inner)) > 120:
        return None
    return width if sum(n >= 0.75 * width for n in inner) >= 0.7 * len(inner) else None


def _continues(
    text: str, piece: _Piece, lines: Sequence[tuple[int, int]], number: int, page: PageWords, width: int | None
) -> bool:
    """Whether line `number` goes on with the sentence that `piece` leaves open."""
    start, end = lines[number]
    near = start - lines[number - 1][1] <= 2 and "\n\n" not in text[lines[number - 1][1] : start]
    line, above = text[start:end], text[piece.start : piece.end]
    last = lines[number - 1][1] - lines[number - 1][0]
    if line[0] in ",;)":
        return not _STOP.search(above)
    if _STOP.search(above):
        return width is not None and near and last >= 0.8 * width and len(above) > 60
    if page.gap_end.search(above) and len(above) > 40 and not _STOP.search(line) and len(line) < 90:
        return number + 1 < len(lines) and text[lines[number + 1][0]] in ",;)." + _small(text, lines[number + 1][0])
    if not near:  # a sentence that was cut by an empty line, and not a torn-out fragment
        return line[0].islower() and (above.endswith(",") or (last >= 30 and len(line) > 90))
    if above.endswith("-") and above[-2:-1].isalpha() and line[0].islower():
        return True
    if width is not None and last >= 0.6 * width:
        return True
    return last >= 45 and line[0].islower()


def _small(text: str, at: int) -> str:
    return text[at] if text[at].islower() else ""


def _joiner(text: str, end: int, start: int, stop: int, page: PageWords, mended: Mended, defects: list[Defect]) -> str:
    """What stands between two joined lines: nothing after a divided word, else a space."""
    if text[start] in ",;.)":
        return ""
    if text[end - 1] != "-" or not text[start].isalpha() or text[end - 2 : end - 1].isspace():
        return " "
    head = text[:end].rsplit(None, 1)[-1].rstrip("-")
    tail = _WORD.match(text, start)
    whole = head + (tail.group() if tail else "")
    keep = not text[start].islower() or head.lower() in page.keep_hyphen or f"{head}-{whole[len(head) :]}" in text
    said = "joined, hyphen kept" if keep else f"joined to {whole!r}"
    span = mended.span(end - len(head) - 1, tail.end() if tail else stop)
    defects.append(Defect(kind="hyphenation", span=span, repair=said, sure=0.8))
    return "\0" if keep else ""


# --- glued parts --------------------------------------------------------------------------------------------------


def _parts(text: str, piece: _Piece, page: PageWords, mended: Mended, defects: list[Defect]) -> Iterator[_Piece]:
    """The piece cut where a heading, a paragraph or navigation is glued to it; lost spaces become edits."""
    cuts: dict[int, str] = {}  # where a new part begins, and the kind of what begins there
    skips: list[tuple[int, int]] = []
    if tail := page.nav_tails.search(text, piece.start, piece.end):
        cuts[tail.start()] = "navigation"
    _between(text, piece, cuts, skips, mended, defects)
    _glued(text, piece, page, cuts, mended, defects)
    _lost(text, piece, page, cuts, mended, defects)
    _leading(text, piece, page, cuts, mended, defects)
    if not cuts:
        yield piece
        return
    bounds = sorted({piece.start, *cuts, piece.end})
    for start, end in pairwise(bounds):
        for a, b in skips:
            start, end = (b if a <= start < b else start), (a if a < end <= b else end)
        part = text[start:end]
        start, end = start + len(part) - len(part.lstrip()), end - len(part) + len(part.rstrip())
        if start < end:
            edits = [e for e in piece.edits if start <= e[0] and e[1] <= end]
            yield _Piece(start, end, cuts.get(bounds[bounds.index(start)] if start in bounds else start, ""), edits)


def _between(
    text: str, piece: _Piece, cuts: dict[int, str], skips: list[tuple[int, int]], mended: Mended, defects: list[Defect]
) -> None:
    for match in _BETWEEN.finditer(text, piece.start, piece.end):
        cuts[match.start("head")], cuts[match.end()] = "heading", ""
        skips += [(match.start(), match.start("head")), (match.end("head"), match.end())]
        span = mended.span(match.start("head"), match.end("head"))
        defects.append(Defect(kind="glued-heading", span=span, repair="set apart as a heading", sure=0.9))


def _glued(
    text: str, piece: _Piece, page: PageWords, cuts: dict[int, str], mended: Mended, defects: list[Defect]
) -> None:
    for match in _GLUED.finditer(text, piece.start, piece.end):
        at = match.start()
        first = max(text.rfind(c, piece.start, at) for c in " \u00a0\u202f\n'’«(") + 1
        word = _WORD.match(text, at)
        second = re.split("['’]", word.group(), maxsplit=1) if word else [""]
        opener = second[0].lower() + ("'" if len(second) > 1 else "")
        known = opener in page.openers and (at - max(first, piece.start) >= 4 or len(opener) > 2)
        small = text[max(first, piece.start)].islower() and at - first >= 4 and len(second[0]) >= 3
        if (
            not (known or small)
            or "." in text[max(first, piece.start) : at]
            or "/" in text[max(first, piece.start) : at]
        ):
            continue
        heading = _heading_before(text, piece.start, at)
        cuts[at] = ""
        if heading is not None:
            cuts[heading] = "heading"
        span = mended.span(heading if heading is not None else max(first, piece.start), at)
        done = "set apart as a heading" if heading is not None else "cut into two paragraphs"
        kind = "glued-heading" if heading is not None else "lost-space"
        defects.append(Defect(kind=kind, span=span, repair=done, sure=0.9 if known and small else 0.75))


def _heading_before(text: str, floor: int, at: int) -> int | None:
    """Where the short run without stop before `at` begins, when it can be a heading."""
    start = floor
    for match in re.finditer(r"[.!?…»”\"]\s*", text[floor:at]):
        if match.end() < at - floor:
            start = floor + match.end()
    words = text[start:at].split()
    return start if 1 <= len(words) <= 12 and (text[start].isupper() or text[start] in _OPEN) else None


def _lost(
    text: str, piece: _Piece, page: PageWords, cuts: dict[int, str], mended: Mended, defects: list[Defect]
) -> None:
    for match in _LOST.finditer(text, piece.start, piece.end):
        at = match.end()
        if at in cuts or not _is_lost(text, piece.start, match, page):
            continue
        if match.group()[0] in "»”" and not re.search(r"[.!?…]\s?\Z", text[max(piece.start, at - 4) : at - 1]):
            if text[at - 2 : at - 1].isspace() or text[at - 2].isalnum():
                cuts[at] = ""
        else:
            piece.edits.append((at, at, " "))
        first = max(piece.start, text.rfind(" ", piece.start, at - 1) + 1)
        after = _WORD.match(text, at)
        span = mended.span(first, after.end() if after else at + 1)
        defects.append(Defect(kind="lost-space", span=span, repair="a space read after the stop", sure=0.9))


def _is_lost(text: str, floor: int, match: re.Match[str], page: PageWords) -> bool:
    """Whether a glued stop ends a sentence, and is not inside an abbreviation, initials or an address."""
    at, mark = match.end(), match.group()
    first = max(text.rfind(c, floor, match.start()) for c in " \u00a0\u202f\n'’(«“") + 1
    before = text[max(first, floor) : match.start()]
    after = _WORD.match(text, at)
    if mark.endswith(","):
        return not any(c in before for c in "./@")
    if mark[0] == ")":
        return False if not after else after.group().lower() in page.openers
    if mark[0] != ".":
        return len(mark) == 1 or text.count('"', floor, at - 1) % 2 == 1
    if len(mark) == 2 and text.count('"', floor, at - 1) % 2 == 0:
        return False
    if before.lower() + "." in page.abbreviations or "@" in before or "www" in before or "://" in before:
        return False
    if after and after.group().lower() in page.domains:
        return False
    ends = text[match.start() - 1 : match.start()]
    return (
        ends in _CLOSE + ")]%"
        or ends.isdigit()
        or (len(before) >= 2 and before[-1].islower() and "." not in before[:-1])
        or (len(before) >= 2 and before.isupper() and after is not None and after.group().lower() in page.openers)
    )


def _leading(
    text: str, piece: _Piece, page: PageWords, cuts: dict[int, str], mended: Mended, defects: list[Defect]
) -> None:
    """A heading at the very start, told only by the capital of the word after it: "Retour du calme Selon un …"."""
    if piece.end - piece.start < 90 or not text[piece.start].isupper():
        return
    words = list(_WORD.finditer(text, piece.start, min(piece.end, piece.start + 90)))[:11]
    for i, match in enumerate(words[2:], 2):
        between = text[words[i - 1].end() : match.start()]
        if between.strip():
            return
        word = re.split("['’]", match.group())[0]
        follows = text[match.end() : match.end() + 2]
        if not (word[:1].isupper() and word.lower() in page.strong_openers and follows[:1] == " "):
            continue
        before = plain(words[i - 1].group())
        small = follows[1:2].islower() or follows[1:2].isdigit()
        if not small or before in page.determiners or before in page.openers or not _no_title_case(words[1:i]):
            return
        cuts[match.start()], cuts[piece.start] = "", "heading"
        span = mended.span(piece.start, words[i - 1].end())
        defects.append(Defect(kind="glued-heading", span=span, repair="set apart as a heading", sure=0.6))
        return


def _no_title_case(words: Sequence[re.Match[str]]) -> bool:
    """Whether some content word is in small letters: in Title Case a capital tells nothing."""
    long = [w.group() for w in words if len(w.group()) > 3]
    return not long or any(w[0].islower() for w in long) or len(words) <= 3


# --- kinds --------------------------------------------------------------------------------------------------------


def _classify(
    text: str, pieces: list[_Piece], page: PageWords, dates: DateWords, mended: Mended, defects: list[Defect]
) -> None:
    """Kinds that the words of a piece tell: navigation, date, byline, caption; the others stay open."""
    for number, piece in enumerate(pieces):
        words = text[piece.start : piece.end]
        if piece.kind == "navigation" or _is_navigation(words, page):
            piece.kind = "navigation"
            span = mended.span(piece.start, piece.end)
            defects.append(Defect(kind="navigation", span=span, repair="left out", sure=0.9))
        elif (said := _date_line(words, pieces, number, text, page, dates)) is not None:
            piece.kind = "date"
            if not said:
                span = mended.span(piece.start, piece.end)
                defects.append(Defect(kind="empty-date", span=span, repair="left out; no date stands here", sure=0.95))
        elif _is_byline(words, page):
            piece.kind = "byline"
        elif (credit := _credit(text, piece, page, last=number == len(pieces) - 1)) is not None:
            _caption(text, piece, credit, mended, defects)


def _is_navigation(words: str, page: PageWords) -> bool:
    bare = plain(words).strip(" »>→:…|•·-–—*[]()+.!")
    if len(words) > 250:
        return False
    if bare in page.nav_whole:
        return True
    match = page.nav_starts.match(words.lstrip("»>→•·-–—*[( "))
    if match is None:
        return False
    after = words.lstrip("»>→•·-–—*[( ")[match.end() :].strip()
    return not after or after[0] in ':»>→…|•[(©-–—"«“' or not _STOP.search(words) or match.group()[0] == "©"


def _date_line(
    words: str, pieces: list[_Piece], number: int, text: str, page: PageWords, dates: DateWords
) -> str | None:
    """What is left of a "published on" line without its phrase; None when it is no such line."""
    if len(words) > 140:
        return None
    match = page.published.match(words) or page.updated.match(words)
    if match is not None:
        after = words[match.end() :]
        if not after.strip(" :-–—|") and number + 1 < len(pieces):
            following = text[pieces[number + 1].start : pieces[number + 1].end]
            if _bare_date(following, page, dates):
                return following
        if not after.strip(" :-–—|") or (re.search(r"\d", after) and not re.search(r"[.!?]\s*\Z", after)):
            return after.strip(" :-–—|")
        return None
    return words if _bare_date(words, page, dates) else None


def _bare_date(words: str, page: PageWords, dates: DateWords) -> bool:
    """Whether a short line holds a date or a clock time, and no other words than go with one."""
    if len(words) > 60 or not re.search(r"\d", words):
        return False
    return is_date_line(words, page, dates)


def _is_byline(words: str, page: PageWords) -> bool:
    """A line that names who wrote: an agency alone, or "by" and capitalised names."""
    if len(words) > 120 or (re.search(r"[.!?]\s*\Z", words) and words.count(" ") > 3):
        return False
    bare = plain(words).strip(" ()[].-–—|/©")
    if bare in page.agencies or all(part.strip() in page.agencies for part in re.split(r"[,/&|]| et | and ", bare)):
        return True
    match = page.byline.match(words)
    rest = words[match.end() :] if match else words
    names = _WORD.findall(rest)
    if not names or len(names) > 14:
        return False
    known = page.agency_end.search(rest) is not None
    plainly = sum(name[0].isupper() or name.lower() in page.byline_roles for name in names) == len(names)
    if match:
        return plainly and names[0][0].isupper() and (len(names) >= 2 or known) and not _STOP.search(rest)
    return plainly and known and len(names) <= 8 and ("/" in rest or any(n.lower() in page.byline_roles for n in names))


def _credit(text: str, piece: _Piece, page: PageWords, *, last: bool) -> tuple[int, int] | None:
    """The credit of a picture in the piece, as what to leave out; an empty range for "Photo:" captions."""
    words = text[piece.start : piece.end]
    if len(words) > 700:
        return None
    for pattern in (_CREDIT, _SLASH):
        match = pattern.search(words)
        if match is None:
            continue
        inside = match.group("inside")
        agency = page.agency_end.search(inside) is not None
        bare = plain(inside)
        named = any(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", bare) for word in page.credit)
        if bare in page.agencies and last:
            return None
        slash = "/" in inside and agency
        if (agency and len(bare.split()) <= 6) or (named and len(bare.split()) <= 8) or slash or inside.startswith("©"):
            return piece.start + match.start(), piece.end
    match = page.caption.match(words)
    return (piece.start, piece.start + match.end()) if match and match.end() < len(words) else None


def _caption(text: str, piece: _Piece, credit: tuple[int, int], mended: Mended, defects: list[Defect]) -> None:
    left = text[piece.start : credit[0]] + text[credit[1] : piece.end]
    if len(left.split()) < 4:
        piece.kind = "byline"
        return
    piece.kind = "caption"
    piece.edits.append((*credit, ""))
    span = mended.span(piece.start, piece.end)
    defects.append(Defect(kind="caption", span=span, repair="set apart; its credit left out of the reading", sure=0.9))


# --- torn-out words -----------------------------------------------------------------------------------------------


def _put_back(text: str, pieces: list[_Piece], page: PageWords, mended: Mended, defects: list[Defect]) -> None:
    """Fragments go into the gaps that they fit best; a gap or a fragment left over is only reported."""
    fragments = [p for i, p in enumerate(pieces) if not p.kind and _may_be_fragment(text, pieces, i, page)]
    if not fragments:
        return
    homes = [p for p in pieces if p.kind in {"", "caption"} and p not in fragments]
    spans = [(p.start, p.end) for p in fragments]
    for number, gap, sure in place_fragments(text, spans, [(p.start, p.end) for p in homes], page):
        fragment = fragments[number]
        fragment.kind = "fragment"
        span = mended.span(fragment.start, fragment.end)
        if gap is None:
            repair = "left out; no sentence was found that lacks it"
            defects.append(Defect(kind="torn-words", span=span, repair=repair, sure=sure))
            continue
        home = next(p for p in homes if p.start <= gap.at <= p.end)
        home.torn.append((gap.at, fragment))
        before = text[max(home.start, gap.at - 30) : gap.at].strip()
        repair = f"put back after {before[before.find(' ') + 1 :]!r}" if before else "put back at the start"
        defects.append(Defect(kind="torn-words", span=span, repair=repair, sure=sure, into=mended.place(gap.at)))


def _may_be_fragment(text: str, pieces: list[_Piece], number: int, page: PageWords) -> bool:
    """A short line without stop that begins in small letters, or a bare name where a headline stands elsewhere."""
    words = text[pieces[number].start : pieces[number].end]
    if len(words) > 90 or len(words.split()) > 9 or _STOP.search(words) or len(pieces) < 2 or words[0] in "-–—•*·":
        return False
    if words[0].islower():
        return len(words) > 2
    names = words.split()
    return len(names) <= 6 and all(n[0].isupper() or len(n) <= 3 for n in names) and plain(words) not in page.sections


# --- layout -------------------------------------------------------------------------------------------------------


def _layout(
    text: str,
    pieces: list[_Piece],
    page: PageWords,
    mended: Mended,
    defects: list[Defect],
    document: Document,
    pack: Pack,
) -> None:
    """Kinds that a piece's place on the page tells: headline, standfirst, heading, dateline, body."""
    open_pieces = [p for p in pieces if not p.kind]
    headline = _headline(text, open_pieces, pieces, page, document)
    if headline is not None:
        headline.kind = "headline"
    top = headline is not None
    for piece in open_pieces:
        if piece.kind:
            continue
        words = text[piece.start : piece.end]
        if plain(words).strip(" :|") in page.sections and len(pieces) > 2:
            piece.kind = "navigation"
        elif top and len(pieces) > 2 and _no_speaker(words, page):
            piece.kind, top = "standfirst", False
            span = mended.span(piece.start, piece.end)
            defects.append(Defect(kind="unattributed-quotation", span=span, repair="kept, without a speaker", sure=0.8))
        elif _short(words) and len(pieces) > 1:
            piece.kind = "heading"
        else:
            piece.kind = "standfirst" if top and _above_date(pieces, piece) else "body"
            top = False
    for piece in [p for p in pieces if p.kind == "body"]:
        _split_dateline(text, piece, pieces, page, pack)


def _headline(
    text: str, candidates: list[_Piece], pieces: list[_Piece], page: PageWords, document: Document
) -> _Piece | None:
    """The headline: the title as given, else the first short piece without a full stop that has a text below it."""
    if not candidates:
        return None
    if document.title:
        for piece in candidates[:3]:
            if plain(text[piece.start : piece.end]) == plain(document.title):
                return piece
    for piece in candidates[:3]:
        words = text[piece.start : piece.end]
        if plain(words).strip(" :|") in page.sections:
            continue
        alone = len(candidates) == 1
        short = len(words.split()) <= 26 and len(words) <= 200 and not re.search(r"[.;:][\s»”\"]*\Z", words)
        if short and (len(words.split()) >= 3 or not alone):
            return piece if not document.title or alone else None
        return None
    return None


def _short(words: str) -> bool:
    return len(words.split()) <= 12 and len(words) <= 100 and not _STOP.search(words) and not words[0].islower()


def _no_speaker(words: str, page: PageWords) -> bool:
    """Whether a paragraph is a quotation with nobody who says it."""
    if words[0] not in _OPEN:
        return False
    close = max(words.rfind(c) for c in _CLOSE)
    outside = re.sub(r"[«“\"„][^»”\"]*[»”\"]", " ", words)
    return (
        close > 20 and not any(plain(w) in page.saying for w in _WORD.findall(outside)) and len(outside.split()) <= 12
    )


def _above_date(pieces: list[_Piece], piece: _Piece) -> bool:
    below = pieces[pieces.index(piece) + 1 :]
    return bool(below) and below[0].kind in {"date", "byline"} and any(not p.kind or p.kind == "body" for p in below)


def _split_dateline(text: str, piece: _Piece, pieces: list[_Piece], page: PageWords, pack: Pack) -> None:
    """Cuts "PARIS, 3 oct (Reuters) -" off a paragraph, as a block of its own."""
    match = _DATELINE.match(text, piece.start, min(piece.end, piece.start + 120))
    if match is None or piece.end - match.end() < 30 or not _is_dateline(match, page, pack):
        return
    end = match.end()
    head = _Piece(piece.start, piece.start + len(text[piece.start : end].rstrip()), "dateline")
    head.edits = [e for e in piece.edits if e[1] <= end]
    piece.edits = [e for e in piece.edits if e[0] >= end]
    piece.start = end
    pieces.insert(pieces.index(piece), head)


def _is_dateline(match: re.Match[str], page: PageWords, pack: Pack) -> bool:
    """Whether the words before a dash are an agency's place: the agency tells, or capitals, or a known town."""
    place, agency, bracket = match.group("place"), match.group("agency"), match.group("bracket")
    if any(name and page.agency_end.search(name) for name in (agency, bracket)):
        return True
    if bracket or agency or match.group("dash") in {":", ""} or not match.string[match.start("dash") - 1].isspace():
        return False
    letters = [c for c in place if c.isalpha()]
    if all(c.isupper() for c in letters):
        return len(letters) >= 4 and plain(place) not in page.sections
    found = pack.world.place(place.split("/")[0]) if place[-1].isalpha() else None
    return found is not None and found.kind in {"city", "capital"}


# --- blocks -------------------------------------------------------------------------------------------------------


def _block(text: str, piece: _Piece, mended: Mended) -> Block:
    """The piece as a block: its reading, and where each character of it stands in the original."""
    span = mended.span(piece.start, piece.end)
    if not piece.edits and not piece.torn and mended.offsets is None:
        return Block(kind=piece.kind, span=span, reading=text[piece.start : piece.end])
    changes: list[tuple[int, int, str | _Piece]] = [*piece.edits, *((at, at, torn) for at, torn in piece.torn)]
    reading: list[str] = []
    offsets: list[int] = []
    at = piece.start
    for start, end, new in sorted(changes, key=lambda change: change[:2]):
        if start < at:
            continue
        _copy(text, at, start, mended, reading, offsets)
        if isinstance(new, str):
            reading.append(new.replace("\0", ""))
            offsets += [mended.place(min(start, piece.end - 1))] * len(reading[-1])
        else:
            _insert(text, start, new, mended, reading, offsets)
        at = end
    _copy(text, at, piece.end, mended, reading, offsets)
    whole = "".join(reading)
    lead, size = len(whole) - len(whole.lstrip()), len(whole.strip())
    whole, offsets = whole.strip(), offsets[lead : lead + size]
    if whole == mended.original[span.start : span.end]:
        return Block(kind=piece.kind, span=span, reading=whole)
    return Block(kind=piece.kind, span=span, reading=whole, offsets=tuple(offsets))


def _copy(text: str, start: int, end: int, mended: Mended, reading: list[str], offsets: list[int]) -> None:
    if start < end:
        reading.append(text[start:end])
        offsets += [mended.place(i) for i in range(start, end)]


def _insert(text: str, at: int, torn: _Piece, mended: Mended, reading: list[str], offsets: list[int]) -> None:
    """Torn-out words with the spaces they need; their characters keep their own offsets."""
    before = reading[-1][-1:] if reading and reading[-1] else ""
    if before and not before.isspace() and before not in "'’(":
        reading.append(" ")
        offsets.append(mended.place(at - 1))
    _copy(text, torn.start, torn.end, mended, reading, offsets)
    if at < len(text) and (text[at].isalnum() or text[at] in _OPEN + "("):
        reading.append(" ")
        offsets.append(mended.place(at))


__all__ = ["Gap", "repair"]
