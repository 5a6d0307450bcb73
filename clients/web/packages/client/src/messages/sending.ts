import type { Backoff } from "../backoff";
import { asParleyError, ParleyError } from "../errors";
import { MAX_ATTACHMENTS, MAX_CHAT_CHARS, type AckFrame } from "../signaling/frames";
import type { SignalingSocket } from "../signaling/socket";
import { attachmentsOf, type Outgoing, type SendOptions } from "./message";

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
    const outgoing: Outgoing = {
      id,
      text,
      at: new Date(),
      options,
      gathered: !options.files?.length,
      attempts: 0,
      error: undefined,
      settle,
    };
    this.queue = [...this.queue, outgoing];
    this.parts.changed();
    this.go(outgoing);
    return outgoing;
  }

  /** Sends one again that failed. */
  retry(id: string): void {
    const failed = this.queue.find((one) => one.id === id);
    if (!failed) return;
    failed.error = undefined;
    for (const file of failed.options.files ?? []) file.retry();
    this.parts.changed();
    this.go(failed);
  }

  /** Drops one that failed. */
  discard(id: string): void {
    const failed = this.queue.find((one) => one.id === id && one.error);
    for (const file of failed?.options.files ?? []) file.cancel();
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
    const next = this.queue.find((one) => one.gathered && !one.error);
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

  /** Sends it, once its files are there; what was written behind it does not wait. */
  private go(outgoing: Outgoing): void {
    if (outgoing.gathered) return void this.pump();
    const { files = [] } = outgoing.options;
    Promise.all(files.map(({ done }) => done)).then(
      () => {
        outgoing.gathered = true;
        void this.pump();
      },
      (thrown: unknown) => {
        const left = files.filter(({ state }) => state !== "cancelled");
        outgoing.options = { ...outgoing.options, files: left };
        if (left.length === 0 && outgoing.text === "") {
          this.queue = this.queue.filter((one) => one !== outgoing);
          outgoing.settle();
        } else if (left.length < files.length) {
          outgoing.gathered = left.length === 0;
          this.go(outgoing);
        } else {
          outgoing.error = asParleyError(thrown);
          outgoing.settle();
        }
        this.parts.changed();
      },
    );
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
      ...(outgoing.options.files?.length ? { attachments: attachmentsOf(outgoing.options) } : {}),
    };
  }
}

/** The text as it is sent. Fails with `chat.length` for one that is too long, or empty without a file. */
export function checked(text: string, files = 0): string {
  const trimmed = text.trim();
  if (files > MAX_ATTACHMENTS) {
    throw new ParleyError("chat.attachments", `a message has at most ${MAX_ATTACHMENTS} files`);
  }
  if ((trimmed.length === 0 && files === 0) || trimmed.length > MAX_CHAT_CHARS) {
    throw new ParleyError("chat.length", `a message has 1 to ${MAX_CHAT_CHARS} characters`);
  }
  return trimmed;
}
