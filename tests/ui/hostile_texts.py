"""Texts that people and programs really send, and that no layout may break on."""

from typing import Final

HOSTILE: Final = {
    "long": "Ы" * 500,
    "right to left": "محمد عبد الله بن عبد العزيز",
    "override": "Иванов \u202eвонавИ\u202c \u2066",
    "emoji": "🫀👩🏽‍⚕️ " * 40,
    "markup": "<h1>Иванов</h1><img src=x onerror=alert(1)>&amp;<script>",
    "lines": "Иванов\n\n\nИван\tИванович\r\nи ещё " * 5,
    "marks": "И" + "\u0301" * 60 + "ванов",
}
