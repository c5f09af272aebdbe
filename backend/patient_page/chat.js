// The chat with the doctor: opened over the page and over the call.
import * as api from "/p/api.js";
import { chooseFiles, line } from "/p/documents.js";
import { element, icon, made } from "/p/dom.js";
import { cover } from "/p/layers.js";
import * as words from "/p/words.js";

const ITEM = "chat_file";

export class Chat {
  // `files`: what the page can do with files that are on their way.
  constructor({ state, show, download, files }) {
    this.state = state;
    this.show = show;
    this.download = download;
    this.files = files;
    this.last = 0;
    element("attach").addEventListener("click", () => chooseFiles((chosen) => files.choose(ITEM, chosen)));
    element("chat-close").addEventListener("click", () => cover("chat", false));
    element("text").addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.send();
    });
    element("write").addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
  }

  async open() {
    cover("chat", true);
    this.stateChanged();
    await this.refresh();
  }

  stateChanged() {
    element("write").hidden = !this.state().can_write;
    element("read-only").hidden = this.state().can_write;
  }

  async refresh() {
    if (element("chat").hidden) return;
    const { messages } = await api.get("/messages?limit=200");
    const empty = made("li", "Сообщений пока нет. Врач прочтёт их здесь же.", "empty");
    const lines = messages.map((message) => this.line(message));
    element("messages").replaceChildren(...(lines.length ? lines : [empty]));
    this.markNewest();
    this.last = messages.length ? messages[messages.length - 1].number : 0;
    this.toEnd();
    if (this.last && this.state().unread) await this.read();
  }

  posted(message) {
    if (element("chat").hidden || message.number <= this.last) return;
    element("messages").querySelector(".empty")?.remove();
    element("messages").append(this.line(message));
    this.markNewest();
    this.last = message.number;
    this.toEnd();
    if (message.side === "doctor") this.read().catch(() => undefined);
  }

  // Files that are on their way: a photo of a prescription in the middle of the talk (DRC-6).
  drawFiles() {
    element("chat-files").replaceChildren(...this.files.files(ITEM).map((one) => line(one, this.files)));
  }

  fileSent(one) {
    if (one.item !== ITEM) return;
    element("messages").querySelector(".empty")?.remove();
    element("messages").append(made("li", `Врач получил файл: ${one.name}`, "patient"));
    this.toEnd();
  }

  // A text that could not be sent stays in the field; the line says why.
  async send() {
    const text = element("text").value.trim();
    if (!text || element("send").disabled) return;
    element("send").disabled = true;
    element("messages").querySelector(".failed")?.remove();
    try {
      this.posted(await api.post("/messages", { text }));
      element("text").value = "";
    } catch (error) {
      element("messages").append(made("li", `Не отправлено. ${words.refusal(error)}`, "failed"));
      this.toEnd();
    }
    element("send").disabled = false;
  }

  async read() {
    this.show(await api.post("/messages/read", { number: this.last }));
  }

  line(message) {
    const line = made("li", message.text, message.side);
    line.append(made("time", words.sent(message.sent_at, this.state().patient_time_zone)));
    if (message.edition) line.append(this.documentButton());
    return line;
  }

  // The conclusion itself (SPB-21): what the page gives is always the newest edition.
  documentButton() {
    const pressed = made("button", "", "document");
    pressed.append(icon("download"), made("span", "Скачать PDF"));
    pressed.addEventListener("click", async () => {
      pressed.disabled = true;
      element("messages").querySelector(".failed")?.remove();
      try {
        await this.download();
      } catch (error) {
        element("messages").append(made("li", words.refusal(error), "failed"));
        this.toEnd();
      }
      pressed.disabled = false;
    });
    return pressed;
  }

  markNewest() {
    const older = [...element("messages").querySelectorAll("button.document")].slice(0, -1);
    for (const one of older) one.replaceWith(made("span", "Заменено: скачайте новое заключение ниже.", "small"));
  }

  toEnd() {
    element("messages").scrollTop = element("messages").scrollHeight;
  }
}
