import type {
  AttachmentRecord,
  ChangeRecord,
  ConversationKind,
  ConversationRecord,
  MemberRecord,
  MessageRecord,
  PersonRecord,
  SyncReply,
} from "../rest/records";
import { Refusal } from "./refusal";

interface Member {
  person: PersonRecord;
  role: "owner" | "member";
  readSeq: number;
  deliveredSeq: number;
  joinedAt: string;
}

interface Talk {
  id: string;
  kind: ConversationKind;
  title: string | undefined;
  meetingId: string | undefined;
  members: Map<string, Member>;
  messages: MessageRecord[];
  changes: ChangeRecord[];
  createdAt: string;
}

interface Writer {
  user: string;
  name: string;
}

type Fields = Record<string, unknown>;

const MEETING = "m_";

/** Conversations of one small system in memory, by the same rules of numbers as the real one. */
export class MockMessages {
  private readonly talks = new Map<string, Talk>();
  private readonly cursors = new Map<string, Map<string, number>>();
  private counter = 0;
  private clock = 0;
  /** How somebody's sockets are told, except one; set by the system. */
  tell: (user: string, frame: Fields, exceptTicket?: string) => void = () => undefined;
  /** Set by the system: who has this name. */
  find: (username: string) => (PersonRecord & { username: string }) | undefined = () => undefined;
  personOf: (userId: string) => PersonRecord = (user_id) => ({ user_id, name: user_id });
  /** How many changes are kept; older ones are forgotten. */
  kept = Number.POSITIVE_INFINITY;

  /** Answers a call, or undefined for what is not about messages. */
  answer(method: string, path: string, query: URLSearchParams, body: Fields, writer: Writer): unknown {
    const [, root, id, area, number, act, emoji] = path.split("/").map(decodeURIComponent);
    if (root === "users" && id === "lookup") return this.lookUp(query.get("username") ?? "");
    if (root === "sync") return this.sync(writer, query.get("since") ?? undefined);
    if (root === "search") return this.search(writer, query);
    if (root !== "conversations") return undefined;
    if (!id) return method === "POST" ? this.begin(body, writer) : { list: this.listOf(writer), total: 0 };
    const talk = this.enter(id, writer);
    const seq = Number(number);
    if (!area && method === "PUT") return this.rename(talk, writer, String(body["title"]));
    if (!area) return this.show(talk, writer);
    if (area === "changes") return this.changesAfter(talk, Number(query.get("after") ?? 0));
    if (area === "read") return this.mark(talk, writer, Number(body["seq"]), Number(body["seq"]));
    if (area === "members") return this.members(method, talk, writer, number, body);
    if (area !== "messages") throw new Refusal(404, "route.not_found");
    if (!number) return method === "POST" ? this.send(talk, body, writer) : this.history(talk, query);
    const message = talk.messages[seq - 1];
    if (!message) throw new Refusal(404, "message.not_found");
    if (act === "reactions")
      return this.react(talk, message, emoji ?? String(body["emoji"]), method === "POST", writer);
    if (method === "PUT") return this.edit(talk, message, body, writer);
    if (method === "DELETE") return this.recall(talk, message, writer);
    return message;
  }

  /** Takes a command of a socket. @returns what is in the answer, or undefined for what is not about messages */
  frame(frame: Fields, writer: Writer, ticket: string): Fields | undefined {
    try {
      return this.take(frame, writer, ticket);
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      return { type: "error", code: refusal.code, message: refusal.code };
    }
  }

  /** Writes as somebody else, for scripts and tests. */
  say(id: string, from: PersonRecord, text: string, more: Fields = {}): MessageRecord {
    const talk = this.enter(id, { user: from.user_id, name: from.name ?? "" });
    return this.send(
      talk,
      { client_msg_id: `k${++this.counter}`, text, ...more },
      {
        user: from.user_id,
        name: from.name ?? "",
      },
    );
  }

  /** Everything that is in a conversation. */
  truth(id: string): readonly MessageRecord[] {
    return this.talks.get(id)?.messages ?? [];
  }

