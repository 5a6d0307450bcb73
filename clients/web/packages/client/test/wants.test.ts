import { describe, expect, it } from "vitest";
import { assignSlots, wantedSlots, type Assignment, type Wish } from "../src/meeting/wants";

const wish = (participant: string, height: number, stage = false): Wish => ({
  participant,
  source: "camera",
  width: (height * 16) / 9,
  height,
  stage,
});
const free = (count: number): Assignment[] => Array.from({ length: count }, () => undefined);
const names = (assignments: readonly Assignment[]) =>
  assignments.map((assignment) => assignment?.participant);

describe("assigning slots", () => {
  it("gives every wish a slot while there are enough", () => {
    const { assignments, unserved } = assignSlots(free(3), [wish("a", 180), wish("b", 180)]);
    expect(names(assignments)).toEqual(["a", "b", undefined]);
    expect(unserved).toEqual([]);
  });

  it("leaves everybody in their slot when others come, go or grow", () => {
    const before = assignSlots(free(3), [wish("a", 180), wish("b", 180), wish("c", 180)]).assignments;
    const { assignments } = assignSlots(before, [wish("c", 720, true), wish("d", 180), wish("a", 180)]);
    expect(names(assignments)).toEqual(["a", "d", "c"]);
  });

  it("serves the stage first, then the larger picture, when slots run out", () => {
    const { assignments, unserved } = assignSlots(free(2), [
      wish("small", 90),
      wish("large", 360),
      wish("stage", 45, true),
    ]);
    expect(names(assignments)).toEqual(["stage", "large"]);
    expect(names(unserved)).toEqual(["small"]);
  });

  it("does not take a slot away for a picture of the same size", () => {
    const before = assignSlots(free(1), [wish("b", 180)]).assignments;
    expect(names(assignSlots(before, [wish("a", 180), wish("b", 180)]).assignments)).toEqual(["b"]);
  });

  it("asks once, for the larger size, for a picture shown twice", () => {
    const wishes = [wish("a", 90), wish("a", 720, true)];
    const { assignments } = assignSlots(free(2), wishes);
    expect(wantedSlots(assignments, wishes)).toEqual([
      { slot: 0, participant: "a", source: "camera", width: 1280, height: 720, fps: 0, stage: true },
    ]);
  });
});
