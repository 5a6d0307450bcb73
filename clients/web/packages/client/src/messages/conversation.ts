import { Backoff } from "../backoff";
import { Emitter } from "../emitter";
import { asParleyError, ParleyError } from "../errors";
import type { Messages } from "../rest/messages";
import type { ChangeRecord, ConversationRecord, MemberRecord, MessageRecord } from "../rest/records";
import type { AckFrame, ChatFrame, ReceiptFrame, ServerFrame } from "../signaling/frames";
import type { SignalingSocket } from "../signaling/socket";
import { Healing } from "./healing";
import { Ledger } from "./ledger";
import {
  attachmentsOf,
  messageOf,
  outgoingMessage,
  type Message,
  type Outgoing,
  type SendOptions,
} from "./message";
import { Reading } from "./reading";
import { checked, Sending } from "./sending";
import { Typing, type Typist } from "./typing";

export interface ConversationEvents {
  /** Somebody else wrote, just now. */
  message: Message;
  /** {@link Conversation.messages} or anything else of the conversation is different. */
  change: readonly Message[];
  typing: readonly Typist[];
  /** Who is in it is different, or what they are. */
  members: void;
}

export interface ConversationParts {
  id: string;
  socket: SignalingSocket;
  api: Messages;
  self: { userId: () => string; name: () => string };
  /** The room of a meeting whose chat it is: what is sent goes there. */
  room?: string;
  newId?: () => string;
  backoff?: Backoff;
}

const MESSAGE_KINDS = new Set(["sent", "edited", "recalled", "reacted"]);

/**
 * One conversation: of two people, of a group, or the chat of a meeting. What is written while the connection is away is kept and sent when
 * it returns, once; what was missed meanwhile is read then.
 */
export class Conversation extends Emitter<ConversationEvents> {
  readonly id: string;
  private readonly parts: ConversationParts;
  private readonly ledger = new Ledger();
  private readonly backoff: Backoff;
  private readonly sending: Sending;
  private readonly healing: Healing;
  private readonly reading: Reading;
  private readonly typed: Typing;
  private shown: readonly Message[] = [];
  private readonly views = new WeakMap<MessageRecord, { self: string; message: Message }>();
  private info: ConversationRecord | undefined;
  private loading: Promise<void> | undefined;
  private paging: Promise<void> | undefined;
  private failed: ParleyError | undefined;
  private closed = false;
  private readonly stopWatching: () => void;

  constructor(parts: ConversationParts) {
    super();
    const { id, socket, api } = parts;
    this.parts = parts;
    this.id = id;
    this.backoff = parts.backoff ?? new Backoff();
    this.sending = new Sending({
      conversationId: id,
      room: parts.room,
      socket,
      newId: parts.newId,
      backoff: this.backoff,
      sent: (outgoing, ack) => this.sent(outgoing, ack),
      changed: () => this.changed(),
    });
    this.healing = new Healing({
      conversationId: id,
      api,
      backoff: this.backoff,
      known: () => this.ledger.known ?? 0,
      behind: () => this.behind,
      take: (change) => this.take(change),
      keep: (message) => {
        this.keep(message);
        this.changed();
      },
      reload: () => this.reload(),
    });
    this.reading = new Reading(id, socket, this.ledger);
    this.typed = new Typing(id, socket, () => this.emit("typing", this.typists));
    this.stopWatching = socket.on("state", () => {
      if (this.sending.waiting.length > 0) this.changed();
    });
  }

  /** The messages that are shown, in order; what is not sent yet comes last. */
  get messages(): readonly Message[] {
    return this.shown;
  }

  /** What the server says of it; undefined before it has. */
  get record(): ConversationRecord | undefined {
    return this.info;
  }

  /** `idle` = nothing of it was asked for yet. */
  get state(): "idle" | "loading" | "ready" | "failed" {
    if (this.ledger.known !== undefined) return "ready";
    if (this.loading) return "loading";
    return this.failed ? "failed" : "idle";
  }

  /** Why it could not be read. */
  get error(): ParleyError | undefined {
    return this.failed;
  }

  /** Messages of others that this person has not read, on whichever device. 1000 means that many or more. */
  get unread(): number {
    return this.reading.unread(this.selfId);
  }

  /** Whether what is sent goes at once; otherwise it waits. */
  get online(): boolean {
    return this.parts.socket.state === "open";
  }

  /** How far this person has read, the number of a message. */
  get readSeq(): number {
    return this.reading.seq;
  }

  /** Who types now. */
  get typists(): readonly Typist[] {
    return this.typed.typists;
  }

  /** Whether there are messages before those that are shown. */
  get hasEarlier(): boolean {
    return this.ledger.earlier;
  }

