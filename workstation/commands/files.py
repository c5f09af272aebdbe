"""How a subcommand opens a file: as the window does, in the decoder process; and how it ends."""

import argparse
import asyncio
import logging
import os
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Final, Never

from workstation.studies.decoder import Decoder
from workstation.studies.errors import (
    DecoderStopped,
    StopReason,
    StudyError,
    Unreadable,
    UnreadableFile,
)
from workstation.studies.file_set import (
    FolderTooLarge,
    NoSingleRecord,
    as_disc,
    files_in,
    has_wfdb_header,
    whole_file,
)
from workstation.studies.limits import DecoderLimits
from workstation.studies.study import DiscStudy, Study

WRONG_USE: Final = 2
UNREADABLE: Final = 3
FILE_HELP: Final = "or a folder: of one WFDB record, of slices, or of a disc"
_WHY: Final = {
    Unreadable.EMPTY: "the file is empty",
    Unreadable.NOT_RECOGNISED: "the content is of no format that is known here",
    Unreadable.TRUNCATED: "the file ends before what it announces",
    Unreadable.DAMAGED: "the file contradicts itself or its format",
    Unreadable.TOO_LARGE: "the file, or what it unfolds to, is beyond the limits",
    Unreadable.SERIES_TOO_LARGE: "the slices of a series are more than fits into memory",
    Unreadable.NO_PICTURE: "the file holds nothing that can be shown",
    Unreadable.PRESENTATION_STATE: "a presentation state, which says how other pictures look",
    Unreadable.NO_TIME_SCALE: "the ECG does not say its sampling rate",
    Unreadable.UNSUPPORTED_SYNTAX: "the file is packed in a way that is not read here",
    Unreadable.SAVE_AS_JPEG: "such photos are not opened here, ask for it saved as JPEG",
    Unreadable.WEB_PAGE: "a web page, which might run programs, is not opened",
    Unreadable.SAVE_AS_DOCUMENT: "such documents are not opened here, ask for PDF or DOCX",
    Unreadable.LOCKED: "the file asks for a password",
    Unreadable.OUT_OF_MEMORY: "this computer has no room for the file now",
    Unreadable.STOPS_DECODER: "the file has ended the decoder process several times",
}
_STOPPED: Final = {
    StopReason.CRASHED: "the decoder process ended over it",
    StopReason.TIME: "the decoder process was stopped: it took too long",
    StopReason.MEMORY: "the decoder process was stopped: it took too much memory",
}


class CommandFailed(Exception):
    """Ends a subcommand with an exit code and one line, which never quotes the file's content."""

    def __init__(self, code: int, words: str) -> None:
        super().__init__(words)
        self.code = code


class OneLineParser(argparse.ArgumentParser):
    """Says what makes no sense in one line."""

    def error(self, message: str) -> Never:
        self.exit(WRONG_USE, f"{self.prog}: {message}\n")


def ended(command: Callable[[], None]) -> int:
    """Runs a subcommand; its exit code, with the one line said where it failed."""
    said_otherwise, logging.lastResort = logging.lastResort, None  # one line, and no log beside it
    try:
        command()
    except CommandFailed as failed:
        sys.stderr.write(f"{failed}\n")
        return failed.code
    except BrokenPipeError:  # who reads has had enough, as `head` has
        sys.stdout = None  # or Python would flush into it at its end
        return 0
    finally:
        logging.lastResort = said_otherwise
    return 0


@asynccontextmanager
async def opened(path: Path, item: int | None = None) -> AsyncIterator[Study]:
    """The file as the window has it; a WFDB header or its folder with what belongs to it; of a
    folder of several files the slices in all of them, else all of them as a disc.

    `item`: of a disc that one, from 1 as `inspect` counts.

    Raises:
        CommandFailed: it is not there (2), or cannot be read (3), also later within the block.
    """
    data = await asyncio.to_thread(_bytes_of, path)
    decoder = Decoder()
    try:
        study = await _study(decoder, data)
        try:
            if item is None:
                yield study
            else:
                async with _item_of(study, item) as one:
                    yield one
        finally:
            await study.close()
    except StudyError as error:
        raise CommandFailed(UNREADABLE, f"{path.name}: {reason_of(error)}") from error
    finally:
        await decoder.close()