  private take(frame: Fields, writer: Writer, ticket: string): Fields | undefined {
    const id =
      frame["type"] === "chat" ? `${MEETING}${String(frame["room_id"])}` : String(frame["conversation_id"]);
    switch (frame["type"]) {
      case "chat":
      case "message": {
        const { seq, change } = this.send(this.enter(id, writer), frame, writer, ticket);
        return { seq, change };
      }
      case "receipt":
        this.mark(
          this.enter(id, writer),
          writer,
          Number(frame["delivered"] ?? 0),
          Number(frame["read"] ?? 0),
          ticket,
        );
        return {};
      case "typing": {
        const told = {
          type: "typing",
          conversation_id: id,
          user_id: writer.user,
          name: writer.name,
          on: frame["on"],
        };
        for (const user of this.enter(id, writer).members.keys())
          if (user !== writer.user) this.tell(user, told);
        return {};
      }
      case "presence":
        return { type: "presence", people: [] };
      default:
        return undefined;
    }
  }

  private lookUp(username: string): unknown {
    const found = this.find(username);
    if (!found) throw new Refusal(404, "user.not_found");
    return { user_id: found.user_id, username: found.username, nickname: found.name, avatar: found.avatar };
  }

  private enter(id: string, writer: Writer): Talk {
    let talk = this.talks.get(id);
    if (id.startsWith(MEETING)) {
      talk ??= this.create(id, "meeting", undefined, id.slice(MEETING.length));
      if (!talk.members.has(writer.user))
        this.admit(talk, writer.user, writer.name, "member", talk.messages.length);
    }
    if (!talk?.members.has(writer.user)) throw new Refusal(404, "conversation.not_found");
    return talk;
  }

  private create(id: string, kind: ConversationKind, title?: string, meetingId?: string): Talk {
    const talk: Talk = {
      id,
      kind,
      title,
      meetingId,
      members: new Map(),
      messages: [],
      changes: [],
      createdAt: this.now(),
    };
    this.talks.set(id, talk);
    return talk;
  }

  private admit(talk: Talk, user: string, name: string | undefined, role: Member["role"], readSeq = 0): void {
    const person = { ...this.personOf(user), ...(name ? { name } : {}) };
    talk.members.set(user, { person, role, readSeq, deliveredSeq: readSeq, joinedAt: this.now() });
  }

  private begin(body: Fields, writer: Writer): ConversationRecord {
    if (body["kind"] === "meeting")
      return this.show(this.enter(`${MEETING}${String(body["meeting_id"])}`, writer), writer);
    const others = body["kind"] === "direct" ? [String(body["user_id"])] : (body["user_ids"] as string[]);
    const id =
      body["kind"] === "direct" ? `d_${[writer.user, ...others].sort().join("-")}` : `c_${++this.counter}`;
    const had = this.talks.get(id);
    if (had) return this.show(had, writer);
    const group = body["kind"] === "group";
    const talk = this.create(id, group ? "group" : "direct", group ? String(body["title"]) : undefined);
    this.admit(talk, writer.user, undefined, group ? "owner" : "member");
    for (const other of others) this.admit(talk, other, undefined, "member");
    this.happen(talk, { kind: "created" }, writer);
    return this.show(talk, writer);
  }

  private rename(talk: Talk, writer: Writer, title: string): ConversationRecord {
    talk.title = title;
    this.happen(talk, { kind: "renamed", title }, writer);
    return this.show(talk, writer);
  }

  private members(
    method: string,
    talk: Talk,
    writer: Writer,
    user: string | undefined,
    body: Fields,
  ): unknown {
    if (method === "POST") {
      const added = (body["user_ids"] as string[]).filter((id) => !talk.members.has(id));
      for (const id of added) this.admit(talk, id, undefined, "member", talk.messages.length);
      this.happen(talk, { kind: "joined", users: added.map((id) => this.personOf(id)) }, writer);
    }
    if (method === "DELETE") {
      this.happen(talk, { kind: "left", users: [this.personOf(user!)] }, writer);
      talk.members.delete(user!);
      return {};
    }
    const list: MemberRecord[] = [...talk.members.values()].map((member) => ({
      person: member.person,
      role: member.role,
      joined_at: member.joinedAt,
      delivered_seq: member.deliveredSeq,
      read_seq: member.readSeq,
    }));
    return { list: talk.kind === "meeting" ? [] : list, total: list.length };
  }

  private send(talk: Talk, draft: Fields, writer: Writer, ticket?: string): MessageRecord {
    const name = String(draft["client_msg_id"]);
    const had = talk.messages.find((one) => one.client_msg_id === name && one.author.user_id === writer.user);
    if (had) return had;
    const message: MessageRecord = {
      conversation_id: talk.id,
      seq: talk.messages.length + 1,
      change: talk.changes.length + 1,
      author: talk.members.get(writer.user)!.person,
      at: this.now(),
      text: String(draft["text"]),
      client_msg_id: name,
      ...(draft["reply_to"] ? { reply_to: Number(draft["reply_to"]) } : {}),
      ...(draft["mentions"] ? { mentions: draft["mentions"] as string[] } : {}),
      ...(draft["attachments"] ? { attachments: draft["attachments"] as AttachmentRecord[] } : {}),
    };
    talk.messages.push(message);
    this.happen(talk, { kind: "sent", seq: message.seq, message }, writer, ticket);
    return message;
  }

