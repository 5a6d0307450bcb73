import { ParleyError } from "../errors";
import type { PartAddress } from "../rest/file-records";

/** Nothing moved for so long: the connection is taken for lost. */
const STALLED_MILLIS = 60_000;

/**
 * Sends the bytes of one part to its address. Fails with `network.unreachable` when no answer came, and with `store.` and the status
 * where the store refused: `store.403` also says that the address is over.
 *
 * @param told how many bytes are on their way; only browsers tell it before all are
 */
export async function putPart(
  address: PartAddress,
  bytes: Blob,
  told: (bytes: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const status = await (typeof XMLHttpRequest === "function"
    ? putByRequest(address, bytes, told, signal)
    : putByFetch(address, bytes, signal));
  if (status >= 200 && status < 300) return told(bytes.size);
  throw refusal(`PUT of part ${address.part}`, status);
}

/** The bytes from `first` to `last`, both of them too. Fails as {@link putPart} does. */
export async function getRange(
  url: string,
  headers: Record<string, string>,
  first: number,
  last: number,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  let response: Response;
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    response = await fetch(url, { headers: { ...headers, Range: `bytes=${first}-${last}` }, signal });
    if (!response.ok) throw refusal("GET of a chunk", response.status);
    bytes = new Uint8Array(await response.arrayBuffer());
  } catch (cause) {
    if (cause instanceof ParleyError) throw cause;
    throw unreachable("GET of a chunk", signal, cause);
  }
  // A store that knows no ranges answers the whole.
  if (response.status === 200 && bytes.length > last - first + 1) bytes = bytes.slice(first, last + 1);
  if (bytes.length !== last - first + 1) throw unreachable("GET of a chunk: cut short", signal);
  return bytes;
}

function putByRequest(
  address: PartAddress,
  bytes: Blob,
  told: (bytes: number) => void,
  signal: AbortSignal,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const what = `PUT of part ${address.part}`;
    const request = new XMLHttpRequest();
    let stalled: ReturnType<typeof setTimeout>;
    const moved = () => {
      clearTimeout(stalled);
      stalled = setTimeout(() => request.abort(), STALLED_MILLIS);
    };
    const abort = () => request.abort();
    request.open(address.method, address.url);
    for (const [name, value] of Object.entries(address.headers ?? {})) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded }) => {
      moved();
      told(loaded);
    };
    request.onloadend = () => {
      clearTimeout(stalled);
      signal.removeEventListener("abort", abort);
      if (request.status > 0) resolve(request.status);
      else reject(unreachable(what, signal));
    };
    signal.addEventListener("abort", abort, { once: true });
    moved();
    request.send(bytes);
  });
}

async function putByFetch(address: PartAddress, bytes: Blob, signal: AbortSignal): Promise<number> {
  try {
    const { method, url, headers = {} } = address;
    const response = await fetch(url, { method, headers, body: bytes, signal });
    await response.arrayBuffer();
    return response.status;
  } catch (cause) {
    throw unreachable(`PUT of part ${address.part}`, signal, cause);
  }
}

const refusal = (what: string, status: number): ParleyError =>
  new ParleyError(`store.${status}`, `${what}: ${status}`, { status });

const unreachable = (what: string, signal: AbortSignal, cause?: unknown): ParleyError =>
  signal.aborted
    ? new ParleyError("client.aborted", `${what} was aborted`, { cause })
    : new ParleyError("network.unreachable", `${what}: no reply`, { cause });
