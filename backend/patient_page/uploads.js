// Files on their way to the clinic: one after another, in pieces, gone on with after a lost network, and
// after the page was closed, once the same file is chosen again (docs/decisions/0015).
import * as api from "/p/api.js";
import { FileContent, Trouble, refuseUnfit } from "/p/file_content.js";

const SMALLEST = 128 * 1024;
const LARGEST = 4 * 1024 * 1024;
const QUICK_MS = 2000;
const SLOW_MS = 8000;
const SILENT_MS = 60000;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15000;
const GONE = ["hash_mismatch", "not_found", "upload_over", "move_not_allowed"];

export const QUEUED = "queued";
export const SENDING = "sending";
export const WAITING = "waiting";
export const FAILED = "failed";
export const LEFT = "left";

export class Uploads {
  // `onChange` hears of another file or phase, `onProgress` of a file's bytes alone, `onSent` of one that is there.
  constructor({ onChange, onProgress, onSent }) {
    this.files = [];
    this.onChange = onChange;
    this.onProgress = onProgress;
    this.onSent = onSent;
    this.memory = null;
    this.count = 0;
  }

  get isBusy() {
    return this.files.some((one) => [QUEUED, SENDING, WAITING].includes(one.phase));
  }

  of(item) {
    return this.files.filter((one) => one.item === item);
  }

  // What was begun when the page was here last, as far as the clinic still has it.
  async remember(requestNumber) {
    if (this.memory) return;
    this.memory = new Memory(`uploads ${requestNumber}`);
    for (const kept of this.memory.all()) {
      const upload = await api.get(`/uploads/${kept.id}`).catch((error) => (error instanceof api.Refused ? null : {}));
      if (!upload || upload.document_id) this.memory.forget(kept.id);
      else this.add({ ...kept, sent: upload.received || 0, phase: LEFT });
    }
  }

  // Files that were chosen for an item; with `left` only that file, chosen again.
  async choose(item, chosen, left) {
    const taken = [];
    for (const file of chosen) {
      const same = this.files.find((one) => one.phase === LEFT && one.item === item && one.name === file.name && one.size === file.size);
      if (left && same !== left) this.phase(left, LEFT, "other_file");
      else taken.push(this.take(same || this.add({ item, name: file.name, size: file.size, sent: 0, id: null }), file));
    }
    await Promise.all(taken.map((one) => refuseUnfit(one.file).catch((error) => this.failed(one, error))));
    this.run();
  }

  // The patient does not want it any more: nothing of it is kept anywhere.
  async stop(one) {
    this.drop(one);
    if (one.line) one.line.abort();
    if (!one.id) return;
    this.memory.forget(one.id);
    await api.remove(`/uploads/${one.id}`).catch(() => undefined); // else it is forgotten in a day
  }

  again(one) {
    if (!one.id) one.key = api.randomKey();
    this.phase(one, QUEUED);
    this.run();
  }

  add(one) {
    one.number = ++this.count;
    this.files.push(one);
    this.onChange();
    return one;
  }

  take(one, file) {
    one.file = file;
    one.key = api.randomKey();
    this.phase(one, QUEUED);
    return one;
  }

  drop(one) {
    this.files = this.files.filter((other) => other !== one);
    this.onChange();
  }

  phase(one, phase, trouble) {
    one.phase = phase;
    one.trouble = trouble;
    this.onChange();
  }

  async run() {
    if (this.files.some((one) => [SENDING, WAITING].includes(one.phase))) return;
    const next = this.files.find((one) => one.phase === QUEUED);
    if (!next) return;
    this.phase(next, SENDING);
    try {
      await this.send(next);
      this.memory.forget(next.id);
      this.drop(next);
      this.onSent(next);
    } catch (error) {
      if (this.files.includes(next)) this.failed(next, error);
    }
    this.run();
  }

  // What cannot be gone on with is forgotten here, and by the clinic at once or in a day.
  failed(one, error) {
    const isGone = error instanceof Trouble || GONE.includes(error.code);
    if (isGone && one.id) {
      this.memory.forget(one.id);
      api.remove(`/uploads/${one.id}`).catch(() => undefined);
      one.id = null;
    }
    one.sent = 0;
    this.phase(one, FAILED, error.code || "unknown");
  }

