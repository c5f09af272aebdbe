"""The server's command line: `python -m backend` serve, openapi, verify-audit, import-icd10, ..."""

import argparse
import sys
from collections.abc import Callable, Sequence
from urllib.parse import urlsplit

from backend.settings import LEASE_SECONDS

SHORTEST_LEASE, LONGEST_LEASE = 1, 24 * 3600


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and answers the exit code."""
    given = _parser().parse_args(arguments)
    # Each command imports what it needs: `--help` shall not wait for a web framework.
    if given.command == "openapi":
        from backend.openapi import openapi_text

        sys.stdout.write(openapi_text())
        return 0
    if given.command == "verify-audit":
        from backend.audit.command import verify_audit

        return verify_audit(given.database, given.since, seal=given.seal)
    if given.command == "import-icd10":
        from backend.icd10.command import import_icd10

        return import_icd10(
            given.file, given.database, version=given.version, valid_from=given.valid_from
        )
    if given.command == "set-snils":
        from backend.accounts.snils_command import set_snils

        return set_snils(given.database, given.login)
    from backend.serve import ServeOptions, serve

    options = vars(given)
    del options["command"]
    return serve(ServeOptions(**options))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m backend", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("openapi", help="print the contract as OpenAPI")
    serve = commands.add_parser("serve", help="run the server")
    serve.add_argument("--database", required=True, help="sqlite:///path or postgresql://...")
    serve.add_argument(
        "--files", required=True, help="file:///folder, s3://bucket/prefix?endpoint=..., memory://"
    )
    serve.add_argument("--port", required=True, type=_port, help="0 takes a free one")
    serve.add_argument("--host", default="127.0.0.1", help="address to listen on")
    serve.add_argument("--demo", action="store_true", help="load the demonstration; loopback only")
    serve.add_argument("--trust-roots", help="folder of PEM files that signatures are checked by")
    serve.add_argument(
        "--catalogues", help="folder of the centres' rules, in the place of those that ship"
    )
    serve.add_argument(
        "--lease-seconds",
        type=_lease,
        default=LEASE_SECONDS,
        help="how long a claim lasts behind its program's last heartbeat",
    )
    serve.add_argument(
        "--public-url",
        type=_public_url,
        default="",
        metavar="URL",
        help="where patients and anybody else reach this server; printed on conclusions",
    )
    serve.add_argument(
        "--exit-with-stdin", action="store_true", help="stop when standard input is closed"
    )
    audit = commands.add_parser(
        "verify-audit",
        help="look for removed or altered rows of the audit",
        description="Exit codes: 0 the audit is whole, 1 it is not, 2 it cannot be read.",
    )
    audit.add_argument("--database", required=True, help="sqlite:///path or postgresql://...")
    audit.add_argument(
        "--seal",
        action="store_true",
        help="print each chain's number, length and head: lines to keep elsewhere",
    )
    audit.add_argument("--since", metavar="FILE", help="lines of --seal that must still hold")
    _add_import(commands.add_parser)
    _add_snils(commands.add_parser)
    return parser


def _add_import(add: Callable[..., argparse.ArgumentParser]) -> None:
    command = add(
        "import-icd10",
        help="take the national directory of ICD-10 as it was published",
        description="Exit codes: 0 the version is there, 1 the file is refused, 2 it cannot be"
        " read. Another version comes beside the ones before.",
    )
    command.add_argument("file", metavar="FILE", help="the published CSV, or the ZIP that holds it")
    command.add_argument("--database", required=True, help="sqlite:///path or postgresql://...")
    command.add_argument("--version", help="as 2.27; by default the file's name says it")
    command.add_argument(
        "--valid-from",
        metavar="DATE",
        help="as 2021-04-07; by default the newest day that a heading names",
    )


def _add_snils(add: Callable[..., argparse.ArgumentParser]) -> None:
    command = add(
        "set-snils",
        help="keep the SNILS of an account, which its certificate has to name; read from stdin",
        description="Exit codes: 0 it is kept (an empty line forgets it), 1 it is no SNILS or there"
        " is no such login, 2 the database cannot be opened.",
    )
    command.add_argument("login", metavar="LOGIN")
    command.add_argument("--database", required=True, help="sqlite:///path or postgresql://...")


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port <= 65535:
        raise argparse.ArgumentTypeError("a port is a number from 0 to 65535")
    return port


def _public_url(text: str) -> str:
    if not text:  # argparse looks at the default, too
        return text
    if not text:  # the default goes through here, too
        return text
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise argparse.ArgumentTypeError("an address is https://host, and a path where it has one")
    return text.rstrip("/")


def _lease(text: str) -> int:
    seconds = int(text)
    if not SHORTEST_LEASE <= seconds <= LONGEST_LEASE:
        span = f"from {SHORTEST_LEASE} to {LONGEST_LEASE} seconds"
        raise argparse.ArgumentTypeError(f"a lease lasts {span}")
    return seconds


if __name__ == "__main__":
    sys.exit(main())
