import { ParleyError } from "../errors";

export type Fetch = (input: string, init: RequestInit) => Promise<Response>;

/** A bearer token and how to get the next one. Tokens are held in memory only. */
export interface Grant {
  token: string;
  /** Clock time in ms after which the token is not used any more. */
  expiresAtMillis: number;
  renew?: () => Promise<Grant>;
}

export interface CallOptions {
  body?: unknown;
  /** Sent as it is, with its own type, in place of `body`. */
  file?: Blob;
  headers?: Record<string, string>;
  signal?: AbortSignal;
  /** false: send no bearer token. */
  auth?: boolean;
  /** Lets the request outlive the page (used when leaving). */
  keepalive?: boolean;
}

interface Envelope<T> {
  code: number;
  message?: string;
  data?: T;
  error?: string;
  request_id?: string;
}

const RENEW_EARLY_MILLIS = 30_000;

/** Calls the REST API: the envelope, errors by code, the bearer token and its renewal. */
export class Http {
  private grant: Grant | undefined;
  private renewing: Promise<Grant> | undefined;

  constructor(
    private readonly url: string,
    private readonly fetch: Fetch = (input, init) => globalThis.fetch(input, init),
    private readonly nowMillis: () => number = Date.now,
  ) {}

  get authorized(): boolean {
    return this.grant !== undefined;
  }

  authorize(grant: Grant | undefined): void {
    this.grant = grant;
  }

  /** The reply's `data`. Fails with {@link ParleyError} for everything that is not a 2xx envelope. */
  async call<T>(method: string, path: string, options: CallOptions = {}): Promise<T> {
    return (await this.exchange<T>(method, path, options)).data;
  }

  /** As {@link call}, with the HTTP status beside it. */
  async exchange<T>(
    method: string,
    path: string,
    options: CallOptions = {},
  ): Promise<{ status: number; data: T }> {
    const wantsAuth = options.auth !== false;
    const token = wantsAuth ? await this.bearer() : undefined;
    try {
      return await this.once<T>(method, path, options, token);
    } catch (error) {
      const stale = error instanceof ParleyError && error.status === 401 && isAboutTheToken(error.code);
      if (!token || !stale || !this.grant?.renew) throw error;
      const renewed = await this.renew(this.grant);
      return this.once<T>(method, path, options, renewed.token);
    }
  }

  /** The reply's body as it is, where it is no envelope. */
  async text(method: string, path: string): Promise<string> {
    const token = await this.bearer();
    const response = await this.send(method, path, {}, token);
    if (!response.ok) await open(response, `${method} ${path}`);
    return response.text();
  }

  private async bearer(): Promise<string | undefined> {
    const grant = this.grant;
    if (!grant) return undefined;
    if (grant.renew && this.nowMillis() > grant.expiresAtMillis - RENEW_EARLY_MILLIS) {
      try {
        return (await this.renew(grant)).token;
      } catch (error) {
        if (this.nowMillis() >= grant.expiresAtMillis) throw error;
      }
    }
    return grant.token;
  }

  private renew(grant: Grant): Promise<Grant> {
    this.renewing ??= grant.renew!()
      .then((next) => (this.grant = next))
      .finally(() => (this.renewing = undefined));
    return this.renewing;
  }

  private async once<T>(
    method: string,
    path: string,
    options: CallOptions,
    token: string | undefined,
  ): Promise<{ status: number; data: T }> {
    const response = await this.send(method, path, options, token);
    return { status: response.status, data: await open<T>(response, `${method} ${path}`) };
  }

  private async send(
    method: string,
    path: string,
    options: CallOptions,
    token: string | undefined,
  ): Promise<Response> {
    const headers: Record<string, string> = { Accept: "application/json", ...options.headers };
    if (options.body !== undefined) headers["Content-Type"] = "application/json";
    if (options.file) headers["Content-Type"] = options.file.type;
    if (token) headers["Authorization"] = `Bearer ${token}`;
    try {
      return await this.fetch(`${this.url}/api/v1${path}`, {
        method,
        headers,
        credentials: "same-origin",
        ...(options.file
          ? { body: options.file }
          : options.body === undefined
            ? {}
            : { body: JSON.stringify(options.body) }),
        ...(options.signal ? { signal: options.signal } : {}),
        ...(options.keepalive ? { keepalive: true } : {}),
      });
    } catch (cause) {
      if (options.signal?.aborted) throw new ParleyError("client.aborted", "the call was aborted", { cause });
      throw new ParleyError("network.unreachable", `${method} ${path}: no reply`, { cause });
    }
  }
}

async function open<T>(response: Response, what: string): Promise<T> {
  let envelope: Envelope<T> | undefined;
  if (response.status !== 204) {
    try {
      envelope = (await response.json()) as Envelope<T>;
    } catch {
      envelope = undefined;
    }
  }
  if (response.ok && (envelope || response.status === 204)) return envelope?.data as T;
  // The last is the gateway's own, for what no function has answered.
  const requestId =
    envelope?.request_id ??
    response.headers.get("x-request-id") ??
    response.headers.get("x-amzn-requestid") ??
    undefined;
  const retryAfter = Number(response.headers.get("retry-after"));
  throw new ParleyError(
    envelope?.error ?? `http.${response.status}`,
    envelope?.message ?? `${what}: ${response.status}`,
    {
      status: response.status,
      ...(requestId ? { requestId } : {}),
      ...(retryAfter > 0 ? { retryAfterSeconds: retryAfter } : {}),
    },
  );
}

/** A 401 also says "wrong password" or "media token expired"; only these are cured by a new access token. */
function isAboutTheToken(code: string): boolean {
  return (
    code.startsWith("auth.") || code.startsWith("token.") || code === "http.401" || code === "unauthorized"
  );
}

/** Reads `expires_at`, which is RFC 3339 or epoch seconds, as clock time in ms. */
export function expiryMillis(expiresAt: string | number): number {
  if (typeof expiresAt === "number") return expiresAt < 1e12 ? expiresAt * 1000 : expiresAt;
  const parsed = Date.parse(expiresAt);
  return Number.isNaN(parsed) ? Number(expiresAt) * 1000 : parsed;
}
