"""Runs Alembic from the program, without its command line or a file of settings."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script.revision import ResolutionError
from alembic.util import CommandError
from sqlalchemy import Connection

from backend.settings import CannotStart


def upgrade(connection: Connection) -> None:
    """Takes the tables to the newest step inside the connection's transaction."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        if isinstance(error.__cause__, ResolutionError):
            raise CannotStart(
                "the database was made by a newer version of this program: update the program"
            ) from error
        raise
