"""Where files are kept: a folder, memory, or a bucket of S3, by one address."""

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, parse_qs, urlsplit
from urllib.request import url2pathname

from obstore.store import LocalStore, MemoryStore, ObjectStore, S3Store

from backend.settings import CannotStart, S3Keys

if TYPE_CHECKING:  # obstore has this type for the checker only
    from obstore.store import S3Config

ADDRESSES = (
    "an address of files is file:///folder, memory:// or "
    "s3://bucket/prefix?endpoint=https://host&region=name"
)
CALL_SECONDS = 30
RETRIES = 4
KNOWN = frozenset({"endpoint", "region"})


@dataclass(frozen=True, slots=True)
class Bucket:
    """What an s3:// address says; keys are no part of it, for others can read a command line."""

    name: str
    prefix: str | None
    endpoint: str | None
    region: str


def open_store(url: str, keys: S3Keys | None) -> ObjectStore:
    """The store of an address. Raises CannotStart."""
    parts = urlsplit(url)
    if parts.scheme == "memory":
        return MemoryStore()
    if parts.scheme == "file" and parts.netloc in ("", "localhost") and parts.path:
        return _folder(url2pathname(parts.path))
    if parts.scheme == "s3" and parts.netloc:
        return _s3(_bucket(parts), keys)
    raise CannotStart(f"{ADDRESSES}, not {url!r}")


def _folder(path: str) -> LocalStore:
    try:
        return LocalStore(path, mkdir=True)
    except OSError as error:
        raise CannotStart(f"the folder of files {path} cannot be opened: {error}") from error


def _bucket(parts: SplitResult) -> Bucket:
    given = parse_qs(parts.query)
    if given.keys() - KNOWN or parts.username or parts.password:
        raise CannotStart(f"{ADDRESSES}; keys come from AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY")
    return Bucket(
        name=parts.netloc,
        prefix=parts.path.strip("/") or None,
        endpoint=given.get("endpoint", [None])[-1],
        region=given.get("region", ["us-east-1"])[-1] or "us-east-1",
    )


def _s3(bucket: Bucket, keys: S3Keys | None) -> S3Store:
    """Without keys obstore looks for them: in the environment, then at the machine's own role."""
    config: S3Config = {"region": bucket.region}
    if bucket.endpoint is not None:
        config["endpoint"] = bucket.endpoint
    if keys is not None:
        config["access_key_id"] = keys.key_id
        config["secret_access_key"] = keys.secret
    return S3Store(
        bucket.name,
        prefix=bucket.prefix,
        config=config,
        client_options={
            "timeout": timedelta(seconds=CALL_SECONDS),
            "allow_http": (bucket.endpoint or "").startswith("http://"),
        },
        retry_config={"max_retries": RETRIES, "retry_timeout": timedelta(seconds=CALL_SECONDS)},
    )
