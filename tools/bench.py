"""`make bench [NAME=...]`: runs benchmarks, prints their figures; 1 where a goal is missed."""

import json
import os
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "benchmarks"


def names() -> list[str]:
    """Benchmarks there are: the modules below benchmarks/ that make figures."""
    modules = sorted(FOLDER.rglob("*.py"))
    return [_name(path) for path in modules if "def figures()" in path.read_text("utf-8")]


def _name(path: Path) -> str:
    return ".".join(path.relative_to(FOLDER).with_suffix("").parts)


def meant(word: str) -> list[str]:
    """The benchmark of that name, or those of the folder: "queue" for all that stand in it."""
    return [name for name in names() if name.startswith(f"{word}.")] or [word]


def main(arguments: list[str]) -> int:
    """Runs those asked for, or all."""
    missed = 0
    environment = {**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    asked = [name for word in arguments if word for name in meant(word)]
    for name in asked or names():
        command = [sys.executable, "-m", f"benchmarks.{name}", "--json"]
        done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True)
        print(f"== {name}")
        for line in done.stdout.splitlines():
            figure = json.loads(line)
            missed += not figure["met"]
            print(
                f"  {figure['name']}: {figure['value']:.4g} {figure['unit']}, floor "
                f"{figure['floor']:.4g}, ratio {figure['ratio']:.2f}; goal {figure['goal']}: "
                f"{'met' if figure['met'] else 'MISSED'}"
            )
        missed += done.returncode != 0
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
