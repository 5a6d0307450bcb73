import { MockBreakouts } from "./breakouts";
import type { Fetch } from "../rest/http";
import type { MockAdmin } from "./admin";
import { MockFiles } from "./files";
import { MockNotifications } from "./notifications";
import { MockMessages } from "./messages";
import { Refusal } from "./refusal";
import { MockQuality } from "./quality";
import { MockWebhooks } from "./webhooks";
import type { ChannelMessage } from "../media/messages";
import type {
  GuestPass,
  JoinReply,
  LoginSession,
  MediaOffer,
  MeetingRecord,
  ParticipantRecord,
  PollDraft,
  PollRecord,
  Role,
  User,
} from "../rest/records";

/** The media side of the mock: it answers an offer. */
export interface MockMedia {
  answer(offer: MediaOffer, participant: { id: string; user: string; name: string }): Promise<string>;
  act(act: "kick" | "mute" | "mute-all" | "end", user?: string): void;
  role?(user: string, role: Role): void;
  /** Says it to whoever is in the meeting. */
  tell?(message: ChannelMessage): void;
  people(): { participant: string; user: string; name: string }[];
}

interface Call {
  method: string;
  path: string;
  body: Record<string, unknown>;
  bearer: string | undefined;
}

type MockPoll = PollDraft & {
  id: string;
  closed: boolean;
  created_at: string;
  ballots: Map<string, number[]>;
};

const HOUR_MILLIS = 3_600_000;
/** The code of every mail that the mock does not send. */
export const MOCK_CODE = "7K3M-9QXA";

/** The REST API of one small system in memory: the same routes, envelopes and codes as the real one. */
export class MockRest {
  readonly meetings = new Map<string, MeetingRecord & { password?: string; locked?: boolean }>();
  readonly waiting: ParticipantRecord[] = [];
  /** Set for a system that somebody looks after. */
  admin: MockAdmin | undefined;
  readonly messages = new MockMessages();
  readonly files = new MockFiles();
  readonly notifications = new MockNotifications();
  readonly webhooks = new MockWebhooks();
  readonly quality = new MockQuality();
  /** Who a socket's ticket was given to. */
  readonly tickets = new Map<string, { user: string; name: string }>();
  readonly banned = new Set<string>();
  readonly polls: MockPoll[] = [];
  /** Closed until a host opens them. */
  readonly breakouts = new MockBreakouts(
    (user) => this.media?.people().find((one) => one.user === user)?.name ?? user,
  );
  /** Every call made, `METHOD /path`. */
  readonly calls: string[] = [];
  private readonly users = new Map<string, User & { password: string }>();
  private readonly bearers = new Map<string, { user: string; name: string }>();
  private session: string | undefined;
  private readonly signedIn: LoginSession[] = [
    signedIn("s_here", "Firefox", "Linux", "192.0.2.17", true),
    signedIn("s_phone", "Safari", "iPhone", "198.51.100.4", false),
  ];
  private counter = 0;

  constructor(
    private readonly media?: MockMedia,
    private readonly socketUrl = "ws://mock.invalid/ws/signaling",
  ) {
    this.messages.find = (username) => {
      const user = this.users.get(username);
      return user && { user_id: user.id, name: user.nickname ?? username, username };
    };
    this.files.nameOf = (id) => this.messages.personOf(id).name ?? id;
    this.messages.personOf = (id) => {
      const user = [...this.users.values()].find((one) => one.id === id);
      return { user_id: id, name: user?.nickname ?? id };
    };
  }

  /** Adds an account. */
  addUser(username: string, password: string, nickname = username): User {
    const user = {
      id: `u_${++this.counter}`,
      username,
      email: `${username}@example.org`,
      nickname,
      role: "user",
      password,
    };
    this.users.set(username, user);
    return user;
  }

  addMeeting(meeting: Partial<MeetingRecord> & { meeting_id: string; password?: string }): MeetingRecord {
    const full = {
      title: "Meeting",
      host_id: "u_host",
      status: "active" as const,
      meeting_type: "video",
      max_participants: 100,
      has_password: Boolean(meeting.password),
      settings: { enable_chat: true, enable_screen_share: true },
      created_at: new Date().toISOString(),
      ...meeting,
    };
    this.meetings.set(full.meeting_id, full);
    return full;
  }

  /** Signs a browser in as if it had the refresh cookie already. */
  rememberSession(username: string): void {
    this.session = username;
  }

