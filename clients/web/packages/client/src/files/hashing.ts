import { hex, Sha256 } from "./sha256";

/** What a file is known by: the hash of the whole and of each chunk, lower-case hex. */
export interface Hashes {
  readonly sha256: string;
  readonly chunks: readonly string[];
}

/** What is asked of the worker, and what it says. */
export type HashQuestion = { blob: Blob; chunkSize: number };
export type HashAnswer = { hashed: number } | { hashes: Hashes } | { failed: string };

/** Read at once; the chunk itself is hashed by WebCrypto, which needs it whole. */
const READ_BYTES = 8 << 20;
/** Smaller files are hashed where they are asked for: a worker would take longer to start. */
const WORKER_FROM_BYTES = 4 << 20;

/** Hashes what can be read, off the main thread where that is worth it. @param told how many bytes are hashed */
export function hashBlob(
  blob: Blob,
  chunkSize: number,
  told: (bytes: number) => void,
  signal: AbortSignal,
): Promise<Hashes> {
  return blob.size >= WORKER_FROM_BYTES && typeof Worker === "function"
    ? hashInWorker({ blob, chunkSize }, told, signal)
    : hashHere(blob, chunkSize, told, signal);
}

/** As {@link hashBlob}, where it is called. */
export async function hashHere(
  blob: Blob,
  chunkSize: number,
  told: (bytes: number) => void,
  signal?: AbortSignal,
): Promise<Hashes> {
  const whole = new Sha256();
  const chunks: string[] = [];
  for (let from = 0; from < blob.size; from += chunkSize) {
    const end = Math.min(from + chunkSize, blob.size);
    // One chunk is the whole.
    const one = end - from === blob.size;
    let chunk: Uint8Array<ArrayBuffer> | undefined;
    for (let at = from; at < end; at += READ_BYTES) {
      signal?.throwIfAborted();
      const bytes = new Uint8Array(await blob.slice(at, Math.min(at + READ_BYTES, end)).arrayBuffer());
      if (bytes.length !== Math.min(READ_BYTES, end - at)) throw new Error("the file became shorter");
      chunk = chunk ? joined(chunk, bytes) : bytes;
      if (!one) whole.update(bytes);
      told(at + bytes.length);
    }
    chunks.push(await hashOf(chunk!));
  }
  return { sha256: chunks.length === 1 ? chunks[0]! : whole.digest(), chunks };
}

/** The hash of what is in memory whole. */
export async function hashOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  // Pages that are not secure have no WebCrypto.
  if (!globalThis.crypto?.subtle) return new Sha256().update(bytes).digest();
  return hex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
}

function hashInWorker(
  question: HashQuestion,
  told: (bytes: number) => void,
  signal: AbortSignal,
): Promise<Hashes> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason as Error);
    const worker = new Worker(new URL("./hash.worker.ts", import.meta.url), { type: "module" });
    const end = () => {
      signal.removeEventListener("abort", abort);
      worker.terminate();
    };
    const abort = () => {
      end();
      reject(signal.reason as Error);
    };
    signal.addEventListener("abort", abort, { once: true });
    worker.onmessage = ({ data }: MessageEvent<HashAnswer>) => {
      if ("hashed" in data) return told(data.hashed);
      end();
      if ("hashes" in data) resolve(data.hashes);
      else reject(new Error(data.failed));
    };
    // A worker that does not load, for want of a connection, is no reason not to hash.
    worker.onerror = () => {
      end();
      hashHere(question.blob, question.chunkSize, told, signal).then(resolve, reject);
    };
    worker.postMessage(question);
  });
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}
