"""Which language a text is in."""

from __future__ import annotations

from functools import cache
from typing import Any

LANGUAGES = ("ar", "de", "en", "es", "fr", "it", "nl", "pt", "ru", "tr", "zh")
_SURE = 0.9  # of 610 sentences (shared/stack.md, 3) none right was below; texts in a language not listed fall under it


def detect(text: str, *, languages: tuple[str, ...] = LANGUAGES) -> str | None:
    """The ISO 639-1 code of the text's language, or None when the text does not tell."""
    sample = " ".join(text[:5000].encode("utf-8", "ignore").decode("utf-8").split())
    if sum(c.isalpha() for c in sample) < 4:
        return None
    code, sure = _identifier(languages).classify(sample)
    return str(code) if sure >= _SURE else None


@cache
def _identifier(languages: tuple[str, ...]) -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    found = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    found.set_languages(list(languages))
    return found
