"""What a signed conclusion has reached against what its centre asks for, in words."""

from PySide6.QtCore import QObject

from workstation.ui.wording import NBSP

_ORDER = ("B-B", "B-T", "B-LT", "B-LTA")
"""From the lowest to the highest (ETSI EN 319 142-1, clause 6)."""


def falls_short(level: str, wanted: str) -> bool:
    """Whether less was reached than the centre asks for; False where nobody knows the words."""
    if wanted not in _ORDER:
        return False
    return level not in _ORDER or _ORDER.index(level) < _ORDER.index(wanted)


class StandingWords(QObject):
    """The same words in the approver's list, beside the conclusion, on the card."""

    def short(self, level: str, wanted: str) -> str:
        """«B-LTA», or «B-B вместо B-LTA»; "" where neither is known."""
        reached = level or (self.tr("level not known") if wanted else "")
        if not falls_short(level, wanted):
            return _whole(reached)
        return self.tr("{} instead of {}").format(_whole(reached), _whole(wanted))

    def level(self, level: str, wanted: str) -> str:
        """One sentence: what was reached, and what was asked."""
        if not level:
            asked = self.tr("The level was not established, the centre asks for {}")
            return asked.format(_whole(wanted)) if wanted else ""
        if not wanted:
            return self.tr("Level {} is reached").format(_whole(level))
        if falls_short(level, wanted):
            words = self.tr("Level {} is reached, the centre asks for {}")
        elif level == wanted:
            words = self.tr("Level {} is reached, as the centre asks")
            return words.format(_whole(level))
        else:
            words = self.tr("Level {} is reached, more than the centre asks for ({})")
        return words.format(_whole(level), _whole(wanted))

    def signatures(self, signers: int, wanted: int) -> str:
        """«1 подпись из 2», or «2 подписи» where all are there."""
        if signers >= wanted:
            return self.tr("%n signature(s)", None, signers).replace(" ", NBSP)
        told = self.tr("%n signature(s) of {}", None, signers).format(wanted)
        return told.replace(" ", NBSP)

    def still_to_sign(self, signers: int, wanted: int) -> str:
        """Who is to sign yet; "" where nobody is."""
        return self.tr("The clinic has not signed yet") if signers < wanted else ""

    def unopened(self, count: int) -> str:
        """«Врач не открывал 2 файла»."""
        return self.tr("The doctor has not opened %n file(s)", None, count)


def _whole(level: str) -> str:
    """Never broken at its hyphen at the end of a line."""
    return level.replace("-", "\N{NON-BREAKING HYPHEN}").replace(" ", NBSP)
