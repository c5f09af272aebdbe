"""The key that the command line names: a file, a token, or what an outside program holds.

A PIN or passphrase comes from a terminal that does not show it, from a file, or from an open file
descriptor; never from the command line, which everybody on the computer may read.
"""

import argparse
import getpass
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final

from signing.command_words import split_command
from signing.errors import NoCertificate, ProviderMissing, SigningError
from signing.keys.external_cms import OPENSSL_GOST, CmsProvider, ExternalCmsSigner
from signing.keys.pkcs12 import Pkcs12Signer
from signing.signer import Signer

_LONGEST: Final = 4096
"""Bytes of a passphrase's file."""


class NoSecret(SigningError):
    """There is nobody to ask for the PIN or passphrase, or where it should be read is nothing."""


def add_key(command: argparse.ArgumentParser) -> None:
    """The words that name a key."""
    kinds = command.add_mutually_exclusive_group(required=True)
    kinds.add_argument("--key", type=Path, metavar="P12", help="a PKCS#12 file")
    kinds.add_argument(
        "--pkcs11", type=Path, metavar="LIBRARY", help="a token, by its maker's PKCS#11 library"
    )
    kinds.add_argument(
        "--certificate",
        type=Path,
        metavar="PEM",
        help="of a key that an outside program holds (GOST R 34.10-2012)",
    )
    command.add_argument("--token", help="serial or label, where there are several tokens")
    command.add_argument("--key-id", metavar="HEX", help="where the token has several keys")
    command.add_argument("--key-name", metavar="NAME", help="what the outside program calls it")
    command.add_argument(
        "--provider", metavar="COMMAND", help="the outside program; else OpenSSL with GOST"
    )
    secret = command.add_mutually_exclusive_group()
    secret.add_argument(
        "--passphrase-file", type=Path, help="its first line is the passphrase or PIN"
    )
    secret.add_argument(
        "--passphrase-fd", type=int, metavar="N", help="the same from an open file descriptor"
    )


def key_problem(options: argparse.Namespace) -> str:
    """What makes no sense in the words that name a key; "" where all does."""
    if options.pkcs11 is None and (options.token or options.key_id):
        return "--token and --key-id belong to --pkcs11"
    if options.certificate is None and (options.key_name or options.provider):
        return "--key-name and --provider belong to --certificate"
    if options.certificate is not None and not options.key_name:
        return "--certificate wants --key-name"
    return ""


@contextmanager
def opened_key(options: argparse.Namespace) -> Iterator[Signer]:
    """The key, opened; a token's session is over behind it. Raises a SigningError."""
    if options.pkcs11 is not None:
        with _on_token(options) as signer:
            yield signer
    elif options.certificate is not None:
        provider = _provider(options.provider)
        name = options.key_name
        yield ExternalCmsSigner.open(provider, options.certificate, name, _secret(options))
    else:
        yield Pkcs12Signer.open_file(options.key, _secret(options))


@contextmanager
def _on_token(options: argparse.Namespace) -> Iterator[Signer]:
    from signing.keys.pkcs11 import TokenLibrary

    library = TokenLibrary(options.pkcs11)
    found = [
        (token.serial, one.key_id)
        for token in library.tokens()
        if options.token in (None, token.serial, token.label)
        for one in library.certificates(token.serial)
        if options.key_id is None or one.key_id == options.key_id.lower()
    ]
    if len(found) != 1:
        offered = ", ".join(f"--token {serial} --key-id {key_id}" for serial, key_id in found)
        raise NoCertificate(f"several keys: {offered}" if found else "no token has such a key")
    ((serial, key_id),) = found
    signer = library.open(serial, key_id, _secret(options))
    try:
        yield signer
    finally:
        signer.close()


def _provider(typed: str | None) -> CmsProvider:
    if not typed:
        return OPENSSL_GOST
    try:
        return replace(OPENSSL_GOST, name="command line", sign=split_command(typed), unlock=())
    except ValueError as error:
        raise ProviderMissing("the command has a quotation that is not closed") from error


def _secret(options: argparse.Namespace) -> str:
    """Asked only now: a token that is not there asks for no PIN."""
    try:
        if options.passphrase_file is not None:
            return _first_line(options.passphrase_file.read_bytes())
        if options.passphrase_fd is not None:
            with os.fdopen(options.passphrase_fd, "rb") as file:
                return _first_line(file.read(_LONGEST))
    except (OSError, UnicodeDecodeError) as error:
        raise NoSecret("the passphrase cannot be read") from error
    with warnings.catch_warnings():
        warnings.simplefilter("error", getpass.GetPassWarning)
        try:
            return getpass.getpass("Passphrase or PIN: ")
        except (getpass.GetPassWarning, EOFError) as error:
            raise NoSecret("no terminal: give --passphrase-file or --passphrase-fd") from error


def _first_line(data: bytes) -> str:
    lines = data.decode("utf-8").splitlines()
    return lines[0] if lines else ""
