// The chat with the doctor: opened over the page and over the call.
import * as api from "/p/api.js";
import * as words from "/p/words.js";

const element = (id) => document.getElementById(id);

export class Chat {
  constructor(state, onRead) {
    this.state = state;
    this.onRead = onRead;
    this.last = 0;
    element("chat-close").addEventListener("click", () => (element("chat").hidden = true));
    element("write").addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
  }

  async open() {
    element("chat").hidden = false;
    await this.refresh();
    element("text").focus();
  }

  stateChanged() {
    element("write").hidden = !this.state().can_write;
    element("read-only").hidden = this.state().can_write;
    if (!element("chat").hidden && this.state().unread) this.read().catch(() => undefined);
  }

  async refresh() {
    if (element("chat").hidden) return;
    const { messages } = await api.get("/messages?limit=200");
    element("messages").replaceChildren(...messages.map((message) => this.line(message)));
    this.last = messages.length ? messages[messages.length - 1].number : 0;
    this.toEnd();
    await this.read();
  }

  posted(message) {
    if (element("chat").hidden || message.number <= this.last) return;
    element("messages").append(this.line(message));
    this.last = message.number;
    this.toEnd();
    this.read().catch(() => undefined);
  }

  async send() {
    const text = element("text").value.trim();
    if (!text) return;
    try {
      this.posted(await api.post("/messages", { text }));
      element("text").value = "";
    } catch (error) {
      const line = document.createElement("li");
      line.textContent = `Не отправлено: ${words.refusal(error)}`;
      element("messages").append(line);
      this.toEnd();
    }
  }

  async read() {
    if (this.last && this.state().unread) await api.post("/messages/read", { number: this.last });
  }

  line(message) {
    const line = document.createElement("li");
    line.className = message.side;
    line.textContent = message.text;
    const time = document.createElement("time");
    time.textContent = words.time(message.sent_at, this.state().patient_time_zone);
    line.append(time);
    return line;
  }

  toEnd() {
    element("messages").scrollTop = element("messages").scrollHeight;
  }
}
