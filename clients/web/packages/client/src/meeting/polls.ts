import { Emitter } from "../emitter";
import type { Meetings } from "../rest/meetings";
import type { PollDraft, PollRecord } from "../rest/records";

export interface PollEvents {
  change: readonly PollRecord[];
  /** One that was not there before. */
  poll: PollRecord;
}

const TOPIC = "poll";
const LOOK_MILLIS = 10_000;

/** The polls of a meeting. Who changes one says so to the others, who then look; while somebody watches, it looks by itself as well. */
export class Polls extends Emitter<PollEvents> {
  private list: readonly PollRecord[] = [];
  private looked = false;

  constructor(
    private readonly meetings: Meetings,
    private readonly meetingId: string,
    private readonly tell: (topic: string, data: unknown) => void,
  ) {
    super();
  }

  get all(): readonly PollRecord[] {
    return this.list;
  }

  async ask(draft: PollDraft): Promise<void> {
    this.take(await this.meetings.askPoll(this.meetingId, draft));
    this.tell(TOPIC, {});
  }

  async vote(pollId: string, choices: readonly number[]): Promise<void> {
    this.take(await this.meetings.vote(this.meetingId, pollId, choices));
  }

  async close(pollId: string): Promise<void> {
    this.take(await this.meetings.closePoll(this.meetingId, pollId));
    this.tell(TOPIC, {});
  }

  /** Somebody said something on the data channel, or the server on the socket. */
  note(topic: string | undefined): void {
    if (topic === TOPIC) void this.refresh();
  }

  async refresh(): Promise<void> {
    try {
      const list = await this.meetings.polls(this.meetingId);
      const known = new Set(this.list.map((poll) => poll.id));
      const added = list.filter((poll) => !known.has(poll.id) && !poll.closed);
      const first = !this.looked;
      this.looked = true;
      this.list = list;
      this.emit("change", list);
      if (!first) for (const poll of added) this.emit("poll", poll);
    } catch {
      // The next look may succeed; the list on screen stays as it was.
    }
  }

  /** Looks now and then until the returned function is called: votes of others are not told one by one. */
  watch(): () => void {
    void this.refresh();
    const timer = setInterval(() => void this.refresh(), LOOK_MILLIS);
    return () => clearInterval(timer);
  }

  private take(changed: PollRecord): void {
    const others = this.list.filter((poll) => poll.id !== changed.id);
    this.list = [...others, changed].sort((a, b) => a.created_at.localeCompare(b.created_at));
    this.emit("change", this.list);
  }
}
