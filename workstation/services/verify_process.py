"""What runs in the process that verifies PDFs: what comes in is hostile until shown otherwise.

Nothing of Qt and nothing of the window is imported here.
"""

import importlib
import signal
from collections.abc import Sequence
from datetime import datetime
from multiprocessing.connection import Connection

import msgspec

from workstation.studies.confinement import Confinement, forbid_core_dumps

CPU_S = 20.0
MEMORY = 1024 * 1024 * 1024
"""Bytes of addresses beyond what the process has already."""


class Question(msgspec.Struct, frozen=True):
    """What is asked of one file, whose bytes follow."""

    roots: Sequence[bytes]
    """DER; they replace the system's."""
    expect_signers: int | None
    at: datetime


def run_verifier(connection: Connection) -> None:
    """Answers until the pipe ends, or an empty message comes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in the terminal is for the window
    forbid_core_dumps()
    confinement = Confinement()
    importlib.import_module("signing.verify")  # a second, before the first file comes
    try:
        while message := connection.recv_bytes():
            question = msgspec.msgpack.decode(message, type=Question)
            pdf = connection.recv_bytes()
            with confinement.job(CPU_S, MEMORY):
                answer = _answer(question, pdf)
            connection.send_bytes(answer)
    except (EOFError, OSError):
        return  # the window is gone


def _answer(question: Question, pdf: bytes) -> bytes:
    from cryptography import x509

    from signing.verify import verify_pdf

    roots = [x509.load_der_x509_certificate(root) for root in question.roots]
    report = verify_pdf(pdf, roots, question.expect_signers, at=question.at)
    return msgspec.msgpack.encode(report, enc_hook=_plain)


def _plain(value: object) -> str:
    """pyHanko's own kinds of text, as the names of fields are."""
    if isinstance(value, str):
        return "".join(value)
    raise TypeError(type(value).__name__)
