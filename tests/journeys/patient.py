"""A patient at the real page in a real browser: presses what is seen, by its words; reads it."""

import asyncio
import json
import tempfile
from pathlib import Path
from typing import Final, Self

from tests.journeys.browser import PATIENCE_S, BrowserError, Tab
from tests.journeys.chromium import Chromium, Page

PHONE: Final = (390, 844)
DESKTOP: Final = (1280, 800)
SMALLEST_PHONE: Final = 320
"""CSS pixels across."""
CT_BUTTON: Final = "Выбрать файл: КТ, по наличию"
"""Each item of the checklist has such a button: a file goes where its name says."""
_ANSWERS: Final = {
    "video": "Ответить с видео",
    "audio": "Только голос",
    "text": "Переписка",
}
_LISTEN_S: Final = 0.1
_MOST_TABS: Final = 20
_SEEING: Final = """(() => {
  const text = (element) => (element.innerText || "").replace(/\\s+/g, " ").trim();
  const open = (element) => element.checkVisibility() && !element.closest("[inert]");
  const all = (chosen) => [...document.querySelectorAll(chosen)].filter(open);
  return {
    sees: (words) => all("h1,h2,p,li,b,span,label,button,time,td").some(
      (element) => text(element).includes(words)),
    spot: async (words) => {
      const name = (element) => element.getAttribute("aria-label");
      const fits = (element) => text(element).includes(words) || name(element) === words;
      const found = all("button,label,summary").filter(fits);
      const chosen = found.find((element) => text(element) === words) || found[0];
      if (!chosen || chosen.disabled) return null;
      chosen.scrollIntoView({ block: "nearest" });
      const before = chosen.getBoundingClientRect();
      const wait = (ms) => new Promise((done) => setTimeout(done, ms));
      const drawn = () => new Promise((done) => requestAnimationFrame(done));
      await Promise.all([wait(50), Promise.race([drawn().then(drawn), wait(500)])]);
      const box = chosen.getBoundingClientRect();
      const moved = box.x !== before.x || box.y !== before.y;
      if (moved || chosen.disabled || !chosen.isConnected) return null;
      const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
      return chosen.contains(document.elementFromPoint(x, y)) ? [x, y] : null;
    },
    focused: () => text(document.activeElement.closest("button,label,textarea") || new Image()),
    text: () => all("header,main,footer,body > section").map(text).filter(Boolean).join("\\n"),
  };
})()"""
KEEP_PEER: Final = """(() => {
  const Real = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Real {
    constructor(...given) {
      super(...given);
      window.peer = this;
    }
  };
})()"""
"""From now on the page's last connection is `peer`."""
_FRAMES: Final = """(() => {
  if (window.framesSeen === undefined) {
    const video = document.getElementById("remote");
    const see = () => {
      window.framesSeen += 1;
      video.requestVideoFrameCallback(see);
    };
    window.framesSeen = 0;
    video.requestVideoFrameCallback(see);
  }
  return window.framesSeen;
})()"""
"""Pictures of the doctor that were shown since this was asked first."""
_ENERGY: Final = """(async () => {
  const media = document.getElementById("remote").srcObject;
  if (!media || !media.getAudioTracks().length) return 0;
  const context = new AudioContext();
  const hearing = context.createAnalyser();
  context.createMediaStreamSource(media).connect(hearing);
  const samples = new Float32Array(hearing.fftSize);
  let loudest = 0;
  for (let look = 0; look < 20; look++) {
    await new Promise((done) => setTimeout(done, 50));
    hearing.getFloatTimeDomainData(samples);
    loudest = Math.max(loudest, ...samples.map(Math.abs));
  }
  await context.close();
  return loudest;
})()"""


