import type { WantedSlot } from "../media/messages";
import type { Source } from "../rest/records";

/** Something the page shows: how large, and whether it is the main thing. */
export interface Wish {
  participant: string;
  source: Source;
  /** Device pixels. */
  width: number;
  height: number;
  stage: boolean;
}

/** What a slot is for; undefined = free. */
export type Assignment = Pick<Wish, "participant" | "source"> | undefined;

const key = (wish: Pick<Wish, "participant" | "source">) => `${wish.participant}/${wish.source}`;

/**
 * Gives wishes to slots. Whoever has a slot keeps it (a switch costs a key frame); when there are more wishes than
 * slots, the stage comes first, then the larger picture, then whoever has a slot already.
 */
export function assignSlots(
  before: readonly Assignment[],
  wishes: readonly Wish[],
): { assignments: Assignment[]; unserved: Wish[] } {
  const held = new Set(before.flatMap((assignment) => (assignment ? [key(assignment)] : [])));
  const ranked = merge(wishes).sort(
    (a, b) =>
      Number(b.stage) - Number(a.stage) ||
      b.width * b.height - a.width * a.height ||
      Number(held.has(key(b))) - Number(held.has(key(a))),
  );
  const served = ranked.slice(0, before.length);
  const wanted = new Map(served.map((wish) => [key(wish), wish]));
  const assignments: Assignment[] = before.map((assignment) => {
    if (!assignment || !wanted.has(key(assignment))) return undefined;
    wanted.delete(key(assignment));
    return assignment;
  });
  for (const wish of wanted.values()) {
    assignments[assignments.indexOf(undefined)] = { participant: wish.participant, source: wish.source };
  }
  return { assignments, unserved: ranked.slice(before.length) };
}

/** The `want` message's slots for these assignments. */
export function wantedSlots(assignments: readonly Assignment[], wishes: readonly Wish[]): WantedSlot[] {
  const sizes = new Map(merge(wishes).map((wish) => [key(wish), wish]));
  return assignments.flatMap((assignment, slot) => {
    const wish = assignment && sizes.get(key(assignment));
    if (!wish) return [];
    const { participant, source, width, height, stage } = wish;
    return [{ slot, participant, source, width, height, fps: 0, stage }];
  });
}

/** The same picture shown twice is one wish of the larger size. */
function merge(wishes: readonly Wish[]): Wish[] {
  const merged = new Map<string, Wish>();
  for (const wish of wishes) {
    const same = merged.get(key(wish));
    if (!same) merged.set(key(wish), { ...wish });
    else {
      if (wish.width * wish.height > same.width * same.height) {
        same.width = wish.width;
        same.height = wish.height;
      }
      same.stage ||= wish.stage;
    }
  }
  return [...merged.values()];
}
