import type { Fetch } from "../rest/http";
import type { MeetingRecord, ParticipantRecord, User } from "../rest/records";
import { MockAccounts } from "./accounts";
import type { MockAdmin } from "./admin";
import type { MockBreakouts } from "./breakouts";
import type { Call, Caller } from "./call";
import { MockFiles } from "./files";
import { MockMeetings, type MockMedia, type MockMeeting } from "./meetings";
import { MockMessages } from "./messages";
import { MockNotifications } from "./notifications";
import type { MockPoll } from "./polls";
import type { MockQuality } from "./quality";
import { Refusal } from "./refusal";
import { MockWebhooks } from "./webhooks";

/** The REST API of one small system in memory: the same routes, envelopes and codes as the real one. */
export class MockRest {
  readonly meetings: Map<string, MockMeeting>;
  readonly waiting: ParticipantRecord[];
  readonly banned: Set<string>;
  readonly polls: MockPoll[];
  /** Set for a system that somebody looks after. */
  admin: MockAdmin | undefined;
  readonly messages = new MockMessages();
  readonly files = new MockFiles();
  readonly notifications = new MockNotifications();
  readonly webhooks = new MockWebhooks();
  readonly quality: MockQuality;
  /** Who a socket's ticket was given to. */
  readonly tickets: Map<string, Caller>;
  /** Closed until a host opens them. */
  readonly breakouts: MockBreakouts;
  /** Every call made, `METHOD /path`. */
  readonly calls: string[] = [];
  private readonly accounts: MockAccounts;
  private readonly planned: MockMeetings;
  private counter = 0;

  constructor(media?: MockMedia, socketUrl = "ws://mock.invalid/ws/signaling") {
    const next = () => ++this.counter;
    const accounts = new MockAccounts(next, socketUrl);
    this.accounts = accounts;
    this.planned = new MockMeetings({ accounts, media, socketUrl, next });
    const { planned } = this;
    this.meetings = planned.meetings;
    this.waiting = planned.waiting;
    this.banned = planned.banned;
    this.polls = planned.polls.all;
    this.breakouts = planned.breakouts;
    this.quality = planned.quality;
    this.tickets = accounts.tickets;
    this.messages.find = (username) => {
      const user = accounts.find(username);
      return user && { user_id: user.id, name: user.nickname ?? username, username };
    };
    this.files.nameOf = (id) => this.messages.personOf(id).name ?? id;
    this.messages.personOf = (id) => ({ user_id: id, name: accounts.byId(id)?.nickname ?? id });
  }

  /** Adds an account. */
  addUser(username: string, password: string, nickname = username): User {
    return this.accounts.add(username, password, nickname);
  }

  addMeeting(meeting: Partial<MeetingRecord> & { meeting_id: string; password?: string }): MeetingRecord {
    return this.planned.add(meeting);
  }

  /** Signs a browser in as if it had the refresh cookie already. */
  rememberSession(username: string): void {
    this.accounts.remember(username);
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
    const [, root, id, area] = call.path.split("/");
    if (root === "sessions") return this.accounts.sessions(call, id);
    if (root === "search" && id) return this.search(id, query, this.accounts.caller(call));
    if (/^(conversations|sync|search|users)$/.test(root ?? "")) {
      return this.messages.answer(call.method, call.path, query, call.body, this.accounts.caller(call));
    }
    if (/^(files|devices|pushes)$/.test(root ?? "")) {
      return this.files.answer(call.method, call.path, call.body, this.accounts.caller(call));
    }
    if (root === "notifications") return this.notifications.answer(call.method, id, area, call.body);
    if (root === "webhooks")
      return this.webhooks.answer(call.method, call.path, call.body, this.accounts.caller(call).user);
    return root === "meetings" ? this.planned.answer(call, query) : this.accounts.answer(call);
  }

  private search(kind: string, query: URLSearchParams, caller: Caller): object {
    const words = (query.get("q") ?? "").toLowerCase().split(/\s+/).filter(Boolean);
    const fits = (text: string) => words.every((word) => text.toLowerCase().includes(word));
    const found = kind === "files" ? this.files : this.planned;
    return { list: found.search(caller.user, fits), more: false };
  }
}

function reply(status: number, body: object): Response {
  return new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json" } });
}