  /** Whether there are messages behind those that are shown: after {@link show} went back. */
  get hasLater(): boolean {
    return this.ledger.later;
  }

  /** The last message, shown or not. */
  get last(): Message | undefined {
    const record = this.ledger.find(this.ledger.lastSeq) ?? this.info?.last_message;
    return record ? this.view(record) : undefined;
  }

  /** Reads the last messages, unless it did. What fails is in {@link error}; it is tried again by itself where that may help. */
  load(): Promise<void> {
    if (this.ledger.known !== undefined || this.closed) return Promise.resolve();
    return (this.loading ??= this.readFirst().finally(() => {
      this.loading = undefined;
      this.changed();
    }));
  }

  /** Shows more messages before the first. */
  loadEarlier(): Promise<void> {
    if (!this.hasEarlier) return Promise.resolve();
    return this.page({ before: this.ledger.shown.first });
  }

  /** Shows more messages behind the last, where the end is not shown. */
  loadLater(): Promise<void> {
    if (!this.hasLater) return Promise.resolve();
    return this.page({ after: this.ledger.shown.last });
  }

  /** Shows the message of this number and those around it. */
  async show(seq: number): Promise<void> {
    await this.load();
    const { first, last } = this.ledger.shown;
    if (seq >= first && seq <= last) return;
    this.ledger.place(await this.parts.api.history(this.id, { before: seq + 26 }));
    this.changed();
  }

  /** Shows the end again. */
  async showEnd(): Promise<void> {
    if (!this.ledger.placeEnd()) this.ledger.place(await this.parts.api.history(this.id));
    this.changed();
  }

  /** The message of this number; one that is not known is asked for, and a `change` tells when it came. */
  find(seq: number): Message | undefined {
    const record = this.ledger.find(seq);
    if (record) return this.view(record);
    this.healing.ask(seq);
    return undefined;
  }

  /** Sends text, files, or both; resolves when the server has it or refuses it, or at once with a message that waits while offline. */
  async send(text: string, options: SendOptions = {}): Promise<Message> {
    const trimmed = checked(text, options.files?.length);
    let settle = (): void => undefined;
    const settled = new Promise<void>((resolve) => (settle = resolve));
    const { id } = this.sending.add(trimmed, options, settle);
    this.typed.done();
    if (this.parts.socket.state === "open") await settled;
    return this.shown.find((message) => message.id === id)!;
  }

  /** Sends a message again that failed. */
  retry(message: Message): void {
    this.sending.retry(message.id);
  }

  /** Drops a message that failed. */
  discard(message: Message): void {
    this.sending.discard(message.id);
  }

  /** Changes the text of one's own message. */
  async edit(seq: number, text: string, mentions?: readonly string[]): Promise<void> {
    this.adopt(await this.parts.api.edit(this.id, seq, checked(text), mentions));
  }

  /** Takes a message back. */
  async recall(seq: number): Promise<void> {
    this.adopt(await this.parts.api.recall(this.id, seq));
  }

  /** Reacts to a message with an emoji, or no more. */
  async react(seq: number, emoji: string, on = true): Promise<void> {
    const { api } = this.parts;
    this.adopt(await (on ? api.react(this.id, seq, emoji) : api.unreact(this.id, seq, emoji)));
  }

  /** Notes that everything up to this message was read; without a number, everything that is shown. */
  read(seq: number = this.ledger.shown.last): void {
    if (this.reading.read(seq)) this.changed();
  }

  /** Tells the others that this person types, or has stopped. Call it at every key. */
  typing(on: boolean): void {
    this.typed.say(on);
  }

  members(): Promise<MemberRecord[]> {
    return this.parts.api.members(this.id);
  }

  async rename(title: string): Promise<void> {
    this.inform(await this.parts.api.rename(this.id, title));
  }

  /** Takes people into a group; with a role also makes those who are in it owners or members. */
  async add(userIds: readonly string[], role?: "owner" | "member"): Promise<MemberRecord[]> {
    const members = await this.parts.api.addMembers(this.id, userIds, role);
    this.emit("members", undefined);
    return members;
  }

  async remove(userId: string): Promise<void> {
    await this.parts.api.removeMember(this.id, userId);
    this.emit("members", undefined);
  }

  /** The connection is there: reads what was missed, and sends what waits. */
  async resume(): Promise<void> {
    void this.sending.pump();
    this.reading.resume();
    if (this.ledger.known === undefined) await this.load();
    else await this.healing.heal();
  }

