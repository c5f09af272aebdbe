"""A typed command of a provider: words with spaces in them, by the rules of each system."""

import shlex
import subprocess

import pytest

from signing.command_words import joined_command, split_command

WINDOWS = [
    (r"csptest -sfsign -in {content}", ("csptest", "-sfsign", "-in", "{content}")),
    (
        r'"C:\Program Files\Crypto Pro\CSP\csptest.exe" -my "{key}"',
        (r"C:\Program Files\Crypto Pro\CSP\csptest.exe", "-my", "{key}"),
    ),
    (r"\\server\share\a.exe  b\\c", (r"\\server\share\a.exe", r"b\\c")),
    (r'a\"b "c\\" d\\\"e ""', ('a"b', "c\\", 'd\\"e', "")),
    (r'x"y z"w', ("xy zw",)),
    ("", ()),
    ("  ", ()),
]


@pytest.mark.parametrize(("line", "words"), WINDOWS)
def test_a_line_of_windows_is_taken_apart_as_windows_does(
    line: str, words: tuple[str, ...]
) -> None:
    assert split_command(line, windows=True) == words
    assert split_command(joined_command(words, windows=True), windows=True) == words
    assert split_command(subprocess.list2cmdline(words), windows=True) == words


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("openssl cms -in {content}", ("openssl", "cms", "-in", "{content}")),
        ("'/opt/my program/sign' -k \"{key}\"", ("/opt/my program/sign", "-k", "{key}")),
        (r"/opt/my\ program/sign ''", ("/opt/my program/sign", "")),
        ("it\"'\"s' 'here", ("it's here",)),
        ("  ", ()),
    ],
)
def test_a_line_of_posix_is_taken_apart_as_a_shell_does(line: str, words: tuple[str, ...]) -> None:
    assert split_command(line, windows=False) == words
    assert split_command(joined_command(words, windows=False), windows=False) == words
    assert split_command(shlex.join(words), windows=False) == words


@pytest.mark.parametrize("windows", [True, False])
@pytest.mark.parametrize("line", ['"C:/a b', 'sign "'])
def test_a_quotation_that_is_not_closed_is_refused(line: str, windows: bool) -> None:
    with pytest.raises(ValueError, match="quotation"):
        split_command(line, windows=windows)


def test_what_needs_no_quotation_is_shown_as_it_was_typed() -> None:
    line = "sign --in {content} --out {answer} -k env:TELEMED_KEY_SECRET"
    assert joined_command(split_command(line, windows=False), windows=False) == line
