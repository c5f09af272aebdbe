// A file of the patient's: what it is, its bytes from any place, and its SHA-256, read once in order.
import { Sha256 } from "/p/sha256.js";

const MOST_BYTES = 4 * 2 ** 30;
const STRIDE = 1024 * 1024;
const HEAD = 1024;
export const ACCEPT = ".pdf,.jpg,.jpeg,.png,.dcm,.dicom,application/pdf,image/jpeg,image/png,application/dicom";

// What keeps a file from being sent, by a code that words.js knows.
export class Trouble extends Error {
  constructor(code) {
    super(code);
    this.code = code;
  }
}

// The doctor's program opens these and nothing else: better said before an hour of sending.
export async function refuseUnfit(file) {
  if (!file.size) throw new Trouble("file_empty");
  if (file.size > MOST_BYTES) throw new Trouble("file_too_large");
  const head = await bytesOf(file, 0, Math.min(HEAD, file.size));
  if (!isKnown(head)) throw new Trouble("file_type");
}

function isKnown(head) {
  const text = String.fromCharCode(...head);
  if (text.startsWith("\xff\xd8\xff") || text.startsWith("\x89PNG\r\n\x1a\n")) return true;
  if (text.includes("%PDF-") || text.slice(128, 132) === "DICM") return true;
  return ["\x02\x00\x00\x00UL", "\x08\x00", "\x00\x08"].some((start) => text.startsWith(start)) && head.length >= 16;
}

export class FileContent {
  constructor(file) {
    this.file = file;
    this.digest = new Sha256();
    this.hashed = 0;
  }

  async piece(from, most) {
    while (this.hashed < from) await this.read(this.hashed, Math.min(STRIDE, from - this.hashed));
    return this.read(from, Math.min(most, this.file.size - from));
  }

  async hash() {
    await this.piece(this.file.size, 0);
    this.hex ||= this.digest.hex();
    return this.hex;
  }

  // The page stays alive between the strides of a long piece.
  async read(from, count) {
    const bytes = await bytesOf(this.file, from, count);
    for (let at = Math.max(this.hashed - from, 0); at < count; at += STRIDE) {
      this.digest.update(bytes.subarray(at, at + STRIDE));
      if (at + STRIDE < count) await new Promise((done) => setTimeout(done));
    }
    this.hashed = Math.max(this.hashed, from + count);
    return bytes;
  }
}

// A file that has changed since it was chosen cannot be read any more.
async function bytesOf(file, from, count) {
  let bytes;
  try {
    bytes = new Uint8Array(await file.slice(from, from + count).arrayBuffer());
  } catch {
    throw new Trouble("file_gone");
  }
  if (bytes.length !== count) throw new Trouble("file_gone");
  return bytes;
}
