"""Choices are remembered; a spoilt file costs the choices, not the start."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from backend_client.models.requests import QueueGroup
from workstation.settings import Settings, SettingsFile, ThemeChoice

CHOSEN = Settings(
    theme=ThemeChoice.DARK,
    font_percent=150,
    language="en",
    last_login="levashova",
    queue_group=QueueGroup.MINE,
    compact_rows=True,
    screens={"window": "AdnQywAD", "ecg": "6x2"},
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.json"


def test_what_was_chosen_holds_at_the_next_start(path: Path) -> None:
    SettingsFile(path).save(lambda: CHOSEN)
    assert SettingsFile(path).load() == CHOSEN
    assert [file.name for file in path.parent.iterdir()] == ["settings.json"]


def test_of_many_threads_the_last_word_stands(path: Path) -> None:
    """At the end of the program the timer's saving may still be under way."""
    file, chosen = SettingsFile(path), [100]
    with ThreadPoolExecutor(8) as threads:
        saved = []
        for percent in range(100, 180):
            chosen.append(percent)
            saved.append(threads.submit(file.save, lambda: Settings(font_percent=chosen[-1])))
    for one in saved:
        one.result()
    assert file.load().font_percent == 179
    assert [one.name for one in path.parent.iterdir()] == ["settings.json"]


def test_before_anything_was_chosen_the_defaults_hold(path: Path) -> None:
    file = SettingsFile(path)
    assert file.load() == Settings()
    assert file.set_aside is None
    assert not path.exists()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"\xff\xfe\x00",
        b'{"theme": "purple"}',
        b'{"font_percent": 10}',
        b'{"font_percent": "large"}',
        b'{"font_percent": 201}',
        b'{"screens": {"queue": [900, 480]}}',
    ],
)
def test_a_spoilt_file_is_set_aside_and_the_defaults_hold(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    file = SettingsFile(path)
    assert file.load() == Settings()
    assert file.set_aside is not None
    assert file.set_aside.read_bytes() == content
    file.save(lambda: CHOSEN)
    assert SettingsFile(path).load() == CHOSEN


def test_a_file_of_a_newer_program_is_read_as_far_as_it_is_known(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b'{"compact_rows": true, "mood": "good", "queue_group": "retired"}')
    file = SettingsFile(path)
    assert file.load() == Settings(compact_rows=True, queue_group=QueueGroup.UNKNOWN)
    assert file.set_aside is None


def test_a_file_that_cannot_be_written_does_not_spoil_the_old_one(path: Path) -> None:
    SettingsFile(path).save(lambda: CHOSEN)
    blocked = SettingsFile(path / "inside a file")
    with pytest.raises(OSError, match="settings.json"):
        blocked.save(Settings)
    assert SettingsFile(path).load() == CHOSEN
    assert blocked.load() == Settings()
