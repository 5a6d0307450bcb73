import type { Backoff } from "../backoff";
import { asParleyError, ParleyError } from "../errors";
import { MAX_CHAT_CHARS, type AckFrame } from "../signaling/frames";
import type { SignalingSocket } from "../signaling/socket";
import type { Outgoing, SendOptions } from "./message";

export interface SendingParts {
  conversationId: string;
  /** The room of a meeting whose chat it is: what is sent goes there. */
  room: string | undefined;
  socket: SignalingSocket;
  newId: (() => string) | undefined;
  backoff: Backoff;
  /** The server has it, by these numbers. Awaited before the next one is sent. */
  sent: (outgoing: Outgoing, ack: AckFrame) => Promise<void>;
  changed: () => void;
}

/** Refusals that an attempt later may not meet. */
const PASSING = new Set([
  "signal.offline",
  "signal.timeout",
  "signal.not_joined",
  "rate.limited",
  "store.unavailable",
  "store.waking",
  "conversation.busy",
]);

/** What this device writes into one conversation, until the server has it: one after the other, so that it stays in its order, and once. */
export class Sending {
  private queue: readonly Outgoing[] = [];
  private busy = false;
  private closed = false;

  constructor(private readonly parts: SendingParts) {}

  /** What the server does not have yet, or has refused. */
  get waiting(): readonly Outgoing[] {
    return this.queue;
  }

  /** Takes a text that was {@link checked}. @param settle told once the first attempt has an end */
  add(text: string, options: SendOptions, settle: () => void): Outgoing {
    const id = (this.parts.newId ?? (() => crypto.randomUUID()))();
    const outgoing = { id, text, at: new Date(), options, attempts: 0, error: undefined, settle };
    this.queue = [...this.queue, outgoing];
    this.parts.changed();
    void this.pump();
    return outgoing;
  }

  /** Sends one again that failed. */
  retry(id: string): void {
    const failed = this.queue.find((one) => one.id === id);
    if (!failed) return;
    failed.error = undefined;
    this.parts.changed();
    void this.pump();
  }

  /** Drops one that failed. */
  discard(id: string): void {
    this.queue = this.queue.filter((one) => one.id !== id || !one.error);
    this.parts.changed();
  }

  /** What came by another way is not sent any more. */
  drop(ids: ReadonlySet<string | undefined>): void {
    for (const one of this.queue) if (ids.has(one.id)) one.settle();
    this.queue = this.queue.filter((one) => !ids.has(one.id));
  }

  /** Sends what waits, if the connection is there; its return is what sends on. */
  async pump(): Promise<void> {
    const { socket, backoff } = this.parts;
    const next = this.queue.find((one) => !one.error);
    if (!next || this.busy || this.closed || socket.state !== "open") return;
    this.busy = true;
    next.attempts += 1;
    let wait = 0;
    try {
      await this.parts.sent(next, await socket.command(this.frameOf(next)));
      this.queue = this.queue.filter((one) => one !== next);
      backoff.reset();
    } catch (thrown) {
      const error = asParleyError(thrown);
      if (PASSING.has(error.code) || error.transient) wait = backoff.nextMillis();
      else next.error = error;
    }
    this.busy = false;
    next.settle();
    this.parts.changed();
    if (wait > 0) setTimeout(() => void this.pump(), wait);
    else void this.pump();
  }

  close(): void {
    this.closed = true;
  }

  private frameOf(outgoing: Outgoing): { type: string; [field: string]: unknown } {
    const { conversationId, room } = this.parts;
    const { replyTo, mentions } = outgoing.options;
    return {
      ...(room
        ? { type: "chat", room_id: room, conversation_id: conversationId }
        : { type: "message", conversation_id: conversationId }),
      client_msg_id: outgoing.id,
      text: outgoing.text,
      ...(replyTo === undefined ? {} : { reply_to: replyTo }),
      ...(mentions?.length ? { mentions } : {}),
    };
  }
}

/** The text as it is sent. Fails with `chat.length` for one that is empty or too long. */
export function checked(text: string): string {
  const trimmed = text.trim();
  if (trimmed.length === 0 || trimmed.length > MAX_CHAT_CHARS) {
    throw new ParleyError("chat.length", `a message has 1 to ${MAX_CHAT_CHARS} characters`);
  }
  return trimmed;
}
