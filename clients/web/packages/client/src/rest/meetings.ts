import { expiryMillis, type Grant, type Http } from "./http";
import type {
  BreakoutAssignment,
  BreakoutsDraft,
  BreakoutsRecord,
  GuestPass,
  InvitationRecord,
  JoinReply,
  MediaAnswer,
  MediaOffer,
  MeetingDraft,
  MeetingRecord,
  Page,
  ParticipantRecord,
  PollDraft,
  PollRecord,
  Role,
  Source,
  TicketReply,
  WaitingReply,
} from "./records";

export interface GuestIdentity {
  displayName: string;
  password?: string;
  /** What an earlier pass gave: the same key is the same guest. */
  guestKey?: string;
}

/** The meetings part of the REST API, one method a route. */
export class Meetings {
  constructor(private readonly http: Http) {}

  create(draft: MeetingDraft): Promise<MeetingRecord> {
    return this.http.call("POST", "/meetings", { body: draft });
  }

  list(filter: { page?: number; pageSize?: number; status?: string } = {}): Promise<Page<MeetingRecord>> {
    const query = new URLSearchParams();
    query.set("page", String(filter.page ?? 1));
    query.set("page_size", String(filter.pageSize ?? 20));
    if (filter.status) query.set("status", filter.status);
    return this.http.call("GET", `/meetings?${query}`);
  }

  get(id: string): Promise<MeetingRecord> {
    return this.http.call("GET", `/meetings/${id}`);
  }

  cancel(id: string): Promise<void> {
    return this.http.call("DELETE", `/meetings/${id}`);
  }

  end(id: string): Promise<void> {
    return this.http.call("POST", `/meetings/${id}/end`, { body: {} });
  }

  /** Becomes a guest of this meeting; from now on calls carry the guest's token. */
  async enterAsGuest(id: string, identity: GuestIdentity): Promise<GuestPass> {
    const pass = await this.requestPass(id, identity);
    this.usePass(id, identity, pass);
    return pass;
  }

  /** Asks for a guest's pass. Nothing carries it before {@link usePass}: it may come late, or not be wanted any more. */
  requestPass(id: string, identity: GuestIdentity): Promise<GuestPass> {
    const body = {
      display_name: identity.displayName,
      ...(identity.password ? { password: identity.password } : {}),
      ...(identity.guestKey ? { guest_key: identity.guestKey } : {}),
    };
    return this.http.call("POST", `/meetings/${id}/guests`, { body, auth: false });
  }

  /** From now on calls carry this pass's token. */
  usePass(id: string, identity: GuestIdentity, pass: GuestPass): void {
    this.http.authorize(this.grantOf(id, identity, pass));
  }

  /** The reply of a join, or "waiting" while the lobby holds this person: join again to ask. */
  join(
    id: string,
    request: { password?: string; displayName?: string; invitation?: string },
    signal?: AbortSignal,
  ): Promise<JoinReply | WaitingReply> {
    const body = {
      ...(request.password ? { password: request.password } : {}),
      ...(request.displayName ? { display_name: request.displayName } : {}),
      ...(request.invitation ? { invitation: request.invitation } : {}),
    };
    return this.http.call("POST", `/meetings/${id}/join`, { body, ...(signal ? { signal } : {}) });
  }

  leave(id: string): Promise<void> {
    return this.http.call("POST", `/meetings/${id}/leave`, { body: {}, keepalive: true });
  }

  async participants(id: string): Promise<ParticipantRecord[]> {
    const reply = await this.http.call<Page<ParticipantRecord> | ParticipantRecord[]>(
      "GET",
      `/meetings/${id}/participants?page=1&page_size=100`,
    );
    return Array.isArray(reply) ? reply : reply.list;
  }

  kick(id: string, userId: string): Promise<void> {
    return this.act(id, userId, "kick");
  }

  mute(id: string, userId: string, source: Source = "microphone"): Promise<void> {
    return this.act(id, userId, "mute", { source });
  }

  admit(id: string, userId: string): Promise<void> {
    return this.act(id, userId, "admit");
  }

  deny(id: string, userId: string): Promise<void> {
    return this.act(id, userId, "deny");
  }

  /** Makes somebody something else in the meeting; `host` hands it over. */
  giveRole(id: string, userId: string, role: Role): Promise<void> {
    return this.act(id, userId, "role", { role });
  }

