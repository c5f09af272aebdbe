"""The insurance number of a person (SNILS): whether it can be one, and how it is shown.

Source: the Pension Fund's formats of reports, section 8, «Алгоритм формирования контрольного числа
Страхового номера» (consultant.ru, cons_doc_LAW_124607): each of nine digits times its place from
the end, the sum modulo 101, and 100 counts as 00; numbers up to 001-001-998 are not checked.
"""

from typing import Final

_DIGITS: Final = 11
_LAST_UNCHECKED: Final = 1_001_998


def plain_snils(text: str) -> str | None:
    """Eleven digits out of «112-233-445 95»; None: it is no such number, or a digit is wrong."""
    digits = text.replace("-", "").replace(" ", "")
    if len(digits) != _DIGITS or not (digits.isascii() and digits.isdecimal()):
        return None
    number, check = digits[:9], int(digits[9:])
    if int(number) == 0:
        return None
    if int(number) <= _LAST_UNCHECKED:
        return digits
    return digits if _check_number(number) == check else None


def with_check_number(number: str) -> str:
    """Nine digits and their check number: for made-up people."""
    return f"{number}{_check_number(number):02}"


def _check_number(number: str) -> int:
    total = sum(int(digit) * place for place, digit in zip(range(9, 0, -1), number, strict=True))
    return total % 101 % 100
