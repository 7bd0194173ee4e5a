"""Runs of capitalised words: the raw spans that may be names, before anything is said about their kind."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from cordon.names.text import APOSTROPHES
from cordon.reports.nouns import nouns
from cordon.reports.sentences import Sentence, Word

Run = tuple[int, int]
"""First word and one past the last word, by their number in the sentence."""

FUNCTION_WORDS = frozenset(
    (
        "a an the this that these those some any all both each every no none such another other its his her "
        "their our my your in on at by for from to of with without within into onto over under above below "
        "after before during since until till while when where why how what which who whom whose as if unless "
        "although though because but and or nor so yet then than also however meanwhile moreover furthermore "
        "therefore thus still even just only once again now today yesterday tomorrow later earlier recently "
        "according despite amid among between against about around across along behind beyond near through "
        "throughout toward towards upon via per plus he she it they we you i him them us me there here is are "
        "was were be been being has have had do does did will would can could may might must shall should not "
        "never neither either several many most more few less much one two three four five six seven eight "
        "nine ten first second third last next old early late long last-minute following additionally "
        "finally instead separately asked speaking citing based given like unlike let please see read photo "
        "image file video source sources officials experts analysts two-thirds dozens hundreds thousands "
        "millions monday tuesday wednesday thursday friday saturday sunday january february "
        "march april june july august september october november december"
    ).split()
)
"""Words that are capitalised only because they open a sentence or a title."""

NOT_NAMES = frozenset(
    (
        "west east north south islamic muslim muslims christian christians jewish arab arabs western eastern "
        "northern southern european african asian sunni shiite shia god internet english french spanish "
        "arabic persian farsi cold war mr mrs ms dr i ii iii iv v vi am pm covid nobel olympic state-owned "
        "treasuries"
    ).split()
)
"""Capitalised words that name nothing by themselves."""

_PARTICLES = frozenset("al el bin ibn bint abu van von der den de del della di da do dos la le ul ur y e".split())
_ABBREVIATED = re.compile(
    r"^(?:[A-Z]|Gen|Brig|Maj|Lt|Col|Capt|Adm|Dr|Mr|Mrs|Ms|Sen|Rep|Gov|Prof|St|Co|Inc|Corp|Ltd|No|Jr|Sr)$"
)
_FORMS_AFTER_COMMA = frozenset("ltd limited llc inc co corp gmbh jsc pjsc plc sa fze fzco dmcc pte bhd".split())
_JOINED_BY = frozenset(("of", "for", "on", "and", "&", "the", "to"))


def _gap_joins(gap: str, before: Word) -> bool:
    stripped = gap.strip()
    if stripped in ("", "&"):
        return len(gap) < 4
    return stripped == "." and _ABBREVIATED.match(before.text) is not None


def _is_name_word(word: Word, index: int, sentence: Sentence) -> bool:
    if word.text in "$€£¥" or not word.text:
        return False
    if word.capital:
        if word.lower.replace("’", "'").split("'")[0] in FUNCTION_WORDS and not word.text.isupper():
            return False
        return not (word.lower in FUNCTION_WORDS and not (word.text.isupper() and len(word.text) > 1))
    return any(char.isdigit() for char in word.text) and any(char.isupper() for char in word.text)


def _links(sentence: Sentence, run_start: int, end: int, is_place: Callable[[str], bool]) -> int | None:
    """Return the word after which a run goes on past lower-case connecting words, or None."""
    words = sentence.words
    if end >= len(words) or words[end].capital:
        return None
    step = end
    while step < len(words) and words[step].lower in _JOINED_BY | _PARTICLES and step - end < 3:
        if not _gap_joins(_gap(sentence, step - 1), words[step - 1]):
            return None
        step += 1
    if step == end or step >= len(words) or not _is_name_word(words[step], step, sentence):
        return None
    if not _gap_joins(_gap(sentence, step - 1), words[step - 1]):
        return None
    between = [word.lower for word in words[end:step]]
    left = [word.lower for word in words[run_start:end]]
    if all(word in _PARTICLES for word in between):
        return step
    if between[0] in ("of", "for", "on", "to"):
        return step if _takes_of(left, between[0]) else None
    if between[0] in ("and", "&"):
        return step if "the" not in between and _joins_and(sentence, left, step, is_place) else None
    return None


def _takes_of(left: list[str], word: str) -> bool:
    organisations = nouns("organization") | nouns("organization_start")
    if word == "of":
        return any(part in organisations for part in left) or left[-1] in (
            "joint",
            "house",
            "islamic",
            "republic",
            "state",
            "university",
            "kingdom",
            "emirates",
        )
    return left[-1] in organisations and word in ("for", "on")


def _joins_and(sentence: Sentence, left: list[str], step: int, is_place: Callable[[str], bool]) -> bool:
    """Tell whether "and" stands inside a name: "Research and Self-Sufficiency Jihad Organization"."""
    words = sentence.words
    right_end = step
    while (
        right_end < len(words)
        and words[right_end].capital
        and (right_end == step or _gap_joins(_gap(sentence, right_end - 1), words[right_end - 1]))
    ):
        right_end += 1
    right = [word.lower for word in words[step:right_end]]
    if is_place(" ".join(left)) or is_place(" ".join(right)) or words[step - 2].text.isupper():
        return False
    if (left[0] in nouns("organization_start") and "of" in left) or (
        len(left) > 1 and left[0] in ("ministry", "department")
    ):
        return len(right) == 1 or right[-1] in nouns("organization_end") or right[0] not in nouns("organization_start")
    if left[-1] in nouns("organization_end"):
        return False
    return len(right) > 1 and right[-1] in nouns("organization_end")


def _gap(sentence: Sentence, index: int) -> str:
    """Return the text between a word of the sentence and the next."""
    left, right = sentence.words[index], sentence.words[index + 1]
    return sentence.text[left.end - sentence.start : right.start - sentence.start]


def find_runs(sentence: Sentence, blocked: Sequence[tuple[int, int]], is_place: Callable[[str], bool]) -> Iterator[Run]:
    """Yield the runs of capitalised words of a sentence.

    Args:
        sentence: where to look.
        blocked: spans (dates, sums) no run may touch.
        is_place: tells whether lower-case words name a place, which "and" never joins.

    """
    words = sentence.words
    free = [
        _is_name_word(word, index, sentence)
        and not any(word.start < end and start < word.end for start, end in blocked)
        for index, word in enumerate(words)
    ]
    place = 0
    while place < len(words):
        if not free[place]:
            place += 1
            continue
        end = place + 1
        while end < len(words):
            if free[end] and (_gap_joins(_gap(sentence, end - 1), words[end - 1]) or _form_follows(sentence, end)):
                end += 1
            elif (step := _links(sentence, place, end, is_place)) is not None and free[step]:
                end = step + 1
            else:
                break
        yield place, end
        place = end


def _form_follows(sentence: Sentence, index: int) -> bool:
    gap = _gap(sentence, index - 1).strip()
    return gap in (",", ".,") and sentence.words[index].lower.strip(APOSTROPHES) in _FORMS_AFTER_COMMA


def is_headline(sentence: Sentence) -> bool:
    """Tell whether a sentence is set in title case, where capitals say nothing."""
    if sentence.text.rstrip(" \"”'’)").endswith((".", "!", ";")) or len(sentence.words) > 25:
        return False
    long = [word for word in sentence.words if len(word.text) > 3 and word.text[0].isalpha()]
    return len(long) >= 4 and sum(word.capital for word in long) >= 0.75 * len(long)