class Visitor:
    """One patient at the page, in any browser: presses what is seen, and reads it."""

    def __init__(self, page: Tab) -> None:
        self.page = page

    async def accept_time(self, words: str = "") -> None:
        """Chooses the proposed time that shows these words (the first one without) and accepts."""
        if words:
            await self.press(words)
        await self.press("Мне подходит")
        await self.see_countdown()

    async def see_countdown(self) -> str:
        """The time that is left, as it is shown."""
        await self.says("До начала")
        shown: str = await self.page.until("document.getElementById('countdown')?.innerText")
        return shown

    async def answer(self, channel: str = "video") -> None:
        """Takes the call that rings, or will: "video", "audio" or "text"."""
        await self.says("Врач звонит")
        await self.press(_ANSWERS[channel])
        await self.page.until("!document.getElementById('call').hidden")

    async def decline(self) -> None:
        """Does not take the call."""
        await self.press("Отклонить")

    async def hang_up(self) -> None:
        """Ends the call."""
        await self.press("Завершить")

    async def sees_frames(self, count: int = 10) -> None:
        """Waits until so many more pictures of the doctor were shown."""
        before = int(await self.page.evaluate(_FRAMES))
        await self.page.until(f"{_FRAMES} >= {before + count}")

    async def hears_doctor(self, least: float = 0.001) -> float:
        """Waits for sound from the doctor; its largest amplitude, 1 at most."""
        end = asyncio.get_running_loop().time() + PATIENCE_S
        while (loudest := float(await self.page.evaluate(_ENERGY))) < least:
            if asyncio.get_running_loop().time() > end:
                raise BrowserError("nothing is heard of the doctor")
            await asyncio.sleep(_LISTEN_S)
        return loudest

    async def press(self, words: str) -> None:
        """Waits for a button or choice with these words, or of this whole accessible name, that
        can be pressed and moves no more (what opens above it pushes it away), and presses it."""
        x, y = await self.page.until(f"{_SEEING}.spot({json.dumps(words)})")
        await self.page.click(x, y)

    async def says(self, text: str, patience_s: float = PATIENCE_S) -> None:
        """Waits until the page shows the text; raises BrowserError with what it shows instead."""
        try:
            await self.page.until(f"{_SEEING}.sees({json.dumps(text)})", patience_s)
        except BrowserError as error:
            raise BrowserError(f"not shown: {text}; but: {await self.all_text()}") from error

    async def says_no_more(self, text: str) -> None:
        """Waits until the page does not show the text; raises BrowserError with what it shows."""
        try:
            await self.page.until(f"!{_SEEING}.sees({json.dumps(text)})")
        except BrowserError as error:
            raise BrowserError(f"still shown: {text}; in: {await self.all_text()}") from error

    async def shows(self, text: str) -> bool:
        """Whether the page shows the text now."""
        return bool(await self.page.evaluate(f"{_SEEING}.sees({json.dumps(text)})"))

    async def all_text(self) -> str:
        """Everything that can be read and is not covered."""
        return str(await self.page.evaluate(f"{_SEEING}.text()"))


