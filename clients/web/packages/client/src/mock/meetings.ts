import type { ChannelMessage } from "../media/messages";
import type {
  GuestPass,
  JoinReply,
  MediaOffer,
  MeetingRecord,
  ParticipantRecord,
  Role,
} from "../rest/records";
import type { MockAccounts } from "./accounts";
import { MockBreakouts } from "./breakouts";
import type { Call, Caller } from "./call";
import { MockPolls } from "./polls";
import { MockQuality } from "./quality";
import { Refusal } from "./refusal";

/** The media side of the mock: it answers an offer. */
export interface MockMedia {
  answer(offer: MediaOffer, participant: { id: string; user: string; name: string }): Promise<string>;
  act(act: "kick" | "mute" | "mute-all" | "end", user?: string): void;
  role?(user: string, role: Role): void;
  /** Says it to whoever is in the meeting. */
  tell?(message: ChannelMessage): void;
  people(): { participant: string; user: string; name: string }[];
}

export type MockMeeting = MeetingRecord & { password?: string; locked?: boolean };

interface MockMeetingsParts {
  accounts: MockAccounts;
  media: MockMedia | undefined;
  socketUrl: string;
  next: () => number;
}

/** Meetings in memory: planning them, coming in, and what hosts do. */
export class MockMeetings {
  readonly meetings = new Map<string, MockMeeting>();
  readonly waiting: ParticipantRecord[] = [];
  readonly banned = new Set<string>();
  readonly quality = new MockQuality();
  readonly polls: MockPolls;
  /** Closed until a host opens them. */
  readonly breakouts: MockBreakouts;

  constructor(private readonly parts: MockMeetingsParts) {
    this.polls = new MockPolls(parts.next);
    this.breakouts = new MockBreakouts(
      (user) => parts.media?.people().find((one) => one.user === user)?.name ?? user,
    );
  }

  add(meeting: Partial<MeetingRecord> & { meeting_id: string; password?: string }): MeetingRecord {
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

  /** Those of this host with all the words in what they are called. */
  search(host: string, fits: (text: string) => boolean): MeetingRecord[] {
    return [...this.meetings.values()].filter(
      (one) => one.host_id === host && fits(`${one.title} ${one.meeting_id} ${one.host_name ?? ""}`),
    );
  }

  /** Answers a call below `/meetings`. */
  async answer(call: Call, query: URLSearchParams): Promise<unknown> {
    const { accounts, media } = this.parts;
    const [, , id, area, who, act] = call.path.split("/");
    if (!id) return call.method === "POST" ? this.create(call) : this.list(call, query);
    const meeting = this.meetings.get(id);
    if (!meeting) throw new Refusal(404, "meeting.not_found");
    if (area === "guests") return this.guest(call, meeting);
    if (!area && call.method === "GET") return meeting;
    const caller = accounts.caller(call);
    if (!area && call.method === "DELETE") return Object.assign(meeting, { status: "cancelled" });
    if (area === "join") return this.join(call, meeting, caller);
    if (area === "media") {
      if (call.method === "DELETE") return {};
      const participant = { id: `p_${caller.user}`, user: caller.user, name: caller.name };
      const sdp = await media?.answer(call.body as unknown as MediaOffer, participant);
      return { sdp, session_id: "ms_1", node_id: "mock-node", placement_epoch: 1 };
    }
    if (area === "lock" || area === "unlock") return void (meeting.locked = area === "lock");
    if (area === "end") {
      meeting.status = "ended";
      return media?.act("end");
    }
    if (area === "mute-all") return media?.act("mute-all");
    if (area === "participants" && !who)
      return { list: [...this.joined(), ...this.waiting], total: 0, page: 1 };
    if (area === "participants" && act) return this.hostAct(act, who!, call);
    if (area === "breakouts") {
      const answer = this.breakouts.answer(call.method, caller.user, who, act, call.body, query);
      if (call.method !== "GET") media?.tell?.(this.breakouts.message(caller.user));
      return answer;
    }
    if (area === "polls") return this.polls.answer(call, caller.user, who, act);
    if (area === "invitations") return this.invite(call);
    if (area === "quality") return this.quality.answer();
    return {};
  }

  private create(call: Call): MeetingRecord {
    const caller = this.parts.accounts.caller(call);
    const letters = (n: number) =>
      Array.from({ length: n }, () => String.fromCharCode(97 + Math.floor(Math.random() * 26))).join("");
    return this.add({
      ...(call.body as Partial<MeetingRecord>),
      meeting_id: `${letters(3)}-${letters(4)}-${letters(3)}`,
      host_id: caller.user,
      status: call.body["start_time"] ? "scheduled" : "active",
    });
  }

  private list(call: Call, query: URLSearchParams): object {
    this.parts.accounts.caller(call);
    const status = query.get("status");
    const list = [...this.meetings.values()].filter((meeting) => !status || meeting.status === status);
    return { list, total: list.length, page: 1, page_size: 20, total_pages: 1 };
  }

  private guest(call: Call, meeting: MockMeeting): GuestPass {
    const { accounts, next } = this.parts;
    if (meeting.password && call.body["password"] !== meeting.password) {
      throw new Refusal(401, "meeting.password");
    }
    const key = String(call.body["guest_key"] ?? `k${next()}`);
    if (this.banned.has(key)) throw new Refusal(403, "meeting.banned");
    const user = `g_${key}`;
    return {
      token: accounts.issue(user, String(call.body["display_name"])),
      user_id: user,
      guest_key: key,
      ...accounts.expiry(),
    };
  }

  private join(call: Call, meeting: MockMeeting, caller: Caller): JoinReply | object {
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
      ws_url: this.parts.socketUrl,
      ws_ticket: this.parts.accounts.ticketOf(caller),
      codecs: ["audio/opus", "video/VP8"],
      slots: { audio: 3, video: 9 },
      meeting: { title: meeting.title, locked: Boolean(meeting.locked), host_id: meeting.host_id },
    };
  }

  private invite(call: Call): unknown {
    const emails = (call.body["emails"] as string[] | undefined) ?? [];
    return emails.map((email) => ({
      id: `i_${this.parts.next()}`,
      email,
      invited_at: new Date().toISOString(),
    }));
  }

  private hostAct(act: string, user: string, call: Call): unknown {
    const { media } = this.parts;
    if (act === "role") media?.role?.(user, call.body["role"] as Role);
    if (act === "kick") {
      this.banned.add(user);
      media?.act("kick", user);
    }
    if (act === "mute") media?.act("mute", user);
    const place = this.waiting.findIndex((person) => person.user_id === user);
    if (place >= 0 && (act === "admit" || act === "deny")) this.waiting.splice(place, 1);
    return { act, user_id: user, media: "applied" };
  }

  private joined(): ParticipantRecord[] {
    return (this.parts.media?.people() ?? []).map((person) => ({
      participant_id: person.participant,
      user_id: person.user,
      display_name: person.name,
      role: "participant",
      state: "joined",
    }));
  }
}
