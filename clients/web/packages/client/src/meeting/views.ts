import type { ChannelMessage, SlotState } from "../media/messages";
import type { MediaSession } from "../media/session";
import type { Source } from "../rest/records";
import { View } from "./view";
import { assignSlots, wantedSlots, type Assignment, type Wish } from "./wants";

export interface ViewsHost {
  selfId: string;
  send(message: ChannelMessage): boolean;
  localTrack(source: Source): MediaStreamTrack | undefined;
  csrcOf(participant: string): number | undefined;
  /** A picture that does not come in a slot. */
  besides(participant: string, source: Source): MediaStreamTrack | undefined;
}

const SETTLE_MILLIS = 20;
const NOTHING = "[]";

/** All views of a meeting: turns their sizes into one `want`, and the node's `slots` into pictures. */
export class Views {
  private readonly views = new Set<View>();
  private session: MediaSession | undefined;
  private assignments: Assignment[] = [];
  private states: SlotState[] = [];
  private rev = 0;
  private lastWant = NOTHING;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly host: ViewsHost) {}

  /** What the node said each slot carries. */
  get slots(): readonly SlotState[] {
    return this.states;
  }

  open(element: HTMLVideoElement, participant: string, source: Source, stage: boolean): View {
    const view = new View(element, participant, source, stage, {
      changed: () => this.schedule(),
      closed: (closed) => {
        this.views.delete(closed);
        this.schedule();
      },
    });
    this.views.add(view);
    this.paint(view);
    this.schedule();
    return view;
  }

  /** A new session starts with empty slots. */
  bind(session: MediaSession): void {
    this.session = session;
    this.assignments = session.videoSlots.map(() => undefined);
    this.states = [];
    this.lastWant = NOTHING;
    for (const view of this.views) this.paint(view);
  }

  /** The channel is open: ask for everything visible now. */
  announce(): void {
    this.lastWant = NOTHING;
    this.ask();
  }

  /** The channel keeps order, and a slot is shown only while it carries what it is wanted for. */
  apply(slots: readonly SlotState[]): void {
    for (const state of slots) this.states[state.slot] = state;
    for (const view of this.views) this.paint(view);
  }

  /** What does not come in a slot changed. */
  refresh(): void {
    for (const view of this.views) if (view.participant !== this.host.selfId) this.paint(view);
  }

  /**
   * Where a picture that somebody looks at comes in: its slot when the node sends it, null while it does not yet, undefined when nobody looks.
   */
  receiverOf(participant: string, source: Source): RTCRtpReceiver | null | undefined {
    const slot = this.assignments.findIndex((assignment) => same(assignment, { participant, source }));
    if (slot < 0) return undefined;
    const state = this.states[slot];
    const live = state?.participant === participant && state.source === source && state.state === "live";
    return (live && this.session?.videoSlots[slot]) || null;
  }

  /** The person's own picture changed. */
  localChanged(source: Source): void {
    for (const view of this.views) {
      if (view.participant === this.host.selfId && view.source === source) this.paint(view);
    }
  }

  close(): void {
    clearTimeout(this.timer);
    for (const view of [...this.views]) view.close();
    clearTimeout(this.timer);
  }

  private schedule(): void {
    this.timer ??= setTimeout(() => this.ask(), SETTLE_MILLIS);
  }

  private ask(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const wishes = this.wishes();
    const { assignments } = assignSlots(this.assignments, wishes);
    const slots = wantedSlots(assignments, wishes);
    const text = JSON.stringify(slots);
    const moved = assignments.some((assignment, slot) => !same(assignment, this.assignments[slot]));
    this.assignments = assignments;
    if (moved) for (const view of this.views) this.paint(view);
    if (text === this.lastWant) return;
    if (this.host.send({ t: "want", rev: this.rev + 1, slots })) {
      this.rev += 1;
      this.lastWant = text;
    }
  }

  private wishes(): Wish[] {
    return [...this.views].flatMap((view) => {
      const wish = view.participant === this.host.selfId ? undefined : view.wish;
      return wish ? [wish] : [];
    });
  }

  private paint(view: View): void {
    if (view.participant === this.host.selfId) {
      const track = this.host.localTrack(view.source);
      if (track) view.show(track);
      else view.clear();
      return;
    }
    const beside = this.host.besides(view.participant, view.source);
    if (beside) return view.show(beside);
    const slot = this.assignments.findIndex((assignment) => same(assignment, view));
    const state = this.states[slot];
    const receiver = this.session?.videoSlots[slot];
    const confirmed = state?.participant === view.participant && state.source === view.source;
    if (!receiver || !confirmed) return view.clear();
    if (state.state === "live") view.show(receiver.track, () => this.rightful(receiver, view.participant));
    else view.pause(state.why);
  }

  /** Whether the slot's newest packets carry this participant's number; undefined when the browser does not say. */
  private rightful(receiver: RTCRtpReceiver, participant: string): boolean | undefined {
    const csrc = this.host.csrcOf(participant);
    const sources = receiver.getContributingSources();
    if (csrc === undefined || sources.length === 0) return undefined;
    const newest = sources.reduce((a, b) => (b.timestamp > a.timestamp ? b : a));
    return newest.source === csrc;
  }
}

function same(a: Assignment, b: Assignment): boolean {
  return a?.participant === b?.participant && a?.source === b?.source;
}
