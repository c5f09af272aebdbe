"""What runs in the process that verifies PDFs and countersigns them: what comes in is hostile
until shown otherwise.

Nothing of Qt and nothing of the window is imported here. No key comes here: what is to be signed
is sent back to the window, which signs it (`countersigning`).
"""

import importlib
import signal
from collections.abc import Sequence
from datetime import datetime
from multiprocessing.connection import Connection

import msgspec

from workstation.services.countersigning import Order, countersigned
from workstation.studies.confinement import Confinement, forbid_core_dumps

CPU_S = 20.0
MEMORY = 1024 * 1024 * 1024
"""Bytes of addresses beyond what the process has already."""


class Question(msgspec.Struct, frozen=True, tag=True):
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
    importlib.import_module("signing.levels")
    try:
        while message := connection.recv_bytes():
            job = msgspec.msgpack.decode(message, type=Question | Order)
            pdf = connection.recv_bytes()
            with confinement.job(CPU_S, MEMORY):
                answer = _answered(connection, job, pdf)
            connection.send_bytes(answer)
    except (EOFError, OSError):
        return  # the window is gone


def _answered(connection: Connection, job: Question | Order, pdf: bytes) -> bytes:
    if isinstance(job, Order):
        return countersigned(job, pdf, connection)
    return _answer(job, pdf)


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
