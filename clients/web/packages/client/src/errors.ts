/**
 * A failure with a stable `code`: one of the server's (`meeting.full`, `auth.credentials`, ...) or one of this
 * library's own, which begin with `network.`, `device.`, `client.` or `signal.`.
 */
export class ParleyError extends Error {
  override readonly name = "ParleyError";
  /** Stable machine code. Show words of your own for it; {@link message} is for logs. */
  readonly code: string;
  /** HTTP status, or 0 when no reply came. */
  readonly status: number;
  /** Names the request in the server's logs; show it where a person may report a problem. */
  readonly requestId: string | undefined;
  /** Seconds to wait before trying again, when the server said so. */
  readonly retryAfterSeconds: number | undefined;

  constructor(
    code: string,
    message: string,
    details: { status?: number; requestId?: string; retryAfterSeconds?: number; cause?: unknown } = {},
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.status = details.status ?? 0;
    this.requestId = details.requestId;
    this.retryAfterSeconds = details.retryAfterSeconds;
  }

  /** Whether trying the same thing again later can work. */
  get transient(): boolean {
    return this.code === "network.unreachable" || this.status === 429 || this.status >= 500;
  }
}

/** Turns anything thrown into a {@link ParleyError}. */
export function asParleyError(thrown: unknown): ParleyError {
  if (thrown instanceof ParleyError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  if (thrown instanceof DOMException && thrown.name === "AbortError") {
    return new ParleyError("client.aborted", message, { cause: thrown });
  }
  return new ParleyError("client.unexpected", message, { cause: thrown });
}
