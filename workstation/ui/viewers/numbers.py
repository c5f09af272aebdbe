"""Numbers as written on screen: decimal comma, true minus, no-break space before a unit."""

from datetime import date, datetime

NBSP = "\u00a0"
MINUS = "\u2212"


def decimal(value: float, digits: int = 1) -> str:
    """At most `digits` places, no idle zeros: 2.5 is «2,5», 10.0 is «10», -0.14 is «−0,14»."""
    text = f"{abs(value):.{digits}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    negative = value < 0 and text.strip("0.") != ""
    return (MINUS if negative else "") + text.replace(".", ",")


def fixed(value: float, digits: int) -> str:
    """Exactly `digits` places, for what stands in one place and ticks: «1,03»."""
    return f"{value:.{digits}f}".replace(".", ",").replace("-", MINUS)


def with_unit(value: float, unit: str, digits: int = 1) -> str:
    """«14 мм»; without a unit the number alone."""
    number = decimal(value, digits)
    return f"{number}{NBSP}{unit}" if unit else number


def moment(day: date | None, at: datetime | None) -> str:
    """«11.11.2026 10:24», the day alone where the time is not known, "" for neither."""
    if at is not None:
        return at.strftime("%d.%m.%Y %H:%M")
    return day.strftime("%d.%m.%Y") if day is not None else ""