async def _study(decoder: Decoder, data: bytes | dict[str, bytes]) -> Study:
    """A file by what it is; of a folder the slices, or a disc where there are none."""
    if isinstance(data, bytes):
        return await decoder.open(data)
    if len(data) == 1:
        return await decoder.open(next(iter(data.values())))
    try:
        return await decoder.open_series(list(data.values()))
    except UnreadableFile as error:
        if error.reason is not Unreadable.NO_PICTURE:
            raise
    return await decoder.open(await asyncio.to_thread(as_disc, data))


@asynccontextmanager
async def _item_of(study: Study, number: int) -> AsyncIterator[Study]:
    if not isinstance(study, DiscStudy):
        words = f"--item is for a disc of several, this is an open {study.kind.value}"
        raise CommandFailed(WRONG_USE, words)
    if number > len(study.info.items):
        raise CommandFailed(WRONG_USE, f"--item {number}: there are {len(study.info.items)}")
    item = await study.open_item(number - 1)
    try:
        yield item
    finally:
        await item.close()


def disc_of_many(disc: DiscStudy) -> CommandFailed:
    """What to say where one thing is asked of a disc."""
    words = f"a disc of {len(disc.info.items)} items: choose one by --item, see inspect"
    return CommandFailed(WRONG_USE, words)


def reason_of(error: StudyError) -> str:
    """Code and words: "truncated: the file ends before what it announces"."""
    if isinstance(error, UnreadableFile):
        detail = f" ({error.detail})" if error.detail else ""
        return f"{error.reason.value}: {_WHY[error.reason]}{detail}"
    if isinstance(error, DecoderStopped):
        return f"decoder_stopped: {_STOPPED[error.reason]}"
    return "closed: the file was closed"


def written_whole(path: Path, content: bytes) -> None:
    """Puts a file there as a whole or not at all.

    Raises:
        CommandFailed: it cannot be written (2); nothing is left.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.write_bytes(content)
        part.replace(path)
    except OSError as error:
        with suppress(OSError):
            part.unlink()
        raise CommandFailed(WRONG_USE, f"{path}: {_system_words(error)}") from error


def said(content: bytes) -> None:
    """Writes an answer of UTF-8 on the output, whatever letters the terminal takes."""
    sys.stdout.flush()
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


def _bytes_of(path: Path) -> bytes | dict[str, bytes]:
    """The file, or all files of a folder by their paths."""
    try:
        if path.is_file() and path.stat().st_size > DecoderLimits().file_size:
            raise CommandFailed(UNREADABLE, f"{path.name}: {_too_large()}")
        if not (path.is_file() or path.is_dir()):
            missing = "no such file" if not path.exists() else "neither a file nor a folder"
            raise CommandFailed(WRONG_USE, f"{path}: {missing}")
        if path.is_dir() and not has_wfdb_header(path):
            return _all_of(path)
        return whole_file(path)
    except NoSingleRecord as error:
        raise CommandFailed(WRONG_USE, f"{path}: {error}") from error
    except FolderTooLarge as error:
        raise CommandFailed(UNREADABLE, f"{path.name}: {_too_large()}") from error
    except OSError as error:
        raise CommandFailed(WRONG_USE, f"{path}: {_system_words(error)}") from error


def _all_of(folder: Path) -> dict[str, bytes]:
    found = files_in(folder, DecoderLimits().file_size)
    if not found:
        raise CommandFailed(WRONG_USE, f"{folder}: a folder without files")
    return found


def _too_large() -> str:
    return reason_of(UnreadableFile(Unreadable.TOO_LARGE))


def _system_words(error: OSError) -> str:
    return error.strerror or type(error).__name__
