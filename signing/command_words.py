"""A typed command line as the list of words that a program is started with, and back.

Each system has its own rules of quoting, and a path with a space in it is written by them.
"""

import os
import shlex

_QUOTED_ON_POSIX = frozenset(" \t\r\n'\"\\")


def split_command(text: str, *, windows: bool = os.name == "nt") -> tuple[str, ...]:
    """The words, the program first; () for an empty line.

    By the rules of the shell (POSIX.1-2017, 2.2, without its expansions), on Windows by those of
    CommandLineToArgvW. Raises ValueError where a quotation is not closed.
    """
    return tuple(_windows_words(text)) if windows else tuple(shlex.split(text))


def joined_command(words: tuple[str, ...], *, windows: bool = os.name == "nt") -> str:
    """A line that `split_command` takes apart into the same words."""
    return " ".join(_windows_word(word) if windows else _posix_word(word) for word in words)


def _posix_word(word: str) -> str:
    """shlex.quote would quote the braces of our places too, which nobody has to."""
    return shlex.quote(word) if not word or _QUOTED_ON_POSIX & set(word) else word


def _windows_word(word: str) -> str:
    if word and not set(word) & set(' \t\n\r"'):
        return word
    quoted, slashes = "", 0
    for char in word:
        if char == '"':
            quoted += "\\" * (slashes + 1)
        slashes = slashes + 1 if char == "\\" else 0
        quoted += char
    return f'"{quoted}{chr(92) * slashes}"'


def _windows_words(text: str) -> list[str]:
    """Backslashes count only before a quotation mark: 2n are n, 2n + 1 are n and the mark."""
    words: list[str] = []
    word, is_word, is_quoted, slashes = "", False, False, 0
    for char in text:
        if char == "\\":
            slashes += 1
            continue
        if char == '"':
            word += "\\" * (slashes // 2)
            if slashes % 2:
                word += char
            else:
                is_quoted = not is_quoted
            is_word, slashes = True, 0
            continue
        word, is_word, slashes = word + "\\" * slashes, is_word or slashes > 0, 0
        if char.isspace() and not is_quoted:
            words += [word] if is_word else []
            word, is_word = "", False
        else:
            word, is_word = word + char, True
    if is_quoted:
        raise ValueError("no closing quotation")
    word += "\\" * slashes
    return [*words, word] if is_word or slashes else words
