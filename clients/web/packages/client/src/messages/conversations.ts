import { Backoff } from "../backoff";
import { Emitter } from "../emitter";
import { asParleyError } from "../errors";
import type { Messages, SearchOptions } from "../rest/messages";
import type {
  ChangeRecord,
  ConversationRecord,
  MessageRecord,
  PresenceState,
  SyncReply,
  UserCard,
} from "../rest/records";
import type { ServerFrame } from "../signaling/frames";
import type { SignalingSocket, SocketState } from "../signaling/socket";
import { Conversation } from "./conversation";
import { messageOf, type Message } from "./message";
import type { Unsent } from "./unsent";

export interface ConversationsEvents {
  /** {@link Conversations.all}, or anything that a list shows of one of them, is different. */
  change: readonly Conversation[];
  /** How many messages are not read, of all conversations. */
  unread: number;
  /** Somebody else wrote, just now. */
  message: { conversation: Conversation; message: Message };
  /** {@link Conversations.presenceOf} is different for somebody. */
  presence: void;
  connection: SocketState;
}

export interface ConversationsParts {
  api: Messages;
  self: { userId: () => string; name: () => string };
  /** Of no meeting; whoever made it opens and closes it. */
  socket: SignalingSocket;
  backoff?: Backoff;
  newId?: () => string;
  /** As of {@link ConversationParts}. */
  unsent?: Unsent;
}

export interface Found {
  readonly conversation: Conversation;
  readonly message: Message;
}

/** How this person is, is said so often; more often for a while when somebody looks, who reads it anew each minute. */
const PRESENCE_SECONDS = 5 * 60;
const LOOKED_AT_MILLIS = 5 * 60_000;
const LOOK_MILLIS = 60_000;
const SYNC_SOON_MILLIS = 1_000;

/**
 * The conversations of the person who is signed in. Devices and tabs come to the same: what was missed while the
 * connection was away is read when it is back. Made by {@link Parley.conversations}.
 */
export class Conversations extends Emitter<ConversationsEvents> {
  private readonly known = new Map<string, Conversation>();
  private readonly presence = new Map<string, PresenceState>();
  private readonly socket: SignalingSocket;
  private readonly backoff: Backoff;
  private readonly stops: readonly (() => void)[];
  private readonly device = crypto.randomUUID();
  private cursor: string | undefined;
  private syncing: Promise<void> | undefined;
  private soon: ReturnType<typeof setTimeout> | undefined;
  private present: ReturnType<typeof setInterval> | undefined;
  private lookedAt: ReturnType<typeof setInterval> | undefined;
  private unseen: ReturnType<typeof setTimeout> | undefined;
  private every = PRESENCE_SECONDS;
  private how: PresenceState = "online";
  private failure: unknown;
  private isLoaded = false;
  private toldUnread = 0;
  private closed = false;

  constructor(private readonly parts: ConversationsParts) {
    super();
    this.backoff = parts.backoff ?? new Backoff(1_000, 60_000);
    this.socket = parts.socket;
    this.stops = [
      this.socket.on("frame", (frame) => this.hear(frame)),
      this.socket.on("state", (state) => {
        this.emit("connection", state);
        if (state === "open") void this.arrive();
      }),
      this.socket.on("moved", () => void this.arrive()),
    ];
  }

  /** All of them, the one with the latest message first. */
  get all(): readonly Conversation[] {
    return [...this.known.values()].sort((a, b) => timeOf(b).localeCompare(timeOf(a)));
  }

  /** Whether {@link all} is what there is. */
  get loaded(): boolean {
    return this.isLoaded;
  }

  /** Why the list could not be read; undefined when it could. */
  get error(): unknown {
    return this.failure;
  }

  get unread(): number {
    let sum = 0;
    for (const conversation of this.known.values()) sum += conversation.unread;
    return sum;
  }

  get connection(): SocketState {
    return this.socket.state;
  }

