import type { RosterEntry, RosterMessage, Voice } from "../media/messages";
import type { Role, Source } from "../rest/records";

/** Somebody in the meeting. Immutable: a change makes a new object. */
export interface Participant {
  readonly id: string;
  readonly userId: string;
  readonly name: string;
  readonly role: Role;
  /** The number in every RTP packet of this participant. */
  readonly csrc: number;
  readonly self: boolean;
  readonly microphone: boolean;
  readonly camera: boolean;
  readonly screen: boolean;
  readonly hand: boolean;
  readonly connection: "good" | "poor" | "lost";
  readonly speaking: boolean;
}

export interface RosterChange {
  joined: Participant[];
  left: Participant[];
  changed: Participant[];
}

/** Who is here, by what the node says. */
export class Roster {
  private readonly people = new Map<string, Participant>();
  private rev = -1;

  constructor(private readonly selfId: string) {}

  get all(): readonly Participant[] {
    return [...this.people.values()];
  }

  get(id: string): Participant | undefined {
    return this.people.get(id);
  }

  byCsrc(csrc: number): Participant | undefined {
    return this.all.find((participant) => participant.csrc === csrc);
  }

  /** Applies a full list or a delta. An older revision than the last one seen is ignored, unless it is a full list. */
  apply(message: RosterMessage): RosterChange {
    const change: RosterChange = { joined: [], left: [], changed: [] };
    if (!message.full && message.rev < this.rev) return change;
    this.rev = message.rev;
    const listed = message.participants ?? [];
    if (message.full) {
      const present = new Set(listed.map((entry) => entry.participant));
      for (const id of [...this.people.keys()]) if (!present.has(id)) this.remove(id, change);
    }
    for (const entry of [...listed, ...(message.add ?? []), ...(message.change ?? [])])
      this.put(entry, change);
    for (const id of message.remove ?? []) this.remove(id, change);
    return change;
  }

  /** Marks who speaks; returns those for whom that changed. */
  hear(voices: readonly Voice[]): Participant[] {
    const speaking = new Set(voices.filter((voice) => voice.speaking).map((voice) => voice.participant));
    return this.all.flatMap((participant) => {
      const now = speaking.has(participant.id) && participant.microphone;
      return now === participant.speaking ? [] : [this.replace({ ...participant, speaking: now })];
    });
  }

  /** The person's own switches are known here first. */
  patchSelf(
    patch: Partial<Pick<Participant, "microphone" | "camera" | "screen" | "hand">>,
  ): Participant | undefined {
    const self = this.people.get(this.selfId);
    return self ? this.replace({ ...self, ...patch }) : undefined;
  }

  private put(entry: RosterEntry, change: RosterChange): void {
    const before = this.people.get(entry.participant);
    const self = entry.participant === this.selfId;
    const live = (source: Source) =>
      (entry.sources ?? []).some((candidate) => candidate.source === source && !candidate.muted);
    const microphone = self && before ? before.microphone : live("microphone");
    const next: Participant = {
      id: entry.participant,
      userId: entry.user,
      name: entry.name,
      role: entry.role,
      csrc: entry.csrc,
      self,
      microphone,
      camera: self && before ? before.camera : live("camera"),
      screen: self && before ? before.screen : live("screen"),
      hand: Boolean(entry.hand),
      connection: entry.connection ?? "good",
      speaking: Boolean(before?.speaking) && microphone,
    };
    this.people.set(next.id, next);
    (before ? change.changed : change.joined).push(next);
  }

  private remove(id: string, change: RosterChange): void {
    const before = this.people.get(id);
    if (before && this.people.delete(id)) change.left.push(before);
  }

  private replace(participant: Participant): Participant {
    this.people.set(participant.id, participant);
    return participant;
  }
}