class Patient(Visitor):
    """One patient with one link; the tab may be closed and opened again."""

    page: Page

    def __init__(self, browser: Chromium, url: str, page: Page) -> None:
        super().__init__(page)
        self._browser = browser
        self._url = url

    @classmethod
    async def open(cls, browser: Chromium, url: str, size: tuple[int, int] = PHONE) -> "Patient":
        """Opens the link in a window of that size; the page says something when this returns."""
        patient = cls(browser, url, await browser.open(url))
        await patient.page.resize(*size)
        await patient.page.until("document.getElementById('view').checkVisibility()")
        return patient

    async def reopen(self) -> Self:
        """The same link in a new tab, as one whose browser was closed does it."""
        again = await Patient.open(self._browser, self._url)
        self.page = again.page
        return self

    async def follow(self, url: str) -> "Patient":
        """Another link, in a tab beside this one."""
        return await Patient.open(self._browser, url)

    async def close_tab(self) -> None:
        """Closes the tab without a goodbye."""
        await self._browser.close_tab(self.page)

    async def come_back(self) -> None:
        """Returns to the call that goes on, after the tab was closed."""
        await self.press("Вернуться к разговору")
        await self.page.until("!document.getElementById('call').hidden")

    async def open_chat(self) -> None:
        """Opens the chat, from the page or from the call."""
        await self.press("Чат" if await self._is_in_call() else "Написать врачу")
        await self.page.until("document.activeElement?.id === 'text'")

    async def close_chat(self) -> None:
        """Goes back to what was there before."""
        await self.press("Закрыть")

    async def write(self, text: str) -> None:
        """Writes into the chat, which is opened if it is not, and sends."""
        if await self.page.evaluate("document.getElementById('chat').hidden"):
            await self.open_chat()
        await self.page.evaluate("document.getElementById('text').focus()")
        await self.page.type_text(text)
        await self.press("Отправить")
        await self.page.until("document.getElementById('text').value === ''")

    async def read_messages(self) -> list[str]:
        """The texts of the open chat, oldest first, without their times."""
        found: list[str] = await self.page.evaluate(
            "[...document.querySelectorAll('#messages li')].map(line => line.firstChild.data)"
        )
        return found

    async def reads(self, text: str) -> None:
        """Waits until the open chat shows a message with that text."""
        find = (
            "[...document.querySelectorAll('#messages li')].some(line => line.firstChild.data ==="
        )
        await self.page.until(f"{find} {json.dumps(text)})")

    async def wait_for_conclusion(self) -> None:
        """Waits until the page offers the conclusion."""
        await self.says("Заключение готово")

    async def download_pdf(self, folder: Path | None = None) -> bytes:
        """Presses the button; the bytes of the file that the browser then has saved."""
        if folder is not None:
            return await self._download(folder)
        with tempfile.TemporaryDirectory() as own:
            return await self._download(Path(own))

    async def send_files(self, *files: Path, button: str = CT_BUTTON) -> None:
        """Presses the button, and chooses these files in what the browser opens."""
        await self.page.catch_choosers()
        await self.press(button)
        await self.page.choose_files(files)

    async def reload(self) -> None:
        """Loads the page again in the same tab."""
        await self.page.reload()
        await self.page.until("document.getElementById('view').checkVisibility()")

    async def tab_to(self, words: str) -> None:
        """Goes with Tab until what has these words has the focus."""
        for _ in range(_MOST_TABS):
            if await self.page.evaluate(f"{_SEEING}.focused().includes({json.dumps(words)})"):
                return
            await self.page.press("Tab")
        raise BrowserError(f"not reached by Tab: {words}")

    async def fits(self, width: int = PHONE[0]) -> bool:
        """Whether nothing stands out to the side in a window of that width."""
        await self.page.resize(width, PHONE[1])
        return bool(await self.page.evaluate("document.documentElement.scrollWidth <= innerWidth"))

    async def picture(self, path: Path, size: tuple[int, int] = PHONE) -> None:
        """Writes what is seen in a window of that size as PNG."""
        await self.page.picture(path, *size)

    async def _is_in_call(self) -> bool:
        return not await self.page.evaluate("document.getElementById('call').hidden")

    async def _download(self, folder: Path) -> bytes:
        parameters = {"behavior": "allow", "downloadPath": str(folder)}
        await self.page.command("Browser.setDownloadBehavior", parameters)
        await self.press("Скачать PDF")
        end = asyncio.get_running_loop().time() + PATIENCE_S
        while not (saved := await asyncio.to_thread(_saved_in, folder)):
            if asyncio.get_running_loop().time() > end:
                raise BrowserError("nothing was saved")
            await asyncio.sleep(_LISTEN_S)
        return await asyncio.to_thread(saved[0].read_bytes)


def _saved_in(folder: Path) -> list[Path]:
    """Files that are there as a whole."""
    return sorted(folder.glob("*.pdf"))
