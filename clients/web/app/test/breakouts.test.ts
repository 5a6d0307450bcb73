import { describe, expect, it } from "vitest";
import { shuffle } from "../src/meeting/breakouts";

describe("shuffling people into rooms", () => {
  it("fills them evenly and forgets nobody", () => {
    const people = Array.from({ length: 11 }, (_, index) => `u_${index}`);
    const places = shuffle(people, 3);
    expect([...places.keys()].sort()).toEqual([...people].sort());
    const sizes = [0, 1, 2].map((room) => [...places.values()].filter((one) => one === room).length);
    expect(sizes).toEqual([4, 4, 3]);
  });

  it("follows what is drawn", () => {
    expect([...shuffle(["a", "b", "c"], 2, () => 0)]).toEqual([
      ["b", 0],
      ["c", 1],
      ["a", 0],
    ]);
  });
});
