"""What runs in the decoder process. Nothing of Qt and nothing of the network is imported here."""

import ctypes
import gc
import importlib
import logging
import os
import signal
import sys
import warnings
from multiprocessing.connection import Connection
from typing import Final

from workstation.core.kept_process import say_ready
from workstation.studies.confinement import Confinement, forbid_core_dumps
from workstation.studies.limits import MIB, DecoderLimits
from workstation.studies.messages import EXIT_OUT_OF_MEMORY, decode_request, encode
from workstation.studies.opened import OpenFunction
from workstation.studies.worker import Worker

_M_TRIM_THRESHOLD: Final = -1
_M_MMAP_THRESHOLD: Final = -3
_READERS: Final = (
    "dicom_file",
    "dicom_image",
    "dicom_deflated",
    "dicom_long_ecg",
    "frame_codecs",
    "stack_file",
    "archive_disc",
    "archive_parts",
    "archive_thumbnail",
    "dicom_ecg",
    "picture",
    "pdf",
    "encapsulated_document",
    "dicom_report",
    "text_document",
    "scp_ecg",
    "aecg",
    "muse",
    "sierra",
    "edf",
    "wfdb",
    "ishne",
    "mfer",
)


def run_decoder(connection: Connection, limits: DecoderLimits, open_file: OpenFunction) -> None:
    """Answers the window's questions until the pipe ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in the terminal is for the window
    forbid_core_dumps()
    _keep_freed_memory()
    try:
        _import_readers()
        gc.freeze()  # what is here stays: to look it over took a third of a series' opening
        _say_nothing()
        say_ready(connection)
        _answer(connection, Worker(limits, Confinement(), open_file))
    except (EOFError, OSError):
        return  # the window is gone
    except MemoryError:
        os._exit(EXIT_OUT_OF_MEMORY)


def _keep_freed_memory() -> None:
    """Each frame needs the same few megabytes; to fetch them anew takes longer than to decode.

    glibc gives memory back beyond these thresholds (mallopt(3)); other systems keep it anyway.
    """
    if sys.platform == "linux":
        mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
        if mallopt is not None:
            mallopt(_M_MMAP_THRESHOLD, 32 * MIB)
            mallopt(_M_TRIM_THRESHOLD, 64 * MIB)


def _answer(connection: Connection, worker: Worker) -> None:
    while message := connection.recv_bytes():
        answer = worker.handle(decode_request(message))
        if answer is not None:
            connection.send_bytes(encode(answer))


def _import_readers() -> None:
    """Before anything is asked, so that it is not on account of the first file's limits."""
    for name in _READERS:
        importlib.import_module(f"workstation.studies.readers.{name}")


def _say_nothing() -> None:
    """What libraries say about a file quotes it, and a file is a patient's."""
    warnings.simplefilter("ignore")
    logging.disable()
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)
