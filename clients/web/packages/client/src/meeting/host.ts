import { Emitter } from "../emitter";
import type { Meetings } from "../rest/meetings";
import type { ParticipantRecord, Role, Source } from "../rest/records";

export interface HostEvents {
  locked: boolean;
  /** Who waits in the lobby. */
  waiting: readonly ParticipantRecord[];
}

const LOBBY_MILLIS = 4_000;

/** What hosts and co-hosts of a meeting may do. */
export class Host extends Emitter<HostEvents> {
  private queue: readonly ParticipantRecord[] = [];
  private look: (() => void) | undefined;

  constructor(
    private readonly meetings: Meetings,
    private readonly meetingId: string,
    private isLocked: boolean,
  ) {
    super();
  }

  get locked(): boolean {
    return this.isLocked;
  }

  get waiting(): readonly ParticipantRecord[] {
    return this.queue;
  }

  async lock(locked: boolean): Promise<void> {
    await this.meetings.lock(this.meetingId, locked);
    this.noteLocked(locked);
  }

  noteLocked(locked: boolean): void {
    if (locked === this.isLocked) return;
    this.isLocked = locked;
    this.emit("locked", locked);
  }

  /** Removes somebody and keeps them out. */
  kick(userId: string): Promise<void> {
    return this.meetings.kick(this.meetingId, userId);
  }

  mute(userId: string, source: Source = "microphone"): Promise<void> {
    return this.meetings.mute(this.meetingId, userId, source);
  }

  muteAll(): Promise<void> {
    return this.meetings.muteAll(this.meetingId);
  }

  async admit(userId: string): Promise<void> {
    await this.meetings.admit(this.meetingId, userId);
    this.noteWaiting(this.queue.filter((person) => person.user_id !== userId));
  }

  async deny(userId: string): Promise<void> {
    await this.meetings.deny(this.meetingId, userId);
    this.noteWaiting(this.queue.filter((person) => person.user_id !== userId));
  }

  /** Makes somebody something else; `host` hands the meeting over. */
  giveRole(userId: string, role: Role): Promise<void> {
    return this.meetings.giveRole(this.meetingId, userId, role);
  }

  /** Lets in everybody who waits now. */
  async admitAll(): Promise<void> {
    await Promise.all(this.queue.map((person) => this.admit(person.user_id)));
  }

  /** Ends the meeting for all. */
  end(): Promise<void> {
    return this.meetings.end(this.meetingId);
  }

  /** Watches the lobby until the returned function is called. */
  watchLobby(): () => void {
    let stopped = false;
    const look = async () => {
      try {
        const people = await this.meetings.participants(this.meetingId);
        if (!stopped) this.noteWaiting(people.filter((person) => person.state === "waiting"));
      } catch {
        // The next look may succeed; the list on screen stays as it was.
      }
    };
    void look();
    this.look = () => void look();
    const timer = setInterval(() => void look(), LOBBY_MILLIS);
    return () => {
      stopped = true;
      this.look = undefined;
      clearInterval(timer);
    };
  }

  /** The server said that the lobby changed. */
  noteLobby(): void {
    this.look?.();
  }

  private noteWaiting(queue: readonly ParticipantRecord[]): void {
    const names = (list: readonly ParticipantRecord[]) => list.map((person) => person.user_id).join();
    if (names(queue) === names(this.queue)) return;
    this.queue = queue;
    this.emit("waiting", queue);
  }
}
