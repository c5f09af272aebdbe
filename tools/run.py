"""`make run`: the workstation with embedded backend and demo data; with no display, the tour."""

import os
import sys


def has_display() -> bool:
    """Whether a window can be shown here."""
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def main(arguments: list[str]) -> None:
    """Becomes the workstation or the tour."""
    if has_display():
        words = ["workstation", "--demo", *arguments]
    else:
        print("No display here: running the tour instead (pictures go to out/tour).", flush=True)
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        words = ["tests.journeys.tour"]
    os.execv(sys.executable, [sys.executable, "-m", *words])


if __name__ == "__main__":
    main(sys.argv[1:])