  /** Takes a frame of the socket. @returns whether it is this conversation's */
  hear(frame: ServerFrame): boolean {
    if (frame.type === "chat") {
      if (!this.isOwnRoom(frame)) return false;
    } else if (!("conversation_id" in frame) || frame.conversation_id !== this.id) return false;
    if (frame.type === "chat") this.take(changeOf(frame, this.id), true);
    else if (frame.type === "message") this.take(frame, true);
    else if (frame.type === "receipt") this.noteReceipt(frame);
    else if (frame.type === "typing" && frame.user_id !== this.selfId) this.typed.hear(frame);
    return true;
  }

  /** Takes one thing that happened. Taken twice, or late, it changes nothing. */
  take(change: ChangeRecord, live = false): void {
    const fresh = this.ledger.note(change.change);
    const { message } = change;
    if (message) this.keep(message);
    else if (change.seq !== undefined && MESSAGE_KINDS.has(change.kind) && fresh)
      this.healing.ask(change.seq);
    if (fresh) this.summarise(change);
    if (this.ledger.incomplete) this.healing.soon();
    if (fresh && change.kind === "sent" && change.by) this.typed.forget(change.by.user_id);
    this.changed();
    if (fresh && (change.kind === "joined" || change.kind === "left" || change.kind === "role")) {
      this.emit("members", undefined);
    }
    if (!live || !fresh || change.kind !== "sent" || !message || message.author.user_id === this.selfId)
      return;
    if (this.info?.kind !== "meeting" && !this.parts.room) this.reading.delivered(message.seq);
    this.emit("message", this.view(message));
  }

  /** Takes what the server says of the conversation. */
  inform(record: ConversationRecord): void {
    const { info } = this;
    const newest = info && info.last_change > record.last_change ? info : record;
    this.info = {
      ...newest,
      ...higher("peer_read_seq", info, record),
      ...higher("peer_delivered_seq", info, record),
    };
    this.reading.inform(record.read_seq, record.last_seq, newest === record ? record.unread : undefined);
    if (this.behind) this.healing.soon();
    this.changed();
  }

  /** Reads the messages anew: some of what happened is not known any more. */
  async reload(): Promise<void> {
    const page = await this.parts.api.history(this.id);
    this.ledger.clear();
    this.ledger.place(page);
    this.dropSent();
    this.changed();
  }

  /** Stops: nothing is asked for or sent any more. */
  close(): void {
    this.closed = true;
    this.stopWatching();
    this.sending.close();
    this.healing.close();
    this.reading.close();
    this.typed.close();
    this.removeAllListeners();
  }

  /** Whose it is became known. */
  protected identify(): void {
    this.dropSent();
    this.changed();
  }

  private get selfId(): string {
    return this.parts.self.userId();
  }

  /** Whether something happened that is not known here. */
  private get behind(): boolean {
    const { known, incomplete } = this.ledger;
    return incomplete || (known !== undefined && known < (this.info?.last_change ?? 0));
  }

  private isOwnRoom(frame: ChatFrame): boolean {
    return frame.conversation_id === undefined
      ? frame.room_id === this.parts.room
      : frame.conversation_id === this.id;
  }

  private async readFirst(): Promise<void> {
    this.failed = undefined;
    this.changed();
    try {
      const { api } = this.parts;
      const [record, page] = await Promise.all([api.conversation(this.id), api.history(this.id)]);
      this.ledger.place(page);
      this.inform(record);
      this.dropSent();
      this.backoff.reset();
    } catch (thrown) {
      this.failed = asParleyError(thrown);
      if (this.failed.transient) this.healing.later(() => this.load());
    }
    if (this.ledger.incomplete) this.healing.soon();
  }

  private async page(where: { before?: number; after?: number }): Promise<void> {
    this.paging ??= this.parts.api
      .history(this.id, where)
      .then((page) => {
        for (const message of page.list) this.ledger.keep(message);
        this.changed();
      })
      .finally(() => (this.paging = undefined));
    await this.paging;
  }

  private async sent(outgoing: Outgoing, ack: AckFrame): Promise<void> {
    const { seq, change } = ack;
    if (seq === undefined || change === undefined) {
      throw new ParleyError("signal.unreadable", "the acknowledgement has no numbers");
    }
    if (outgoing.attempts > 1) {
      // It may have been there before, and been changed since.
      this.adopt(await this.parts.api.message(this.id, seq));
    } else {
      const { replyTo, mentions } = outgoing.options;
      const message: MessageRecord = {
        conversation_id: this.id,
        seq,
        change,
        author: { user_id: this.selfId, name: this.parts.self.name() },
        at: outgoing.at.toISOString(),
        text: outgoing.text,
        client_msg_id: outgoing.id,
        ...(replyTo === undefined ? {} : { reply_to: replyTo }),
        ...(mentions?.length ? { mentions: [...mentions] } : {}),
        ...(outgoing.options.files?.length ? { attachments: attachmentsOf(outgoing.options) } : {}),
      };
      this.adopt(message, true);
    }
    this.reading.wrote(seq);
  }

