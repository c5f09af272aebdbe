"""Lines of a request's history, in the language of the centre's staff."""


def claimed_by(short_name: str) -> str:
    """A doctor has taken the request."""
    return f"{short_name}: взята в работу"


def released_by(short_name: str) -> str:
    """A doctor has given the request back."""
    return f"{short_name}: возвращена в очередь"
