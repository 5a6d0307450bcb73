import { hashHere, type HashAnswer, type HashQuestion } from "./hashing";

/** Hashes one file away from the page, so that the page stays smooth. */
const say = (answer: HashAnswer): void => globalThis.postMessage(answer);

globalThis.onmessage = ({ data }: MessageEvent<HashQuestion>) => {
  hashHere(data.blob, data.chunkSize, (hashed) => say({ hashed })).then(
    (hashes) => say({ hashes }),
    (thrown: unknown) => say({ failed: thrown instanceof Error ? thrown.message : String(thrown) }),
  );
};