  private edit(talk: Talk, message: MessageRecord, body: Fields, writer: Writer): MessageRecord {
    if (message.author.user_id !== writer.user) throw new Refusal(403, "message.author");
    return this.alter(talk, message, { text: String(body["text"]), edited_at: this.now() }, "edited", writer);
  }

  private recall(talk: Talk, message: MessageRecord, writer: Writer): MessageRecord {
    if (message.author.user_id !== writer.user && talk.kind !== "meeting")
      throw new Refusal(403, "message.author");
    const {
      text: _text,
      mentions: _mentions,
      reactions: _reactions,
      attachments: _attachments,
      ...rest
    } = message;
    talk.messages[message.seq - 1] = rest;
    return this.alter(talk, rest, { recalled_at: this.now(), recalled_by: writer.user }, "recalled", writer);
  }

  private react(
    talk: Talk,
    message: MessageRecord,
    emoji: string,
    on: boolean,
    writer: Writer,
  ): MessageRecord {
    const others = (message.reactions ?? []).map((one) =>
      one.emoji === emoji ? { ...one, users: one.users.filter((user) => user !== writer.user) } : one,
    );
    if (on && !others.some((one) => one.emoji === emoji)) others.push({ emoji, count: 0, users: [] });
    const reactions = others
      .map((one) => (on && one.emoji === emoji ? { ...one, users: [...one.users, writer.user] } : one))
      .map((one) => ({ ...one, count: one.users.length }))
      .filter((one) => one.count > 0);
    return this.alter(talk, message, { reactions }, "reacted", writer);
  }

  private alter(
    talk: Talk,
    message: MessageRecord,
    patch: Partial<MessageRecord>,
    kind: ChangeRecord["kind"],
    writer: Writer,
  ): MessageRecord {
    const now = { ...message, ...patch, change: talk.changes.length + 1 };
    talk.messages[message.seq - 1] = now;
    this.happen(talk, { kind, seq: now.seq, message: now }, writer);
    return now;
  }

  private happen(
    talk: Talk,
    what: Partial<ChangeRecord> & { kind: ChangeRecord["kind"] },
    by: Writer,
    ticket?: string,
  ): void {
    const change: ChangeRecord = {
      conversation_id: talk.id,
      change: talk.changes.length + 1,
      by: talk.members.get(by.user)?.person ?? { user_id: by.user, name: by.name },
      at: this.now(),
      ...what,
    };
    talk.changes.push(change);
    const frame =
      talk.kind === "meeting" && what.message && what.kind === "sent" ? chatOf(talk, what.message) : change;
    for (const user of talk.members.keys()) this.tell(user, { type: "message", ...frame }, ticket);
  }

  private changesAfter(talk: Talk, after: number): unknown {
    const oldest = talk.changes.length - this.kept;
    const last_change = talk.changes.length;
    if (after < oldest) return { list: [], last_change, more: false, resync: true };
    return { list: this.current(talk, after), last_change, more: false, resync: false };
  }

  /** Changes, each with its message as it is now. */
  private current(talk: Talk, after: number): ChangeRecord[] {
    return talk.changes
      .slice(after)
      .map((change) => (change.seq ? { ...change, message: talk.messages[change.seq - 1]! } : change));
  }

  private history(talk: Talk, query: URLSearchParams): unknown {
    const limit = Number(query.get("limit") ?? 50);
    const after = query.get("after_seq");
    const before = Number(query.get("before_seq") ?? Number.POSITIVE_INFINITY);
    const all = talk.messages.filter(({ seq }) => (after === null ? seq < before : seq > Number(after)));
    const list = after === null ? all.slice(-limit) : all.slice(0, limit);
    return {
      list,
      last_seq: talk.messages.length,
      last_change: talk.changes.length,
      more: list.length < all.length,
    };
  }

