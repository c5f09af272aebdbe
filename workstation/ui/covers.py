"""What Ctrl+K and `?` open over any screen of the window; each is built at its first use."""

from typing import TYPE_CHECKING

from workstation.ui.main_window import MainWindow
from workstation.ui.shortcuts import ShortcutRouter
from workstation.ui.theme import Theme

if TYPE_CHECKING:
    from workstation.ui.screens.key_page.view import KeyPage
    from workstation.ui.screens.palette.view import PaletteView


class Covers:
    """The palette and the page of keys. `prepare` builds both ahead, so that they come at once."""

    def __init__(self, window: MainWindow, theme: Theme, shortcuts: ShortcutRouter) -> None:
        self._window, self._theme, self._shortcuts = window, theme, shortcuts
        self._palette: PaletteView | None = None
        self._page: KeyPage | None = None
        shortcuts.bind(window, "app.palette", self.open_palette)
        shortcuts.bind(window, "app.keys", self.open_page)

    def open_palette(self) -> None:
        """Opens the command palette; a window beside this one gives it the keyboard."""
        self._window.bring_to_front()
        self.palette.open_anew()

    def open_page(self) -> None:
        """Opens the page of keys."""
        self._window.bring_to_front()
        self.page.open_anew()

    @property
    def palette(self) -> "PaletteView":
        """The command palette."""
        if self._palette is None:
            self._palette = self._build_palette()
        return self._palette

    @property
    def page(self) -> "KeyPage":
        """The page of keys."""
        if self._page is None:
            self._page = self._build_page()
        return self._page

    def prepare(self) -> None:
        """Builds both while nobody waits for them."""
        self._palette, self._page = self.palette, self.page

    def close(self) -> None:
        """Nothing stays open over what comes next, as at the end of a session."""
        for cover in (self._palette, self._page):
            if cover is not None:
                cover.close_cover()

    def _build_palette(self) -> "PaletteView":
        from workstation.ui.screens.palette.commands import WindowCommands
        from workstation.ui.screens.palette.view import PaletteView
        from workstation.ui.screens.palette.view_model import PaletteModel

        window = self._window
        model = PaletteModel(WindowCommands(window, self._shortcuts))
        model.setParent(window)
        return PaletteView(model, window, window.content_rect, self._theme, self._shortcuts)

    def _build_page(self) -> "KeyPage":
        from workstation.ui.screens.key_page.view import KeyPage

        window = self._window
        return KeyPage(window, window.content_rect, self._theme, self._shortcuts)
