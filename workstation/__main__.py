"""The program: arguments, the event loop, and the road to the composition root.

Little is imported at the top: child processes import this module too, and the window must be
painted before anything that it does not need for that.
"""

import argparse
import sys
from urllib.parse import urlsplit

from backend_client.models.common import VERSION

COMMANDS = ("inspect", "render", "measure")
"""First words that open no window: `workstation/commands`."""
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


def parse_arguments(arguments: list[str]) -> argparse.Namespace:
    """Reads the command line; leaves with code 2 and one line where it makes no sense."""
    parser = argparse.ArgumentParser(
        prog="workstation",
        description="Workstation for telemedicine doctors",
        epilog=f"without a window: workstation {{{','.join(COMMANDS)}}} FILE ..., see its --help",
    )
    parser.add_argument("--server", metavar="URL", help="address of the shared backend")
    parser.add_argument(
        "--demo", action="store_true", help="made-up data; without --server, an own backend"
    )
    parser.add_argument(
        "--sign-in", metavar="LOGIN", help="with --demo: sign in as this demo account at once"
    )
    parser.add_argument(
        "--trust-roots",
        metavar="FOLDER",
        help="with --demo and --server: the folder of that server's --trust-roots",
    )
    parser.add_argument("--data-folder", metavar="PATH", help="where settings and data are kept")
    parser.add_argument("--milestones", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--version", action="version", version=VERSION)
    options = parser.parse_args(arguments)
    problem = _problem_with(options)
    if problem:
        parser.error(problem)
    return options


def _problem_with(options: argparse.Namespace) -> str | None:
    if options.server is not None:
        parts = urlsplit(options.server)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            return f"--server {options.server}: an address such as https://host:port is needed"
        if options.demo and parts.hostname not in LOOPBACK:
            return "--demo works with a server on this computer only (127.0.0.1)"
    if options.sign_in is not None and not options.demo:
        return "--sign-in is for --demo only"
    if options.trust_roots is not None and not (options.demo and options.server):
        return "--trust-roots is for --demo with --server only"
    return None


def main(arguments: list[str] | None = None) -> int:
    """Runs the workstation, or a subcommand; returns the exit code."""
    words = sys.argv[1:] if arguments is None else arguments
    if words and words[0] in COMMANDS:
        return _run_command(words[0], words[1:])
    options = parse_arguments(words)
    backend = None
    if options.server is None:  # first of all: it comes up while the window does
        from workstation.embedded_backend import EmbeddedBackend, embedded_folder

        backend = EmbeddedBackend(embedded_folder(options), demo=options.demo)
        backend.start()
    from workstation.app import run_window

    return run_window(options, backend)


def _run_command(name: str, words: list[str]) -> int:
    """Only what the one subcommand needs is imported."""
    if name == "inspect":
        from workstation.commands import inspect

        return inspect.main(words)
    if name == "render":
        from workstation.commands import render

        return render.main(words)
    from workstation.commands import measure

    return measure.main(words)


if __name__ == "__main__":
    from multiprocessing import freeze_support

    freeze_support()
    sys.exit(main())