  async send(one) {
    const content = new FileContent(one.file);
    let finishing = api.randomKey();
    let offset = one.id ? null : 0;
    if (!one.id) await this.announce(one);
    for (let wait = FIRST_WAIT_MS; ; ) {
      try {
        if (offset === null) offset = await this.offset(one);
        if (offset === one.size) return await api.post(`/uploads/${one.id}/finish`, { sha256: await content.hash() }, finishing);
        const from = offset;
        const bytes = await content.piece(from, one.piece || SMALLEST);
        offset = null;
        offset = await this.append(one, from, bytes);
        wait = FIRST_WAIT_MS;
      } catch (error) {
        wait = await this.pass(one, error, wait);
        if (error instanceof api.Refused) finishing = api.randomKey(); // a refusal is kept under its key
        offset = null;
      }
    }
  }

  async announce(one) {
    const body = { item_code: one.item, title: one.name.slice(-200), size: one.size };
    for (let wait = FIRST_WAIT_MS; ; ) {
      try {
        one.id = (await api.post("/uploads", body, one.key)).id;
        this.memory.keep({ id: one.id, item: one.item, name: one.name, size: one.size });
        if (!this.files.includes(one)) await this.stop(one); // stopped while it was announced
        return;
      } catch (error) {
        wait = await this.pass(one, error, wait);
      }
    }
  }

  async offset(one) {
    const { received } = await api.get(`/uploads/${one.id}`);
    this.progress(one, received);
    return received;
  }

  // The quicker the line, the larger the pieces: each is seen as progress, and is sent again where it is lost.
  async append(one, offset, bytes) {
    one.line = new AbortController();
    const silence = setTimeout(() => one.line.abort(), SILENT_MS);
    const begun = performance.now();
    try {
      const reached = await api.append(`/uploads/${one.id}`, offset, bytes, one.line.signal);
      const took = performance.now() - begun;
      if (took < QUICK_MS) one.piece = Math.min((one.piece || SMALLEST) * 2, LARGEST);
      if (took > SLOW_MS) one.piece = Math.max((one.piece || SMALLEST) / 2, SMALLEST);
      this.progress(one, reached);
      return reached;
    } finally {
      clearTimeout(silence);
    }
  }

  progress(one, sent) {
    one.sent = sent;
    if (one.phase === WAITING) this.phase(one, SENDING);
    this.onProgress(one);
  }

  // Waits where the trouble may pass, and answers how long to wait the next time; else it is thrown.
  async pass(one, error, wait) {
    if (!this.files.includes(one)) throw error;
    if (error.code === "upload_offset") return wait;
    if (error instanceof Trouble || !api.mayPass(error)) throw error;
    one.piece = SMALLEST;
    this.phase(one, WAITING);
    await networkOr(wait);
    if (!this.files.includes(one)) throw error;
    return Math.min(wait * 2, LONGEST_WAIT_MS);
  }
}

// Ids of uploads by the request, with what is needed to know the file again. Without storage nothing is kept.
class Memory {
  constructor(name) {
    this.name = name;
  }

  all() {
    try {
      return JSON.parse(localStorage.getItem(this.name)) || [];
    } catch {
      return [];
    }
  }

  keep(one) {
    this.write([...this.all(), one]);
  }

  forget(id) {
    this.write(this.all().filter((one) => one.id !== id));
  }

  write(list) {
    try {
      if (list.length) localStorage.setItem(this.name, JSON.stringify(list));
      else localStorage.removeItem(this.name);
    } catch {
      return;
    }
  }
}

// A network that is back does not wait its turn.
function networkOr(milliseconds) {
  return new Promise((done) => {
    const go = () => {
      window.removeEventListener("online", go);
      clearTimeout(timer);
      done();
    };
    const timer = setTimeout(go, milliseconds);
    window.addEventListener("online", go);
  });
}
