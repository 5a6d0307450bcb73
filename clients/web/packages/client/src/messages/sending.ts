import type { Backoff } from "../backoff";
import { asParleyError, ParleyError } from "../errors";
import { MAX_ATTACHMENTS, MAX_CHAT_CHARS, type AckFrame } from "../signaling/frames";
import type { SignalingSocket } from "../signaling/socket";
import { attachmentsOf, type Outgoing, type SendOptions } from "./message";
import type { KeptMessage, Unsent } from "./unsent";

export interface SendingParts {
  conversationId: string;
  /** The room of a meeting whose chat it is: what is sent goes there. */
  room: string | undefined;
  socket: SignalingSocket;
  newId: (() => string) | undefined;
  /** Where what is not sent outlives the page; undefined = nowhere. */
  unsent: Unsent | undefined;
  /** Whose it is; empty while that is not known. */
  userId: () => string;
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

/** What was not sent for so long goes on when its author says so. */
const LATE_MILLIS = 86_400_000;

/**
 * What this device writes into one conversation, until the server has it: one after the other, so that it stays in its order, and once. It
 * outlives the page: what the page before did not send is sent by the next.
 */
export class Sending {
  private queue: readonly Outgoing[] = [];
  private busy = false;
  private closed = false;

  constructor(private readonly parts: SendingParts) {}

  /** What the server does not have yet, or has refused. */
  get waiting(): readonly Outgoing[] {
    return this.queue;
  }

  /** Takes up what was not sent when a page ended. Called when it is known whose it is; again it changes nothing. */
  restore(): void {
    const { unsent, userId, conversationId, changed } = this.parts;
    const kept = userId() ? (unsent?.of(userId(), conversationId) ?? []) : [];
    const known = new Set(this.queue.map(({ id }) => id));
    const restored = kept.filter(({ id }) => !known.has(id)).map(outgoingOf);
    if (restored.length === 0) return;
    this.queue = [...restored, ...this.queue];
    changed();
    void this.pump();
  }

  /** Takes a text that was {@link checked}. @param settle told once the first attempt has an end */
  add(text: string, options: SendOptions, settle: () => void): Outgoing {
    const id = (this.parts.newId ?? (() => crypto.randomUUID()))();
    const outgoing: Outgoing = {
      id,
      text,
      at: new Date(),
      options,
      attachments: [],
      gathered: !options.files?.length,
      attempts: 0,
      error: undefined,
      settle,
    };
    this.queue = [...this.queue, outgoing];
    this.keep(outgoing);
    this.parts.changed();
    this.go(outgoing);
    return outgoing;
  }

  /** Sends one again that failed. */
  retry(id: string): void {
    const failed = this.queue.find((one) => one.id === id);
    if (!failed) return;
    failed.error = undefined;
    this.keep(failed);
    for (const file of failed.options.files ?? []) file.retry();
    this.parts.changed();
    this.go(failed);
  }

  /** Drops one that failed. */
  discard(id: string): void {
    const failed = this.queue.find((one) => one.id === id && one.error);
    for (const file of failed?.options.files ?? []) file.cancel();
    if (failed) this.remove(failed);
    this.parts.changed();
  }

  /** What came by another way is not sent any more. */
  drop(ids: ReadonlySet<string | undefined>): void {
    for (const one of this.queue.filter(({ id }) => ids.has(id))) {
      one.settle();
      this.remove(one);
    }
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
      this.remove(next);
      backoff.reset();
    } catch (thrown) {
      const error = asParleyError(thrown);
      if (PASSING.has(error.code) || error.transient) wait = backoff.nextMillis();
      else {
        next.error = error;
        this.keep(next);
      }
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
        this.keep(outgoing);
        void this.pump();
      },
      (thrown: unknown) => {
        const left = files.filter(({ state }) => state !== "cancelled");
        outgoing.options = { ...outgoing.options, files: left };
        if (left.length === 0 && outgoing.text === "") {
          this.remove(outgoing);
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
    const attachments = attachmentsOf(outgoing);
    return {
      ...(room
        ? { type: "chat", room_id: room, conversation_id: conversationId }
        : { type: "message", conversation_id: conversationId }),
      client_msg_id: outgoing.id,
      text: outgoing.text,
      ...(replyTo === undefined ? {} : { reply_to: replyTo }),
      ...(mentions?.length ? { mentions } : {}),
      ...(attachments.length ? { attachments } : {}),
    };
  }

  private keep(outgoing: Outgoing): void {
    const { unsent, userId, conversationId } = this.parts;
    if (userId()) unsent?.keep(userId(), conversationId, keptOf(outgoing));
  }

  private remove(outgoing: Outgoing): void {
    const { unsent, userId, conversationId } = this.parts;
    this.queue = this.queue.filter((one) => one !== outgoing);
    unsent?.drop(userId(), conversationId, outgoing.id);
  }
}

function keptOf(outgoing: Outgoing): KeptMessage {
  const { id, text, at, options, error } = outgoing;
  const { replyTo, mentions, files = [] } = options;
  const attachments = attachmentsOf(outgoing);
  const missing = files.filter(({ file }) => !file).length;
  return {
    id,
    text,
    at: at.toISOString(),
    ...(replyTo === undefined ? {} : { replyTo }),
    ...(mentions?.length ? { mentions } : {}),
    ...(attachments.length ? { attachments } : {}),
    ...(missing > 0 ? { missing } : {}),
    ...(error ? { refused: error.code } : {}),
  };
}

/** What was kept goes by itself, unless it was refused, lacks a file or is of another day: then its author is asked. */
function outgoingOf(kept: KeptMessage): Outgoing {
  const { id, text, at, replyTo, mentions, attachments = [], missing, refused } = kept;
  const late = Date.parse(at) < Date.now() - LATE_MILLIS;
  const error = missing
    ? new ParleyError(
        "client.file_left",
        `${missing} of its files were not with the server when the page ended`,
      )
    : refused
      ? new ParleyError(refused, "refused before the page was loaded")
      : late
        ? new ParleyError("client.late", "written more than a day ago and not sent since")
        : undefined;
  return {
    id,
    text,
    at: new Date(at),
    options: { ...(replyTo === undefined ? {} : { replyTo }), ...(mentions ? { mentions } : {}) },
    attachments,
    gathered: true,
    attempts: 1,
    error,
    settle: () => undefined,
  };
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
