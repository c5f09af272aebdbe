"""Search over patient, diagnosis, complaints and number: any case, ё = е, parts of words.

SQLite answers by FTS5, PostgreSQL by its own full-text search; triggers of the database keep both
in step with `requests.search_text` (migration 0004). This is the one place that speaks to them.
Both look for beginnings; a part from the middle of a word begins one of the endings kept with it.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    String,
    Subquery,
    bindparam,
    column,
    false,
    literal_column,
    select,
    table,
    true,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

LONGEST_WORD = 60
SHORTEST_ENDING = 3
LONGEST_TEXT = 100_000
"""Characters that one request is found by: PostgreSQL takes a tsvector of 1 MB at most."""
_WORDS = table("request_words", column("request_id", String)).alias("w")
WORD = re.compile(r"[^\W_]+")


def search_text(parts: Iterable[str | None]) -> str:
    """What a request is found by: its words and their endings, normalised, each once, with a space
    between; the words come first, and what is more than LONGEST_TEXT is left out."""
    whole = words(" ".join(part for part in parts if part))
    return " ".join(_fitting(dict.fromkeys((*whole, *endings(whole)))))


def endings(whole: Iterable[str]) -> Iterator[str]:
    """What each word ends with: «карди» begins «кардия», which is in «тахикардия»."""
    for word in whole:
        for start in range(1, len(word) - SHORTEST_ENDING + 1):
            yield word[start:]


def _fitting(found: Iterable[str]) -> Iterator[str]:
    room = LONGEST_TEXT
    for word in found:
        room -= len(word) + 1
        if room < 0:
            return
        yield word


def words(text: str) -> list[str]:
    """The words of a text in their normal form; letters and digits alone make a word."""
    return [word[:LONGEST_WORD] for word in WORD.findall(normal(text))]


def normal(text: str) -> str:
    """Composed, without case or accents, with е for ё; NUL is dropped."""
    for _ in range(2):  # folding the case may take a composed letter apart
        text = unicodedata.normalize("NFKC", text).casefold()
    letters = unicodedata.normalize("NFC", text.replace("\0", ""))
    return "".join(one for one in letters if not unicodedata.combining(one)).replace("ё", "е")


def found_by(search: str, centre_id: str) -> ColumnElement[bool]:
    """A condition on requests of a centre: every word of the search is a part of theirs.

    How many words there may be follows from how long a search may be, which the route says.
    """
    return _condition(_HasWords, search, centre_id)


def held_by_walked(search: str, centre_id: str) -> ColumnElement[bool]:
    """As `found_by`, on rows of a subquery "walked": PostgreSQL looks at one after the other."""
    return _condition(_WalkedHaveWords, search, centre_id)


def found_first(search: str, centre_id: str) -> ColumnElement[bool]:
    """As `found_by`, for words that few hold: PostgreSQL finds all of them by its index first."""
    return _condition(_FewHaveWords, search, centre_id)


def holders_of(search: str, centre_id: str) -> Subquery:
    """`request_id` of those that `found_by` finds, as PostgreSQL's index names them: one at a time,
    no more of them than are asked for."""
    held = select(_WORDS.c.request_id).where(_condition(_WordsThemselves, search, centre_id))
    return held.offset(literal_column("0")).subquery("held")  # as it stands, whatever is joined


def _condition(kind: "type[_HasWords]", search: str, centre_id: str) -> ColumnElement[bool]:
    if not search.strip():
        return true()
    wanted = _telling(words(search))
    return kind(wanted, centre_id) if wanted else false()


def _telling(wanted: Iterable[str]) -> list[str]:
    """Each once; what is found by «кардио» has a word that begins with «к» anyhow."""
    found: list[str] = []
    for word in sorted(set(wanted), reverse=True):  # what begins with a word comes in front of it
        if not (found and found[-1].startswith(word)):
            found.append(word)
    return found


class _HasWords(FunctionElement[bool]):
    """Is compiled for each database in its own words; letters and digits need no escaping."""

    inherit_cache = True
    type = Boolean()

    def __init__(self, wanted: list[str], centre_id: str) -> None:
        fts5 = " AND ".join(f'"{word}"*' for word in wanted)
        quoted = "'#" + centre_id.replace("\\", "\\\\").replace("'", "''") + "'"
        tsquery = " & ".join([quoted, *(f"'{word}':*" for word in wanted)])
        super().__init__(bindparam(None, fts5), bindparam(None, tsquery))


class _WalkedHaveWords(_HasWords):
    inherit_cache = True


class _FewHaveWords(_HasWords):
    inherit_cache = True


class _WordsThemselves(_HasWords):
    inherit_cache = True


@compiles(_HasWords, "sqlite")
def _in_fts5(element: _HasWords, compiler: SQLCompiler, **options: Any) -> str:
    wanted, _ = element.clauses
    return (
        "requests.id IN (SELECT w.request_id FROM request_words_index"
        ' JOIN request_words w ON w."row" = request_words_index.rowid'
        f" WHERE request_words_index MATCH {compiler.process(wanted)})"
    )


@compiles(_HasWords, "postgresql")
def _in_tsvectors(element: _HasWords, compiler: SQLCompiler, **options: Any) -> str:
    _, wanted = element.clauses
    return (
        "requests.id IN (SELECT w.request_id FROM request_words w"
        f" WHERE w.words @@ CAST(CAST({compiler.process(wanted)} AS text) AS tsquery))"
    )


@compiles(_WalkedHaveWords, "postgresql")
def _in_walked(element: _HasWords, compiler: SQLCompiler, **options: Any) -> str:
    _, wanted = element.clauses
    # A value, and not a join: of how many hold the words PostgreSQL knows nothing.
    return (
        f"(SELECT w.words @@ CAST(CAST({compiler.process(wanted)} AS text) AS tsquery)"
        " FROM request_words w WHERE w.request_id = walked.id)"
    )


@compiles(_FewHaveWords, "postgresql")
def _in_index(element: _HasWords, compiler: SQLCompiler, **options: Any) -> str:
    _, wanted = element.clauses
    return (
        "requests.id IN (WITH held AS MATERIALIZED (SELECT w.request_id FROM request_words w"
        f" WHERE w.words @@ CAST(CAST({compiler.process(wanted)} AS text) AS tsquery))"
        " SELECT held.request_id FROM held)"
    )


@compiles(_WordsThemselves, "postgresql")
def _in_words(element: _HasWords, compiler: SQLCompiler, **options: Any) -> str:
    _, wanted = element.clauses
    return f"w.words @@ CAST(CAST({compiler.process(wanted)} AS text) AS tsquery)"
