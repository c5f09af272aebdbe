"""The TURN servers as the environment names them; the secret is no part of a command line."""

import re
from collections.abc import Mapping
from pathlib import Path

from backend.settings import CannotStart, TurnSettings

URLS, LIFE = "TELEMED_TURN_URLS", "TELEMED_TURN_SECONDS"
SECRET, SECRET_FILE = "TELEMED_TURN_SECRET", "TELEMED_TURN_SECRET_FILE"
MOST_URLS = 12
SHORTEST_LIFE, LONGEST_LIFE = 1800, 24 * 3600
"""Seconds: the patient's page keeps what it was given for ten minutes, a call lasts thirty."""
_HOST = r"(?:[0-9A-Za-z](?:[0-9A-Za-z.-]*[0-9A-Za-z])?|\[[0-9A-Fa-f:.]+\])"
_URL = re.compile(rf"(?:turn:{_HOST}(?::\d{{1,5}})?\?transport=(?:udp|tcp)"
                  rf"|turns:{_HOST}(?::\d{{1,5}})?\?transport=tcp)")  # fmt: skip


def turn_settings(environ: Mapping[str, str]) -> TurnSettings | None:
    """None where no TURN server is named. Raises CannotStart."""
    urls = tuple(environ.get(URLS, "").replace(",", " ").split())
    if not urls:
        return None
    if len(urls) > MOST_URLS:
        raise CannotStart(f"{URLS}: {MOST_URLS} addresses at most")
    for url in urls:
        if not _URL.fullmatch(url):
            wanted = "turn:host:3478?transport=udp (or tcp), or turns:host:443?transport=tcp"
            raise CannotStart(f"{URLS}: {url!r} is no address of TURN; as {wanted}")
    return TurnSettings(urls, _secret(environ), _life(environ.get(LIFE, "")))


def _secret(environ: Mapping[str, str]) -> str:
    named = environ.get(SECRET_FILE)
    try:
        text = Path(named).read_text(encoding="utf-8") if named else environ.get(SECRET, "")
    except (OSError, UnicodeDecodeError) as error:
        raise CannotStart(f"{SECRET_FILE}: {named} cannot be read") from error
    secret = text.strip("\r\n")
    if not secret:
        raise CannotStart(f"{URLS} is set, but neither {SECRET} nor {SECRET_FILE}")
    return secret


def _life(text: str) -> int:
    if not text:
        return TurnSettings.LIFE_SECONDS
    if not text.isdecimal() or not SHORTEST_LIFE <= int(text) <= LONGEST_LIFE:
        span = f"from {SHORTEST_LIFE} to {LONGEST_LIFE}"
        raise CannotStart(f"{LIFE} is a number of seconds {span}, not {text!r}")
    return int(text)
