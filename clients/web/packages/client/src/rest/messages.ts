import type { Http } from "./http";
import type {
  ChangePage,
  ConversationRecord,
  MemberRecord,
  MessagePage,
  MessageRecord,
  SyncReply,
  UserCard,
} from "./records";

export type ConversationDraft =
  | { kind: "direct"; user_id: string }
  | { kind: "group"; title: string; user_ids: string[] }
  | { kind: "meeting"; meeting_id: string };

/** How a question is asked, of whatever kind of thing. */
export interface SearchOptions {
  /** Where the reply before left off. */
  cursor?: string | undefined;
  /** How many, 1 to 50. */
  limit?: number;
  signal?: AbortSignal;
}

/** The messages part of the REST API, one method a route. */
export class Messages {
  constructor(private readonly http: Http) {}

  /** @param username exact user name or e-mail address */
  lookUp(username: string): Promise<UserCard> {
    return this.http.call("GET", `/users/lookup?${new URLSearchParams({ username })}`);
  }

  begin(draft: ConversationDraft): Promise<ConversationRecord> {
    return this.http.call("POST", "/conversations", { body: draft });
  }

  conversation(id: string): Promise<ConversationRecord> {
    return this.http.call("GET", path(id));
  }

  rename(id: string, title: string): Promise<ConversationRecord> {
    return this.http.call("PUT", path(id), { body: { title } });
  }

  async members(id: string): Promise<MemberRecord[]> {
    return (await this.http.call<{ list: MemberRecord[] }>("GET", `${path(id)}/members`)).list;
  }

  async addMembers(
    id: string,
    userIds: readonly string[],
    role?: "owner" | "member",
  ): Promise<MemberRecord[]> {
    const body = { user_ids: userIds, ...(role ? { role } : {}) };
    return (await this.http.call<{ list: MemberRecord[] }>("POST", `${path(id)}/members`, { body })).list;
  }

  removeMember(id: string, userId: string): Promise<void> {
    return this.http.call("DELETE", `${path(id)}/members/${encodeURIComponent(userId)}`);
  }

  /** Messages in order: those before or after a number, or the last ones. */
  history(id: string, where: { before?: number; after?: number; limit?: number } = {}): Promise<MessagePage> {
    const query = new URLSearchParams();
    if (where.before !== undefined) query.set("before_seq", String(where.before));
    if (where.after !== undefined) query.set("after_seq", String(where.after));
    query.set("limit", String(where.limit ?? 50));
    return this.http.call("GET", `${path(id)}/messages?${query}`);
  }

  message(id: string, seq: number): Promise<MessageRecord> {
    return this.http.call("GET", `${path(id)}/messages/${seq}`);
  }

  edit(id: string, seq: number, text: string, mentions?: readonly string[]): Promise<MessageRecord> {
    const body = { text, ...(mentions ? { mentions } : {}) };
    return this.http.call("PUT", `${path(id)}/messages/${seq}`, { body });
  }

  recall(id: string, seq: number): Promise<MessageRecord> {
    return this.http.call("DELETE", `${path(id)}/messages/${seq}`);
  }

  react(id: string, seq: number, emoji: string): Promise<MessageRecord> {
    return this.http.call("POST", `${path(id)}/messages/${seq}/reactions`, { body: { emoji } });
  }

  unreact(id: string, seq: number, emoji: string): Promise<MessageRecord> {
    return this.http.call("DELETE", `${path(id)}/messages/${seq}/reactions/${encodeURIComponent(emoji)}`);
  }

  changes(id: string, after: number): Promise<ChangePage> {
    return this.http.call("GET", `${path(id)}/changes?after=${after}&limit=100`);
  }

  sync(since?: string): Promise<SyncReply> {
    return this.http.call("GET", `/sync${since ? `?${new URLSearchParams({ since })}` : ""}`);
  }

  search(
    question: string,
    options: SearchOptions & { conversationId?: string } = {},
  ): Promise<{ list: MessageRecord[]; more: boolean; cursor?: string }> {
    const query = questionOf(question, options);
    if (options.conversationId) query.set("conversation_id", options.conversationId);
    return this.http.call("GET", `/search?${query}`, options.signal ? { signal: options.signal } : {});
  }
}

export function questionOf(question: string, { cursor, limit }: SearchOptions): URLSearchParams {
  const query = new URLSearchParams({ q: question });
  if (cursor) query.set("cursor", cursor);
  if (limit !== undefined) query.set("limit", String(limit));
  return query;
}

const path = (id: string): string => `/conversations/${encodeURIComponent(id)}`;
