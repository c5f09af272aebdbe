"""`python -m backend set-snils`: the insurance number of an account, which its certificate names.

The number is read from standard input: on the command line everybody on the machine could see it.
"""

import asyncio
import sys
from typing import TextIO

from sqlalchemy import update

from backend.accounts.sign_in import normal_login
from backend.database import Database
from backend.rules.snils import plain_snils
from backend.settings import CannotStart
from backend.tables import accounts


def set_snils(database_url: str, login: str, given: TextIO = sys.stdin) -> int:
    """Takes one line; an empty one forgets the number.

    Answers 0; 1 where the number cannot be one or nobody has the login; 2 where there is no
    database.
    """
    line = given.readline().strip()
    digits = plain_snils(line) if line else ""
    if digits is None:
        sys.stderr.write("this is no SNILS: eleven digits, the last two are the check number\n")
        return 1
    try:
        found = asyncio.run(_set(database_url, login, digits))
    except CannotStart as error:
        sys.stderr.write(f"the database cannot be opened: {error}\n")
        return 2
    if not found:
        sys.stderr.write(f"nobody has the login {login}\n")
    return 0 if found else 1


async def _set(database_url: str, login: str, digits: str) -> bool:
    database = Database(database_url)
    try:
        await database.migrate()
        async with database.write() as connection:
            which = accounts.c.login == normal_login(login)
            done = await connection.execute(update(accounts).where(which).values(snils=digits))
            return done.rowcount == 1
    finally:
        await database.close()
