import { Backoff } from "../backoff";
import { Emitter } from "../emitter";
import { asParleyError, ParleyError } from "../errors";
import type { Messages } from "../rest/messages";
import type { ChangeRecord, ConversationRecord, MemberRecord, MessageRecord } from "../rest/records";
import type { AckFrame, ChatFrame, ReceiptFrame, ServerFrame } from "../signaling/frames";
import type { SignalingSocket } from "../signaling/socket";
import { Healing } from "./healing";
import { Ledger } from "./ledger";
import { changeOf, recordOf, type Message, type Outgoing, type SendOptions } from "./message";
import { Paging } from "./paging";
import { Reading } from "./reading";
import { checked, Sending } from "./sending";
import { Summary } from "./summary";
import { Typing, type Typist } from "./typing";
import { storedUnsent, type Unsent } from "./unsent";
import { Views } from "./views";

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
  /** Where what is not sent outlives the page; the browser's storage when it is not given. */
  unsent?: Unsent;
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
  private readonly paging: Paging;
  private readonly summary = new Summary();
  private readonly views: Views;
  private shown: readonly Message[] = [];
  private loading: Promise<void> | undefined;
  private failed: ParleyError | undefined;
  private closed = false;
  private readonly stopWatching: () => void;

  constructor(parts: ConversationParts) {
    super();
    const { id, socket, api, self } = parts;
    this.parts = parts;
    this.id = id;
    this.backoff = parts.backoff ?? new Backoff();
    this.sending = new Sending({
      conversationId: id,
      room: parts.room,
      socket,
      newId: parts.newId,
      unsent: this.writes ? (parts.unsent ?? storedUnsent()) : undefined,
      userId: self.userId,
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
    this.paging = new Paging(id, api, this.ledger, () => this.changed());
    this.views = new Views(self);
    this.stopWatching = socket.on("state", () => {
      if (this.sending.waiting.length === 0) return;
      this.changed();
      void this.sending.pump();
    });
    this.sending.restore();
  }

  /** The messages that are shown, in order; what is not sent yet comes last. */
  get messages(): readonly Message[] {
    return this.shown;
  }

  /** What the server says of it; undefined before it has. */
  get record(): ConversationRecord | undefined {
    return this.summary.record;
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
    const record = this.ledger.find(this.ledger.lastSeq) ?? this.record?.last_message;
    return record ? this.views.of(record) : undefined;
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
    return this.paging.earlier();
  }

  /** Shows more messages behind the last, where the end is not shown. */
  loadLater(): Promise<void> {
    return this.paging.later();
  }

  /** Shows the message of this number and those around it. */
  async show(seq: number): Promise<void> {
    await this.load();
    await this.paging.show(seq);
  }

  /** Shows the end again. */
  showEnd(): Promise<void> {
    return this.paging.showEnd();
  }

  /** The message of this number; one that is not known is asked for, and a `change` tells when it came. */
  find(seq: number): Message | undefined {
    const record = this.ledger.find(seq);
    if (record) return this.views.of(record);
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
    if (this.record?.kind !== "meeting" && !this.parts.room) this.reading.delivered(message.seq);
    this.emit("message", this.views.of(message));
  }

  /** Takes what the server says of the conversation. */
  inform(record: ConversationRecord): void {
    const newest = this.summary.inform(record);
    this.reading.inform(record.read_seq, record.last_seq, newest ? record.unread : undefined);
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
    this.sending.restore();
    this.dropSent();
    this.changed();
  }

  /** Whether what is written here is sent from here: in the chat of a meeting one has to be in that meeting. */
  private get writes(): boolean {
    return this.parts.room !== undefined || !this.id.startsWith("m_");
  }

  private get selfId(): string {
    return this.parts.self.userId();
  }

  /** Whether something happened that is not known here. */
  private get behind(): boolean {
    const { known, incomplete } = this.ledger;
    return incomplete || (known !== undefined && known < (this.record?.last_change ?? 0));
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

  private async sent(outgoing: Outgoing, ack: AckFrame): Promise<void> {
    const { seq, change } = ack;
    if (seq === undefined || change === undefined) {
      throw new ParleyError("signal.unreadable", "the acknowledgement has no numbers");
    }
    if (outgoing.attempts > 1) {
      // It may have been there before, and been changed since.
      this.adopt(await this.parts.api.message(this.id, seq));
    } else {
      const author = { user_id: this.selfId, name: this.parts.self.name() };
      this.adopt(recordOf(outgoing, { conversation_id: this.id, seq, change, author }), true);
    }
    this.reading.wrote(seq);
  }

  /** Takes a message as the answer of an act has it. */
  private adopt(message: MessageRecord, guess = false): void {
    const fresh = this.ledger.note(message.change);
    this.keep(message, guess);
    if (fresh) {
      const { conversation_id, seq, change, at, author } = message;
      const kind = message.seq > (this.record?.last_seq ?? 0) ? "sent" : "edited";
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
    const message = this.summary.take(change);
    if (message && message.author.user_id !== this.selfId) this.reading.count(message.seq);
  }

  private noteReceipt(frame: ReceiptFrame): void {
    if (frame.user_id !== this.selfId) this.summary.hear(frame);
    else if (!this.reading.hear(frame)) return;
    else if (frame.mentions !== undefined) this.summary.mentions(frame.mentions);
    this.changed();
  }

  private changed(): void {
    this.shown = this.views.all(this.ledger.messages, this.ledger.later ? [] : this.sending.waiting);
    this.emit("change", this.shown);
  }
}
