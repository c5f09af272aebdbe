"""Panels that wait for their request to be shown again: in memory, and kept on this computer."""

from datetime import datetime
from typing import TYPE_CHECKING

from backend_client.models.common import RequestId
from backend_client.models.requests import RequestCard, RequestRow
from workstation.core.kept_panel import ENDED, KeptPanel
from workstation.ui.screens.triage.content import CHOSEN_MOMENT, Panel
from workstation.ui.screens.triage.panel_words import PanelWords
from workstation.ui.wording import Wording

if TYPE_CHECKING:
    from workstation.services.kept_panels import KeptPanels


class PanelsAside:
    """What was chosen and written belongs to its request, over a restart as well."""

    def __init__(self, kept: "KeptPanels", panels: PanelWords, time: Wording) -> None:
        self._kept, self._panels, self._time = kept, panels, time
        self._waiting: dict[RequestId, Panel] = {}

    def put(self, panel: Panel) -> None:
        """Puts it aside until `take`."""
        self._waiting[panel.row.id] = panel

    def take(self, row: RequestRow, card: RequestCard | None) -> Panel | None:
        """What waits for this request, in this run of the program or since an earlier one."""
        waiting = self._waiting.pop(row.id, None)
        if waiting is not None:
            return waiting
        kept = self._kept.of(row.id)
        if kept is None:
            return None
        if row.status in ENDED:
            self._kept.forget(row.id)
            return None
        return self._restored(kept, row, card)

    def keep(self, panel: Panel) -> None:
        """The doctor has changed it; of a request that has ended nothing is kept."""
        if panel.row.status in ENDED:
            return
        self._kept.keep(
            KeptPanel(
                request_id=panel.row.id,
                action=panel.content.action,
                changed_at=self._time.now(),
                item=panel.content.item,
                chosen=tuple(panel.chosen),
                words=panel.words,
                is_edited=panel.is_edited,
                until=panel.until,
                refused_key=panel.refused_key,
                seen=panel.seen_first,
            )
        )

    def forget(self, panel: Panel) -> None:
        """It was ordered, or closed by the doctor; another one about its request stays."""
        self._waiting = {key: one for key, one in self._waiting.items() if one is not panel}
        kept = self._kept.of(panel.row.id)
        if kept is not None and kept.action is panel.content.action:
            self._kept.forget(panel.row.id)

    def _restored(self, kept: KeptPanel, row: RequestRow, card: RequestCard | None) -> Panel:
        """As the doctor left it, upon what he saw then."""
        panel = self._panels.panel(kept.action, kept.seen or row, kept.item, card)
        codes = {option.code for option in panel.content.options}
        panel.words, panel.is_edited, panel.is_touched = kept.words, kept.is_edited, True
        panel.refused_key, panel.kept_at = kept.refused_key, kept.changed_at
        if kept.until is not None:
            self._choose_moment(panel, kept.until)
        else:
            panel.chosen = [code for code in kept.chosen if code in codes]
        return panel

    def _choose_moment(self, panel: Panel, until: datetime) -> None:
        """The same moment, whatever it is called by now; one that is over is chosen anew."""
        if until <= self._time.now():
            return
        same = [code for code, moment in panel.content.moments.items() if moment == until]
        panel.chosen = same[:1] or [CHOSEN_MOMENT]
        panel.moment = until
