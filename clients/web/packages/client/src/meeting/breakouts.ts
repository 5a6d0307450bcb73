import { Emitter } from "../emitter";
import type { AnnounceMessage, BreakoutsMessage } from "../media/messages";
import type { Meetings } from "../rest/meetings";
import type { BreakoutAssignment, BreakoutsDraft, BreakoutsRecord } from "../rest/records";

export interface BreakoutRoom {
  readonly id: string;
  readonly name: string;
}

/** The breakout rooms as the media node tells everybody. */
export interface BreakoutsState {
  /** None when there are no breakout rooms. */
  readonly rooms: readonly BreakoutRoom[];
  /** The room this person is in; undefined in the main room. */
  readonly room: BreakoutRoom | undefined;
  /** Whether people may go to a room by themselves. */
  readonly choose: boolean;
  /** When everybody goes back to the main room, on `Date.now()`'s clock. */
  readonly closesAt: number | undefined;
}

export interface Announcement {
  readonly text: string;
  /** Who says it, where that is known. */
  readonly name: string | undefined;
}

export interface BreakoutEvents {
  change: BreakoutsState;
  /** This person is in another room now, undefined for the main room: who is listed, seen and heard is in it. */
  moved: BreakoutRoom | undefined;
  /** A host says something to everybody. */
  announcement: Announcement;
  /** Who is where, and where this person belongs. */
  details: BreakoutsRecord;
}

const NEWS = "breakouts";
const LOOK_MILLIS = 5_000;
const NONE: BreakoutsState = { rooms: [], room: undefined, choose: false, closesAt: undefined };

/**
 * The breakout rooms of a meeting. Nobody makes a new connection for them: the node tells where this person is, the roster and the pictures follow.
 * Hosts open and close rooms and move people; calls fail with 403 for others.
 */
export class Breakouts extends Emitter<BreakoutEvents> {
  private known: BreakoutsState = NONE;
  private record: BreakoutsRecord | undefined;
  private rev = 0;

  constructor(
    private readonly meetings: Meetings,
    private readonly meetingId: string,
  ) {
    super();
  }

  get state(): BreakoutsState {
    return this.known;
  }

  /** What was read last; undefined before {@link refresh}. */
  get details(): BreakoutsRecord | undefined {
    return this.record;
  }

  /** Opens rooms and takes people into them at once; for hosts. */
  async open(draft: BreakoutsDraft): Promise<void> {
    this.take(await this.meetings.openBreakouts(this.meetingId, draft));
  }

  /** Takes people to other rooms; without a room, to the main one. For hosts. */
  async assign(assignments: readonly BreakoutAssignment[]): Promise<void> {
    this.take(await this.meetings.assignBreakouts(this.meetingId, assignments));
  }

  /** Brings everybody back, at once or after a countdown; for hosts. */
  async close(seconds = 0): Promise<void> {
    this.take(await this.meetings.closeBreakouts(this.meetingId, seconds));
  }

  /** Says something to everybody, in whatever room they are; for hosts. */
  announce(text: string): Promise<void> {
    return this.meetings.announce(this.meetingId, text);
  }

  /** Goes to a room: hosts to any, others to their own, or to any where {@link BreakoutsState.choose} says so. */
  async enter(room: string): Promise<void> {
    this.take(await this.meetings.enterBreakout(this.meetingId, room));
  }

  /** Goes back to the main room. */
  async leave(): Promise<void> {
    const room = this.known.room;
    if (room) this.take(await this.meetings.leaveBreakout(this.meetingId, room.id));
  }

  async refresh(): Promise<void> {
    try {
      this.take(await this.meetings.breakouts(this.meetingId));
    } catch {
      // The next look may succeed; what is on screen stays as it was.
    }
  }

  /** Looks now and then until the returned function is called: who goes where by themselves is not told one by one. */
  watch(): () => void {
    void this.refresh();
    const timer = setInterval(() => void this.refresh(), LOOK_MILLIS);
    return () => clearInterval(timer);
  }

  /** The node said where this person is, or a host spoke. */
  note(message: BreakoutsMessage | AnnounceMessage): void {
    if (message.t === "announce")
      return this.emit("announcement", { text: message.text, name: message.name });
    if (message.rev < this.rev) return;
    this.rev = message.rev;
    const rooms = (message.rooms ?? []).map(({ room, name }) => ({ id: room, name }));
    const before = this.known.room?.id;
    this.known = {
      rooms,
      room: rooms.find(({ id }) => id === message.room),
      choose: Boolean(message.choose),
      closesAt: message.closes_in === undefined ? undefined : Date.now() + message.closes_in,
    };
    this.emit("change", this.known);
    if (before !== this.known.room?.id) this.emit("moved", this.known.room);
    if (this.record) void this.refresh();
  }

  /** The server said on the socket that something is different. */
  noteNews(what: string | undefined): void {
    if (what === NEWS && this.record) void this.refresh();
  }

  private take(record: BreakoutsRecord): void {
    if (this.record && record.revision < this.record.revision) return;
    this.record = record;
    this.emit("details", record);
  }
}
