"""What a store of secrets must be able to do, wherever it is."""

from typing import Protocol


class SecretStore(Protocol):
    """Short texts under names, safe from other people. All raise SecretError."""

    async def read(self, name: str) -> str | None:
        """The secret, None where there is none."""

    async def write(self, name: str, secret: str) -> None:
        """Keeps the secret, instead of an earlier one."""

    async def delete(self, name: str) -> None:
        """Forgets it; nothing happens where there is none."""