  /** Reads the list, and keeps it up to date; used by {@link Parley.conversations}. */
  start(): void {
    void this.sync();
    this.present = setInterval(() => void this.tellPresence(), PRESENCE_SECONDS * 1_000);
  }

  find(id: string): Conversation | undefined {
    return this.known.get(id);
  }

  /** Comes to a conversation by its id. Fails with `conversation.not_found` for one that this person is not in. */
  async open(id: string): Promise<Conversation> {
    return this.known.get(id) ?? this.put(await this.parts.api.conversation(id));
  }

  /** The conversation with somebody. @param username exact user name or e-mail address */
  async direct(username: string): Promise<Conversation> {
    const { user_id } = await this.parts.api.lookUp(username);
    return this.put(await this.parts.api.begin({ kind: "direct", user_id }));
  }

  async group(title: string, userIds: readonly string[]): Promise<Conversation> {
    return this.put(await this.parts.api.begin({ kind: "group", title, user_ids: [...userIds] }));
  }

  /** Who has this name. @param username exact user name or e-mail address */
  lookUp(username: string): Promise<UserCard> {
    return this.parts.api.lookUp(username);
  }

  async leave(conversation: Conversation): Promise<void> {
    await this.parts.api.removeMember(conversation.id, this.parts.self.userId());
    this.forget(conversation.id);
  }

  /** Messages with all of these words, the newest first. */
  async search(
    question: string,
    options: SearchOptions & { conversationId?: string } = {},
  ): Promise<{ found: Found[]; more: boolean; cursor?: string }> {
    const { list, more, cursor } = await this.parts.api.search(question, options);
    const found: Found[] = [];
    for (const record of list) {
      const conversation = await this.open(record.conversation_id);
      found.push({ conversation, message: messageOf(record, this.parts.self.userId()) });
    }
    return { found, more, ...(cursor ? { cursor } : {}) };
  }

  presenceOf(userId: string): PresenceState {
    return this.presence.get(userId) ?? "offline";
  }

  /** Says how this person is; `online` when nothing is said. */
  setPresence(state: PresenceState): void {
    if (state === this.how) return;
    this.how = state;
    void this.tellPresence(false);
  }

  /** Somebody sees here how the others are, until what this answers is called. Nobody does while this person is away. */
  look(): () => void {
    const look = () => void (this.how === "away" ? undefined : this.tellPresence());
    const looking = setInterval(look, LOOK_MILLIS);
    look();
    return () => clearInterval(looking);
  }

  /** Reads what is different since the last time. What fails is tried again by itself where that may help. */
  sync(): Promise<void> {
    clearTimeout(this.soon);
    this.soon = undefined;
    if (this.closed) return Promise.resolve();
    return (this.syncing ??= this.readAll().finally(() => (this.syncing = undefined)));
  }

  close(): void {
    if (this.closed) return;
    if (this.socket.state === "open") {
      this.socket
        .command({ type: "presence", state: "offline", device: this.device, watch: false })
        .catch(() => undefined);
    }
    this.closed = true;
    clearTimeout(this.soon);
    clearInterval(this.present);
    clearInterval(this.lookedAt);
    clearTimeout(this.unseen);
    for (const stop of this.stops) stop();
    for (const conversation of this.known.values()) conversation.close();
    this.known.clear();
    this.removeAllListeners();
  }

  private async arrive(): Promise<void> {
    void this.tellPresence();
    await this.sync();
    for (const conversation of this.known.values()) {
      if (conversation.state !== "idle") void conversation.resume();
    }
  }

  private async readAll(): Promise<void> {
    try {
      for (let more = true; more && !this.closed;) {
        const reply = await this.parts.api.sync(this.cursor);
        await this.take(reply, this.cursor === undefined || reply.resync);
        this.cursor = reply.since;
        more = reply.more;
      }
      this.isLoaded = true;
      this.failure = undefined;
      this.backoff.reset();
    } catch (thrown) {
      this.failure = thrown;
      if (asParleyError(thrown).transient) this.syncSoon(this.backoff.nextMillis());
    }
    this.changed();
  }