  readonly fetch: Fetch = async (input, init) => {
    const { pathname, search } = new URL(input, "http://mock.invalid");
    const headers = new Headers(init.headers);
    const call: Call = {
      method: init.method ?? "GET",
      path: pathname.replace(/^\/api\/v1/, ""),
      body: typeof init.body === "string" ? (JSON.parse(init.body) as Record<string, unknown>) : {},
      bearer: headers.get("authorization")?.replace("Bearer ", ""),
    };
    this.calls.push(`${call.method} ${call.path}`);
    try {
      const data = await this.answer(call, new URLSearchParams(search));
      return reply(200, { code: 200, message: "ok", data });
    } catch (error) {
      const refusal = error instanceof Refusal ? error : new Refusal(500, "internal");
      return reply(refusal.status, {
        code: refusal.status,
        message: refusal.code,
        error: refusal.code,
        request_id: `r-${++this.counter}`,
      });
    }
  };

  private async answer(call: Call, query: URLSearchParams): Promise<unknown> {
    const managed = this.admin?.answer(call.method, call.path, query, call.body);
    if (managed !== undefined) return managed;
    const [, root, id, area, who, act] = call.path.split("/");
    if (root === "sessions") return this.sessions(call, id);
    if (root === "search" && id) return this.search(id, query, this.caller(call));
    if (/^(conversations|sync|search|users)$/.test(root ?? "")) {
      return this.messages.answer(call.method, call.path, query, call.body, this.caller(call));
    }
    if (/^(files|devices|pushes)$/.test(root ?? "")) {
      return this.files.answer(call.method, call.path, call.body, this.caller(call));
    }
    if (root === "notifications") return this.notifications.answer(call.method, id, area, call.body);
    if (root === "webhooks")
      return this.webhooks.answer(call.method, call.path, call.body, this.caller(call).user);
    if (root !== "meetings") return this.account(call);
    if (!id) return call.method === "POST" ? this.create(call) : this.list(call, query);
    const meeting = this.meetings.get(id);
    if (!meeting) throw new Refusal(404, "meeting.not_found");
    if (area === "guests") return this.guest(call, meeting);
    if (!area && call.method === "GET") return meeting;
    const caller = this.caller(call);
    if (!area && call.method === "DELETE") return Object.assign(meeting, { status: "cancelled" });
    if (area === "join") return this.join(call, meeting, caller);
    if (area === "media") {
      if (call.method === "DELETE") return {};
      const participant = { id: `p_${caller.user}`, user: caller.user, name: caller.name };
      const sdp = await this.media?.answer(call.body as unknown as MediaOffer, participant);
      return { sdp, session_id: "ms_1", node_id: "mock-node", placement_epoch: 1 };
    }
    if (area === "lock" || area === "unlock") return void (meeting.locked = area === "lock");
    if (area === "end") {
      meeting.status = "ended";
      return this.media?.act("end");
    }
    if (area === "mute-all") return this.media?.act("mute-all");
    if (area === "participants" && !who)
      return { list: [...this.joined(), ...this.waiting], total: 0, page: 1 };
    if (area === "participants" && act) return this.hostAct(act, who!, call);
    if (area === "breakouts") {
      const answer = this.breakouts.answer(call.method, caller.user, who, act, call.body, query);
      if (call.method !== "GET") this.media?.tell?.(this.breakouts.message(caller.user));
      return answer;
    }
    if (area === "polls") return this.poll(call, caller.user, who, act);
    if (area === "invitations") return this.invite(call);
    if (area === "quality") return this.quality.answer();
    return {};
  }