  private mark(talk: Talk, writer: Writer, delivered: number, read: number, ticket?: string): unknown {
    const member = talk.members.get(writer.user)!;
    member.readSeq = Math.max(member.readSeq, Math.min(read, talk.messages.length));
    member.deliveredSeq = Math.max(member.deliveredSeq, member.readSeq, delivered);
    const shown = this.show(talk, writer);
    for (const user of talk.members.keys()) {
      const own = user === writer.user;
      if (!own && talk.kind === "meeting") continue;
      const receipt = {
        type: "receipt",
        conversation_id: talk.id,
        user_id: writer.user,
        delivered_seq: member.deliveredSeq,
        read_seq: member.readSeq,
        ...(own ? { unread: shown.unread, mentions: shown.mentions } : {}),
      };
      this.tell(user, receipt, ticket);
    }
    return { read_seq: member.readSeq, unread: shown.unread, mentions: shown.mentions };
  }

  private show(talk: Talk, writer: Writer): ConversationRecord {
    const member = talk.members.get(writer.user)!;
    const peer =
      talk.kind === "direct" ? [...talk.members.values()].find((one) => one !== member) : undefined;
    const unread = talk.messages
      .slice(member.readSeq)
      .filter((one) => one.author.user_id !== writer.user && !one.recalled_at);
    const last = talk.messages.at(-1);
    return {
      conversation_id: talk.id,
      kind: talk.kind,
      ...(talk.title ? { title: talk.title } : {}),
      ...(talk.meetingId ? { meeting_id: talk.meetingId } : {}),
      ...(peer
        ? { peer: peer.person, peer_read_seq: peer.readSeq, peer_delivered_seq: peer.deliveredSeq }
        : {}),
      role: member.role,
      members: talk.members.size,
      last_seq: talk.messages.length,
      last_change: talk.changes.length,
      read_seq: member.readSeq,
      unread: unread.length,
      mentions: unread.filter((one) => one.mentions?.includes(writer.user)).length,
      ...(last ? { last_message: last } : {}),
      created_at: talk.createdAt,
      updated_at: talk.changes.at(-1)?.at ?? talk.createdAt,
    };
  }

  private listOf(writer: Writer): ConversationRecord[] {
    return [...this.talks.values()]
      .filter((talk) => talk.members.has(writer.user))
      .map((talk) => this.show(talk, writer));
  }

  private sync(writer: Writer, since: string | undefined): SyncReply {
    const known = since === undefined ? undefined : this.cursors.get(since);
    const all = this.listOf(writer);
    const different = all.filter((one) => known?.get(one.conversation_id) !== one.last_change);
    const cursor = `y_${++this.counter}`;
    this.cursors.set(cursor, new Map(all.map((one) => [one.conversation_id, one.last_change])));
    const missed = different.filter((one) => known?.has(one.conversation_id));
    const reload = missed.filter((one) => known!.get(one.conversation_id)! < one.last_change - this.kept);
    return {
      since: cursor,
      more: false,
      resync: since !== undefined && !known,
      conversations: different,
      reload: reload.map((one) => one.conversation_id),
      left: [...(known?.keys() ?? [])].filter((id) => !all.some((one) => one.conversation_id === id)),
      changes: missed
        .filter((one) => !reload.includes(one))
        .flatMap(({ conversation_id: id }) => this.current(this.talks.get(id)!, known!.get(id)!)),
    };
  }

  private search(writer: Writer, query: URLSearchParams): unknown {
    const words = (query.get("q") ?? "").toLowerCase().split(/\s+/).filter(Boolean);
    const only = query.get("conversation_id");
    const list = [...this.talks.values()]
      .filter((talk) => talk.members.has(writer.user) && (!only || talk.id === only))
      .flatMap((talk) => talk.messages)
      .filter((one) => words.every((word) => one.text?.toLowerCase().includes(word)))
      .sort((a, b) => b.at.localeCompare(a.at));
    return { list: list.slice(0, 20), more: list.length > 20 };
  }

  private now(): string {
    this.clock = Math.max(this.clock + 1, Date.now());
    return new Date(this.clock).toISOString();
  }
}

/** What is written in a meeting comes as `chat`. */
function chatOf(talk: Talk, message: MessageRecord): Fields {
  return {
    type: "chat",
    room_id: talk.meetingId,
    from: message.author.user_id,
    display_name: message.author.name,
    text: message.text,
    client_msg_id: message.client_msg_id,
    at: message.at,
    seq: message.seq,
    conversation_id: talk.id,
    change: message.change,
    ...(message.reply_to ? { reply_to: message.reply_to } : {}),
    ...(message.mentions ? { mentions: message.mentions } : {}),
    ...(message.attachments ? { attachments: message.attachments } : {}),
  };
}