  /** Takes a message as the answer of an act has it. */
  private adopt(message: MessageRecord, guess = false): void {
    const fresh = this.ledger.note(message.change);
    this.keep(message, guess);
    if (fresh) {
      const { conversation_id, seq, change, at, author } = message;
      const kind = message.seq > (this.info?.last_seq ?? 0) ? "sent" : "edited";
      this.summarise({ conversation_id, seq, change, at, by: author, kind, message });
    }
    if (this.ledger.incomplete) this.healing.soon();
    this.changed();
  }

  private keep(message: MessageRecord, guess = false): void {
    if (this.ledger.keep(message, guess)) this.dropSent(message);
  }

  /** What came by another way is not sent any more. */
  private dropSent(message?: MessageRecord): void {
    if (this.sending.waiting.length === 0) return;
    const own = (message ? [message] : this.ledger.messages).filter(
      (one) => one.author.user_id === this.selfId,
    );
    this.sending.drop(new Set(own.map((one) => one.client_msg_id)));
  }

  /** Keeps what lists show of the conversation up to date between two answers of the server. */
  private summarise(change: ChangeRecord): void {
    const { info } = this;
    if (!info || change.change <= info.last_change) return;
    const { message } = change;
    const isNew = message !== undefined && message.seq > info.last_seq;
    this.info = {
      ...info,
      last_change: change.change,
      updated_at: change.at,
      ...(change.title !== undefined ? { title: change.title } : {}),
      ...(message && message.seq >= info.last_seq ? { last_seq: message.seq, last_message: message } : {}),
      ...(change.kind === "joined" ? { members: info.members + (change.users?.length ?? 0) } : {}),
      ...(change.kind === "left" ? { members: info.members - (change.users?.length ?? 0) } : {}),
    };
    if (isNew && message.author.user_id !== this.selfId) this.reading.count(message.seq);
  }

  private noteReceipt(frame: ReceiptFrame): void {
    if (frame.user_id === this.selfId) {
      if (!this.reading.hear(frame)) return;
      if (this.info && frame.mentions !== undefined) this.info = { ...this.info, mentions: frame.mentions };
    } else if (this.info?.peer?.user_id === frame.user_id) {
      this.info = {
        ...this.info,
        peer_read_seq: Math.max(this.info.peer_read_seq ?? 0, frame.read_seq),
        peer_delivered_seq: Math.max(this.info.peer_delivered_seq ?? 0, frame.delivered_seq),
      };
    }
    this.changed();
  }

  private view(record: MessageRecord): Message {
    const self = this.selfId;
    const had = this.views.get(record);
    if (had?.self === self) return had.message;
    const message = messageOf(record, self);
    this.views.set(record, { self, message });
    return message;
  }

  private changed(): void {
    const self = { id: this.selfId, name: this.parts.self.name() };
    this.shown = [
      ...this.ledger.messages.map((record) => this.view(record)),
      ...(this.ledger.later ? [] : this.sending.waiting.map((one) => outgoingMessage(one, self))),
    ];
    this.emit("change", this.shown);
  }
}

/** Of two marks that only rise the higher. */
function higher(
  mark: "peer_read_seq" | "peer_delivered_seq",
  one: ConversationRecord | undefined,
  other: ConversationRecord,
): Partial<ConversationRecord> {
  const known = Math.max(one?.[mark] ?? -1, other[mark] ?? -1);
  return known < 0 ? {} : { [mark]: known };
}

/** A new message of a meeting, as the change that it is. */
function changeOf(frame: ChatFrame, conversationId: string): ChangeRecord {
  const author = { user_id: frame.from, name: frame.display_name ?? "" };
  const change = frame.change ?? frame.seq;
  return {
    conversation_id: conversationId,
    change,
    kind: "sent",
    by: author,
    at: frame.at,
    seq: frame.seq,
    message: {
      conversation_id: conversationId,
      seq: frame.seq,
      change,
      author,
      at: frame.at,
      text: frame.text,
      ...(frame.client_msg_id ? { client_msg_id: frame.client_msg_id } : {}),
      ...(frame.reply_to === undefined ? {} : { reply_to: frame.reply_to }),
      ...(frame.mentions ? { mentions: frame.mentions } : {}),
      ...(frame.attachments ? { attachments: frame.attachments } : {}),
    },
  };
}