  private account(call: Call): unknown {
    switch (`${call.method} ${call.path}`) {
      case "GET /health":
        return { status: "ok" };
      case "POST /register": {
        const { username, password, nickname } = call.body as Record<string, string>;
        if (this.users.has(username!)) throw new Refusal(409, "user.exists");
        return this.addUser(username!, password!, nickname ?? username!);
      }
      case "POST /login": {
        const user = this.users.get(String(call.body["username"]));
        if (!user || user.password !== call.body["password"]) throw new Refusal(401, "auth.credentials");
        this.session = user.username;
        return this.grant(user);
      }
      case "GET /csrf-token":
        if (!this.session) throw new Refusal(401, "auth.session");
        return { csrf_token: "csrf" };
      case "POST /refresh-token": {
        const user = this.session ? this.users.get(this.session) : undefined;
        if (!user) throw new Refusal(401, "auth.session");
        return this.grant(user);
      }
      case "POST /logout":
        this.session = undefined;
        return {};
      case "GET /profile":
        return this.users.get(this.session ?? "");
      case "PUT /profile":
        return Object.assign(this.own(call), call.body);
      case "POST /upload-avatar":
        return Object.assign(this.own(call), { avatar: "data:image/gif;base64,R0lGODlhAQABAAAAACw=" });
      case "POST /change-password":
        if (this.own(call).password !== call.body["old_password"])
          throw new Refusal(403, "auth.old_password");
        this.own(call).password = String(call.body["new_password"]);
        return {};
      case "POST /forgot-password":
        return {};
      case "POST /reset-password": {
        const user = [...this.users.values()].find(({ email }) => email === call.body["email"]);
        if (!user || call.body["code"] !== MOCK_CODE) throw new Refusal(400, "auth.reset_code");
        user.password = String(call.body["password"]);
        return {};
      }
      case "DELETE /account": {
        const user = this.own(call);
        if (user.password !== call.body["password"]) throw new Refusal(403, "auth.password");
        this.users.delete(user.username);
        this.session = undefined;
        return {};
      }
      case "POST /ws-tickets":
        return { ticket: this.ticketOf(this.caller(call)), ws_url: this.socketUrl };
      default:
        throw new Refusal(404, "route.not_found");
    }
  }

  /** Two sessions: the one that asks, and a phone until it is ended. */
  private sessions(call: Call, id: string | undefined): unknown {
    this.own(call);
    if (call.method === "DELETE") {
      const place = this.signedIn.findIndex((session) => session.id === id);
      if (place < 0) throw new Refusal(404, "session.not_found");
      return void this.signedIn.splice(place, 1);
    }
    return { list: this.signedIn, total: this.signedIn.length, page: 1, page_size: 20, total_pages: 1 };
  }

  private own(call: Call): User & { password: string } {
    const { user } = this.caller(call);
    const found = [...this.users.values()].find(({ id }) => id === user);
    if (!found) throw new Refusal(404, "user.not_found");
    return found;
  }

  private grant(user: User & { password: string }): object {
    const { password: _password, ...shown } = user;
    return { user: shown, token: this.issue(user.id, user.nickname ?? user.username), ...this.expiry() };
  }

  private issue(user: string, name: string): string {
    const token = `token-${++this.counter}`;
    this.bearers.set(token, { user, name });
    return token;
  }

  private ticketOf(caller: { user: string; name: string }): string {
    const ticket = `t${++this.counter}`;
    this.tickets.set(ticket, caller);
    return ticket;
  }

  private expiry(): { expires_at: string } {
    return { expires_at: new Date(Date.now() + HOUR_MILLIS).toISOString() };
  }

  private caller(call: Call): { user: string; name: string } {
    const caller = call.bearer ? this.bearers.get(call.bearer) : undefined;
    if (!caller) throw new Refusal(401, "auth.token");
    return caller;
  }

  private create(call: Call): MeetingRecord {
    const caller = this.caller(call);
    const letters = (n: number) =>
      Array.from({ length: n }, () => String.fromCharCode(97 + Math.floor(Math.random() * 26))).join("");
    return this.addMeeting({
      ...(call.body as Partial<MeetingRecord>),
      meeting_id: `${letters(3)}-${letters(4)}-${letters(3)}`,
      host_id: caller.user,
      status: call.body["start_time"] ? "scheduled" : "active",
    });
  }

  private list(call: Call, query: URLSearchParams): object {
    this.caller(call);
    const status = query.get("status");
    const list = [...this.meetings.values()].filter((meeting) => !status || meeting.status === status);
    return { list, total: list.length, page: 1, page_size: 20, total_pages: 1 };
  }

  private search(kind: string, query: URLSearchParams, caller: { user: string }): object {
    const words = (query.get("q") ?? "").toLowerCase().split(/\s+/).filter(Boolean);
    const fits = (text: string) => words.every((word) => text.toLowerCase().includes(word));
    const meetings = [...this.meetings.values()].filter(
      (one) => one.host_id === caller.user && fits(`${one.title} ${one.meeting_id} ${one.host_name ?? ""}`),
    );
    return { list: kind === "files" ? this.files.search(caller.user, fits) : meetings, more: false };
  }

