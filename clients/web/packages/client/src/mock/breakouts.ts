import type { BreakoutsMessage } from "../media/messages";
import type { BreakoutAssignment, BreakoutsDraft, BreakoutsRecord } from "../rest/records";

/** Breakout rooms in memory: who belongs where, who is where, and what was said to all. Everybody is a host. */
export class MockBreakouts {
  readonly announcements: string[] = [];
  private revision = 0;
  private rooms: { id: string; name: string }[] = [];
  private choose = false;
  private closesAt: string | undefined;
  private readonly assigned = new Map<string, string>();
  private readonly visits = new Map<string, string>();

  constructor(private readonly nameOf: (user: string) => string = (user) => user) {}

  answer(
    method: string,
    user: string,
    who: string | undefined,
    act: string | undefined,
    body: Record<string, unknown>,
    query: URLSearchParams,
  ): unknown {
    if (method === "GET") return this.record(user);
    this.revision += 1;
    if (who === "announcements") return void this.announcements.push(String(body["text"]));
    if (who === "assignments") {
      for (const one of body["assignments"] as BreakoutAssignment[]) {
        this.visits.delete(one.who);
        if (one.room) this.assigned.set(one.who, one.room);
        else this.assigned.delete(one.who);
      }
    } else if (who && act) this.visits.set(user, act === "enter" ? who : "main");
    else if (method === "DELETE") this.close(Number(query.get("seconds") ?? 0));
    else this.open(body as unknown as BreakoutsDraft);
    return this.record(user);
  }

  /** What the node tells somebody of it. */
  message(user: string): BreakoutsMessage {
    const room = this.placeOf(user);
    return {
      t: "breakouts",
      rev: this.revision,
      rooms: this.rooms.map(({ id, name }) => ({ room: id, name })),
      ...(room ? { room } : {}),
      choose: this.choose,
      ...(this.closesAt ? { closes_in: Math.max(0, Date.parse(this.closesAt) - Date.now()) } : {}),
    };
  }

  private open(draft: BreakoutsDraft): void {
    this.rooms = draft.rooms.map(({ name }, index) => ({ id: `b_${index + 1}`, name }));
    this.choose = Boolean(draft.choose);
    draft.rooms.forEach(({ people }, index) => {
      for (const person of people) this.assigned.set(person, `b_${index + 1}`);
    });
  }

  private close(seconds: number): void {
    if (seconds > 0) {
      this.closesAt = new Date(Date.now() + seconds * 1000).toISOString();
      return;
    }
    this.rooms = [];
    this.closesAt = undefined;
    this.assigned.clear();
    this.visits.clear();
  }

  private placeOf(user: string): string | undefined {
    const place = this.visits.get(user) ?? this.assigned.get(user);
    return this.rooms.some(({ id }) => id === place) ? place : undefined;
  }

  private record(user: string): BreakoutsRecord {
    const room = this.placeOf(user);
    const assigned = this.assigned.get(user);
    const people = [...new Set([...this.assigned.keys(), ...this.visits.keys()])];
    const peopleIn = (place: string | undefined) =>
      people
        .filter((person) => this.placeOf(person) === place)
        .map((person) => ({
          participant_id: `p_${person}`,
          user_id: person,
          display_name: this.nameOf(person),
          role: "participant" as const,
        }));
    return {
      revision: this.revision,
      open: this.rooms.length > 0,
      ...(room ? { room } : {}),
      ...(assigned ? { assigned } : {}),
      choose: this.choose,
      ...(this.closesAt ? { closes_at: this.closesAt } : {}),
      rooms: this.rooms.map(({ id, name }) => ({ id, name, people: peopleIn(id) })),
      main: peopleIn(undefined),
    };
  }
}