  private async take(reply: SyncReply, anew: boolean): Promise<void> {
    if (reply.resync) {
      const listed = new Set(reply.conversations.map((record) => record.conversation_id));
      for (const id of [...this.known.keys()]) if (!reply.more && !listed.has(id)) this.forget(id);
    }
    for (const change of reply.changes) this.known.get(change.conversation_id)?.take(change);
    for (const record of reply.conversations) this.put(record);
    for (const id of reply.left) this.forget(id);
    const again = anew ? [...this.known.keys()] : reply.reload;
    for (const id of again) {
      const conversation = this.known.get(id);
      if (conversation?.state === "ready") await conversation.reload();
    }
  }

  private put(record: ConversationRecord): Conversation {
    const id = record.conversation_id;
    let conversation = this.known.get(id);
    if (!conversation) {
      const { api, self, newId, unsent } = this.parts;
      conversation = new Conversation({
        id,
        socket: this.socket,
        api,
        self,
        ...(newId ? { newId } : {}),
        ...(unsent ? { unsent } : {}),
      });
      this.known.set(id, conversation);
      this.follow(conversation);
    }
    conversation.inform(record);
    return conversation;
  }

  private follow(conversation: Conversation): void {
    conversation.on("change", () => this.changed());
    conversation.on("message", (message) => this.emit("message", { conversation, message }));
  }

  private forget(id: string): void {
    const conversation = this.known.get(id);
    if (!conversation) return;
    this.known.delete(id);
    conversation.close();
    this.changed();
  }

  private hear(frame: ServerFrame): void {
    if (frame.type === "presence" && frame.every) return this.sayOften(frame.every);
    if (frame.type === "presence") {
      // The answer to a question has everybody who is there.
      if (frame.id) this.presence.clear();
      for (const { user_id, state } of frame.people) this.presence.set(user_id, state);
      return this.emit("presence", undefined);
    }
    if (frame.type === "message") return this.hearChange(frame);
    for (const conversation of this.known.values()) if (conversation.hear(frame)) return;
  }

  private hearChange(change: ChangeRecord & { type: "message" }): void {
    const conversation = this.known.get(change.conversation_id);
    const gone =
      change.kind === "left" && change.users?.some((user) => user.user_id === this.parts.self.userId());
    if (gone) return this.forget(change.conversation_id);
    if (!conversation) return this.syncSoon();
    const before = conversation.record;
    conversation.hear(change);
    // Of one that nobody looks at, nothing but its number tells that something is missing.
    const expected = (before?.last_change ?? 0) + 1;
    if (conversation.state === "idle" && change.change > expected) this.syncSoon();
  }

  private syncSoon(millis = SYNC_SOON_MILLIS): void {
    if (this.closed) return;
    this.soon ??= setTimeout(() => void this.sync(), millis);
  }

  /** @param watch whether to ask how the others are, too */
  private async tellPresence(watch = true): Promise<void> {
    if (this.socket.state !== "open") return;
    await this.socket
      .command({ type: "presence", state: this.how, device: this.device, every: this.every, watch })
      .catch(() => undefined);
  }

  /** Somebody looks: now, and for a while again. */
  private sayOften(seconds: number): void {
    this.every = seconds;
    clearInterval(this.lookedAt);
    clearTimeout(this.unseen);
    void this.tellPresence(false);
    this.lookedAt = setInterval(() => void this.tellPresence(false), seconds * 1_000);
    this.unseen = setTimeout(() => {
      clearInterval(this.lookedAt);
      this.every = PRESENCE_SECONDS;
      void this.tellPresence(false);
    }, LOOKED_AT_MILLIS);
  }

  private changed(): void {
    this.emit("change", this.all);
    const { unread } = this;
    if (unread === this.toldUnread) return;
    this.toldUnread = unread;
    this.emit("unread", unread);
  }
}

function timeOf(conversation: Conversation): string {
  const { record } = conversation;
  const last: MessageRecord | undefined = record?.last_message;
  return last?.at ?? record?.updated_at ?? "";
}