  private guest(call: Call, meeting: { password?: string }): GuestPass {
    if (meeting.password && call.body["password"] !== meeting.password) {
      throw new Refusal(401, "meeting.password");
    }
    const key = String(call.body["guest_key"] ?? `k${++this.counter}`);
    if (this.banned.has(key)) throw new Refusal(403, "meeting.banned");
    const user = `g_${key}`;
    return {
      token: this.issue(user, String(call.body["display_name"])),
      user_id: user,
      guest_key: key,
      ...this.expiry(),
    };
  }

  private join(
    call: Call,
    meeting: MeetingRecord & { password?: string; locked?: boolean },
    caller: { user: string; name: string },
  ): JoinReply | object {
    const guest = caller.user.startsWith("g_");
    const host = meeting.host_id === caller.user;
    if (this.banned.has(caller.user)) throw new Refusal(403, "meeting.banned");
    if (meeting.status === "ended") throw new Refusal(410, "meeting.ended");
    if (meeting.locked && !host) throw new Refusal(403, "meeting.locked");
    if (meeting.password && !guest && !host && call.body["password"] !== meeting.password) {
      throw new Refusal(401, "meeting.password");
    }
    const id = `p_${caller.user}`;
    if (meeting.settings?.require_approval && !host) return { state: "waiting", participant_id: id };
    return {
      meeting_id: meeting.meeting_id,
      room_id: meeting.meeting_id,
      participant_id: id,
      csrc: 1,
      role: host ? "host" : guest ? "guest" : "participant",
      media_token: "media-token",
      ice_servers: [],
      ws_url: this.socketUrl,
      ws_ticket: this.ticketOf(caller),
      codecs: ["audio/opus", "video/VP8"],
      slots: { audio: 3, video: 9 },
      meeting: { title: meeting.title, locked: Boolean(meeting.locked), host_id: meeting.host_id },
    };
  }

  private invite(call: Call): unknown {
    const emails = (call.body["emails"] as string[] | undefined) ?? [];
    return emails.map((email) => ({
      id: `i_${++this.counter}`,
      email,
      invited_at: new Date().toISOString(),
    }));
  }

  private poll(call: Call, user: string, id: string | undefined, act: string | undefined): unknown {
    if (!id && call.method === "GET") return this.polls.map((poll) => this.pollFor(poll, user));
    if (!id) {
      const draft = call.body as unknown as PollDraft;
      const created_at = new Date().toISOString();
      const poll = { ...draft, id: `q_${++this.counter}`, closed: false, created_at, ballots: new Map() };
      this.polls.push(poll);
      return this.pollFor(poll, user);
    }
    const poll = this.polls.find((one) => one.id === id);
    if (!poll) throw new Refusal(404, "poll.not_found");
    if (act === "vote" && poll.closed) throw new Refusal(409, "poll.closed");
    if (act === "vote") poll.ballots.set(user, call.body["choices"] as number[]);
    if (act === "close") poll.closed = true;
    return this.pollFor(poll, user);
  }

  private pollFor(poll: MockPoll, user: string): PollRecord {
    const { ballots, ...shown } = poll;
    const count = (option: number) => [...ballots.values()].filter((one) => one.includes(option)).length;
    return {
      ...shown,
      multiple: Boolean(poll.multiple),
      anonymous: poll.anonymous !== false,
      show_results: Boolean(poll.show_results),
      mine: ballots.get(user) ?? [],
      votes: ballots.size,
      ...(poll.closed || poll.show_results
        ? { results: poll.options.map((_, option) => ({ count: count(option) })) }
        : {}),
    };
  }

  private hostAct(act: string, user: string, call: Call): unknown {
    if (act === "role") this.media?.role?.(user, call.body["role"] as Role);
    if (act === "kick") {
      this.banned.add(user);
      this.media?.act("kick", user);
    }
    if (act === "mute") this.media?.act("mute", user);
    const place = this.waiting.findIndex((person) => person.user_id === user);
    if (place >= 0 && (act === "admit" || act === "deny")) this.waiting.splice(place, 1);
    return { act, user_id: user, media: "applied" };
  }

  private joined(): ParticipantRecord[] {
    return (this.media?.people() ?? []).map((person) => ({
      participant_id: person.participant,
      user_id: person.user,
      display_name: person.name,
      role: "participant",
      state: "joined",
    }));
  }
}

function signedIn(
  id: string,
  client: string,
  system: string,
  address: string,
  current: boolean,
): LoginSession {
  const at = new Date(Date.now() - (current ? 0 : HOUR_MILLIS)).toISOString();
  return { id, client, system, address, created_at: at, last_seen: at, current };
}

function reply(status: number, body: object): Response {
  return new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json" } });
}
