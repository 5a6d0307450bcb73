import type { Backoff } from "../backoff";
import { asParleyError } from "../errors";
import type { Messages } from "../rest/messages";
import type { ChangeRecord, MessageRecord } from "../rest/records";

export interface HealingParts {
  conversationId: string;
  api: Messages;
  backoff: Backoff;
  /** Up to which change everything is known. */
  known: () => number;
  /** Whether something happened that is not known here. */
  behind: () => boolean;
  take: (change: ChangeRecord) => void;
  keep: (message: MessageRecord) => void;
  /** Reads the messages anew: some of what happened is not kept any more. */
  reload: () => Promise<void>;
}

/** Frames overtake each other: so long a missing one may still come. */
const GAP_MILLIS = 1_000;

/** Asks for what is missing of one conversation: changes that did not come, and messages of which only the number is known. */
export class Healing {
  private readonly asked = new Set<number>();
  private busy = false;
  private closed = false;
  private gap: ReturnType<typeof setTimeout> | undefined;
  private again: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly parts: HealingParts) {}

  /** Something is missing: unless it comes in a moment it is asked for. */
  soon(): void {
    if (this.closed) return;
    this.gap ??= setTimeout(() => {
      this.gap = undefined;
      if (this.parts.behind()) void this.heal();
    }, GAP_MILLIS);
  }

  /** Reads everything that happened behind what is known. */
  async heal(): Promise<void> {
    if (this.busy || this.closed) return;
    this.busy = true;
    const { api, backoff, conversationId } = this.parts;
    try {
      for (let more = true; more;) {
        const page = await api.changes(conversationId, this.parts.known());
        if (page.resync) {
          await this.parts.reload();
          break;
        }
        for (const change of page.list) this.parts.take(change);
        more = page.more && page.list.length > 0;
      }
      backoff.reset();
    } catch (thrown) {
      if (asParleyError(thrown).transient) this.later(() => this.heal());
    } finally {
      this.busy = false;
    }
  }

  /** Does it again after a while that grows. */
  later(what: () => Promise<void>): void {
    if (this.closed) return;
    clearTimeout(this.again);
    this.again = setTimeout(() => void what(), this.parts.backoff.nextMillis());
  }

  /** Asks for one message, once. */
  ask(seq: number): void {
    if (this.asked.has(seq) || this.closed) return;
    this.asked.add(seq);
    this.parts.api.message(this.parts.conversationId, seq).then(
      (message) => this.parts.keep(message),
      (thrown: unknown) => {
        if (asParleyError(thrown).transient) this.asked.delete(seq);
      },
    );
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.gap);
    clearTimeout(this.again);
  }
}
