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
from workstation.studies.file_set import NoSingleRecord, whole_file
from workstation.studies.limits import DecoderLimits
from workstation.studies.study import Study

WRONG_USE: Final = 2
UNREADABLE: Final = 3
_WHY: Final = {
    Unreadable.EMPTY: "the file is empty",
    Unreadable.NOT_RECOGNISED: "the content is of no format that is known here",
    Unreadable.TRUNCATED: "the file ends before what it announces",
    Unreadable.DAMAGED: "the file contradicts itself or its format",
    Unreadable.TOO_LARGE: "the file, or what it unfolds to, is beyond the limits",
    Unreadable.NO_PICTURE: "the file holds nothing that can be shown",
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
async def opened(path: Path) -> AsyncIterator[Study]:
    """The file as the window has it; a WFDB header or its folder with what belongs to it.

    Raises:
        CommandFailed: it is not there (2), or cannot be read (3), also later within the block.
    """
    data = await asyncio.to_thread(_bytes_of, path)
    decoder = Decoder()
    try:
        study = await decoder.open(data)
        try:
            yield study
        finally:
            await study.close()
    except StudyError as error:
        raise CommandFailed(UNREADABLE, f"{path.name}: {reason_of(error)}") from error
    finally:
        await decoder.close()


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


def _bytes_of(path: Path) -> bytes:
    try:
        if path.is_file() and path.stat().st_size > DecoderLimits().file_size:
            raise CommandFailed(UNREADABLE, f"{path.name}: {_too_large()}")
        if not (path.is_file() or path.is_dir()):
            missing = "no such file" if not path.exists() else "neither a file nor a folder"
            raise CommandFailed(WRONG_USE, f"{path}: {missing}")
        return whole_file(path)
    except NoSingleRecord as error:
        raise CommandFailed(WRONG_USE, f"{path}: {error}") from error
    except OSError as error:
        raise CommandFailed(WRONG_USE, f"{path}: {_system_words(error)}") from error


def _too_large() -> str:
    return reason_of(UnreadableFile(Unreadable.TOO_LARGE))


def _system_words(error: OSError) -> str:
    return error.strerror or type(error).__name__