  /** A planned meeting as a calendar file (RFC 5545). */
  calendar(id: string): Promise<string> {
    return this.http.text("GET", `/meetings/${id}/calendar.ics`);
  }

  invite(id: string, emails: readonly string[], locale?: string): Promise<InvitationRecord[]> {
    return this.http.call("POST", `/meetings/${id}/invitations`, {
      body: { emails, ...(locale ? { locale } : {}) },
    });
  }

  invitations(id: string): Promise<InvitationRecord[]> {
    return this.http.call("GET", `/meetings/${id}/invitations`);
  }

  withdraw(id: string, invitationId: string): Promise<void> {
    return this.http.call("DELETE", `/meetings/${id}/invitations/${invitationId}`);
  }

  askPoll(id: string, draft: PollDraft): Promise<PollRecord> {
    return this.http.call("POST", `/meetings/${id}/polls`, { body: draft });
  }

  polls(id: string): Promise<PollRecord[]> {
    return this.http.call("GET", `/meetings/${id}/polls`);
  }

  vote(id: string, pollId: string, choices: readonly number[]): Promise<PollRecord> {
    return this.http.call("POST", `/meetings/${id}/polls/${pollId}/vote`, { body: { choices } });
  }

  closePoll(id: string, pollId: string): Promise<PollRecord> {
    return this.http.call("POST", `/meetings/${id}/polls/${pollId}/close`, { body: {} });
  }

  breakouts(id: string): Promise<BreakoutsRecord> {
    return this.http.call("GET", `/meetings/${id}/breakouts`);
  }

  openBreakouts(id: string, draft: BreakoutsDraft): Promise<BreakoutsRecord> {
    return this.http.call("POST", `/meetings/${id}/breakouts`, { body: draft });
  }

  /** @param seconds countdown until everybody is back, 0 for none */
  closeBreakouts(id: string, seconds: number): Promise<BreakoutsRecord> {
    return this.http.call("DELETE", `/meetings/${id}/breakouts?seconds=${seconds}`);
  }

  assignBreakouts(id: string, assignments: readonly BreakoutAssignment[]): Promise<BreakoutsRecord> {
    return this.http.call("PUT", `/meetings/${id}/breakouts/assignments`, { body: { assignments } });
  }

  enterBreakout(id: string, room: string): Promise<BreakoutsRecord> {
    return this.http.call("POST", `/meetings/${id}/breakouts/${room}/enter`, { body: {} });
  }

  leaveBreakout(id: string, room: string): Promise<BreakoutsRecord> {
    return this.http.call("POST", `/meetings/${id}/breakouts/${room}/leave`, { body: {} });
  }

  announce(id: string, text: string): Promise<void> {
    return this.http.call("POST", `/meetings/${id}/breakouts/announcements`, { body: { text } });
  }

  muteAll(id: string): Promise<void> {
    return this.http.call("POST", `/meetings/${id}/mute-all`, { body: {} });
  }

  lock(id: string, locked: boolean): Promise<void> {
    return this.http.call("POST", `/meetings/${id}/${locked ? "lock" : "unlock"}`, { body: {} });
  }

  exchangeMedia(id: string, offer: MediaOffer, signal?: AbortSignal): Promise<MediaAnswer> {
    return this.http.call("POST", `/meetings/${id}/media`, { body: offer, ...(signal ? { signal } : {}) });
  }

  endMedia(id: string, sessionId: string): Promise<void> {
    return this.http.call("DELETE", `/meetings/${id}/media/${sessionId}`, { keepalive: true });
  }

  /** For the socket of a meeting that this person is in; without one, for whatever is said to them alone. */
  socketTicket(id?: string): Promise<TicketReply> {
    return this.http.call("POST", "/ws-tickets", { body: id ? { meeting_id: id } : {} });
  }

  private act(id: string, userId: string, act: string, body: object = {}): Promise<void> {
    return this.http.call("POST", `/meetings/${id}/participants/${encodeURIComponent(userId)}/${act}`, {
      body,
    });
  }

  private grantOf(id: string, identity: GuestIdentity, pass: GuestPass): Grant {
    const again = { ...identity, guestKey: pass.guest_key };
    return {
      token: pass.token,
      expiresAtMillis: expiryMillis(pass.expires_at),
      renew: async () => this.grantOf(id, again, await this.requestPass(id, again)),
    };
  }
}
