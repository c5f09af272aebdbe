"""The command line of `python -m signing`: its words, and what they mean as policy and terms."""

import argparse
import json
import ssl
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Final, NoReturn

from cryptography import x509

from signing.certificates import Person, load_roots
from signing.chosen_key import add_key, key_problem
from signing.errors import BadPolicy, NoCertificate
from signing.policy import LEVELS, Policy, read_policy
from signing.report import Level
from signing.signed_file import Terms

WRONG_USE: Final = 64
"""As sysexits.h has it."""
SIGNING: Final = {"sign": "the doctor's signature", "approve": "the approver's signature"}


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """Not with argparse's own 2: that is a verdict here."""
        self.print_usage(sys.stderr)
        self.exit(WRONG_USE, f"{self.prog}: {message}\n")


def parse_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    """Reads the command line; leaves with 64 where it makes no sense."""
    parser = _Parser(prog="signing", description="Signatures in PDF files (PAdES B-B to B-LTA)")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, said in SIGNING.items():
        _add_signing(commands.add_parser(name, help=said))
    lifting = commands.add_parser("extend", help="lift a signed file to a higher level")
    lifting.add_argument("pdf", type=Path)
    lifting.add_argument("output", type=Path)
    _add_policy(lifting)
    checking = commands.add_parser("verify", help="verify all signatures of a file")
    checking.add_argument("pdf", type=Path)
    checking.add_argument("--expect-signers", type=int, metavar="N")
    for command in commands.choices.values():
        command.add_argument(
            "--trust", type=Path, metavar="PEM", help="trusted roots, instead of the system's"
        )
        command.add_argument("--json", action="store_true", help="answer as JSON")
    options = parser.parse_args(arguments)
    if options.command in SIGNING and (problem := key_problem(options)):
        commands.choices[options.command].error(problem)
    return options


def terms_of(options: argparse.Namespace) -> Terms:
    """On what terms to sign or lift. Raises BadPolicy, NoCertificate."""
    name = getattr(options, "name", "")
    person = Person(name, options.snils) if name else None
    return Terms(_policy(options), roots_of(options), person)


def roots_of(options: argparse.Namespace) -> Sequence[x509.Certificate]:
    """The given roots alone, else the system's. Raises NoCertificate."""
    if options.trust is not None:
        return load_roots(options.trust)
    found = ssl.create_default_context().get_ca_certs(binary_form=True)
    if not found:
        raise NoCertificate("the system has no trusted roots: give --trust")
    return list(_readable(found))


def _readable(found: Iterable[bytes]) -> Iterator[x509.Certificate]:
    """One odd root of a system takes none of the others away."""
    for der in found:
        with suppress(ValueError):
            yield x509.load_der_x509_certificate(der)


def _add_signing(command: argparse.ArgumentParser) -> None:
    command.add_argument("pdf", type=Path)
    command.add_argument("output", type=Path)
    add_key(command)
    command.add_argument("--post", default="", help="post of the signer, for the stamp")
    command.add_argument("--name", default="", help="whose certificate it must be")
    command.add_argument("--snils", default="", help="the same by insurance number; with --name")
    _add_policy(command)


def _add_policy(command: argparse.ArgumentParser) -> None:
    levels = [level.value for level in LEVELS]
    command.add_argument("--policy", type=Path, metavar="JSON", help="the centre's policy")
    command.add_argument("--level", choices=levels, help="what is wanted; else the highest")
    command.add_argument("--at-least", choices=levels, help="below it nothing is signed")
    command.add_argument(
        "--time-service", action="append", metavar="URL", help="may be given several times"
    )
    command.add_argument("--timeout", type=float, metavar="SECONDS", help="for each service")


def _policy(options: argparse.Namespace) -> Policy:
    """The file's policy with what the command line says instead."""
    policy = Policy() if options.policy is None else _policy_in(options.policy)
    said = {
        "level": None if options.level is None else Level(options.level),
        "at_least": None if options.at_least is None else Level(options.at_least),
        "time_services": None if options.time_service is None else tuple(options.time_service),
        "timeout": options.timeout,
    }
    return replace(policy, **{key: value for key, value in said.items() if value is not None})


def _policy_in(path: Path) -> Policy:
    try:
        record = json.loads(path.read_text("utf-8"))
    except ValueError as error:
        raise BadPolicy(path.name) from error
    if not isinstance(record, dict):
        raise BadPolicy(path.name)
    return read_policy(record)
