/** Waiting times between attempts: they double up to a cap, each shortened by up to half at random. */
export class Backoff {
  private attempt = 0;

  constructor(
    private readonly firstMillis = 400,
    private readonly capMillis = 15_000,
    private readonly random: () => number = Math.random,
  ) {}

  /** How many attempts were made since the last {@link reset}. */
  get attempts(): number {
    return this.attempt;
  }

  /** Milliseconds to wait before the next attempt. */
  nextMillis(): number {
    const full = Math.min(this.capMillis, this.firstMillis * 2 ** this.attempt);
    this.attempt += 1;
    return Math.round(full * (1 - this.random() / 2));
  }

  reset(): void {
    this.attempt = 0;
  }
}

/** Resolves after `millis`, or rejects with the signal's reason as soon as it aborts. */
export function delay(millis: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const abort = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", abort);
      resolve();
    }, millis);
    signal?.addEventListener("abort", abort, { once: true });
  });
}
