import type { Participant } from "@parley/client";
import { describe, expect, it } from "vitest";
import { arrange } from "../src/meeting/arrange";
import { gridLayout, spotlightLayout, type Box } from "../src/meeting/layout";

const person = (id: string, patch: Partial<Participant> = {}): Participant => ({
  id,
  userId: `u_${id}`,
  name: id,
  role: "participant",
  csrc: id.charCodeAt(0),
  self: id === "me",
  microphone: true,
  camera: true,
  screen: false,
  hand: false,
  connection: "good",
  speaking: false,
  ...patch,
});

const options = {
  layout: "grid" as const,
  pinned: undefined,
  speaker: undefined,
  spokeAt: new Map<string, number>(),
  width: 1280,
  height: 700,
  slots: 9,
};

function overlap(a: Box, b: Box): boolean {
  const apart = 0.01;
  return (
    a.x + a.width > b.x + apart &&
    b.x + b.width > a.x + apart &&
    a.y + a.height > b.y + apart &&
    b.y + b.height > a.y + apart
  );
}

describe("the grid", () => {
  it.each([
    [1, 1280, 700],
    [2, 1280, 700],
    [5, 1280, 700],
    [9, 1920, 1000],
    [4, 374, 740],
    [7, 800, 800],
  ])("keeps %i tiles inside %i x %i, apart from each other", (count, width, height) => {
    const boxes = gridLayout(count, width, height);
    expect(boxes).toHaveLength(count);
    for (const box of boxes) {
      expect(box.x).toBeGreaterThanOrEqual(-0.01);
      expect(box.y).toBeGreaterThanOrEqual(-0.01);
      expect(box.x + box.width).toBeLessThanOrEqual(width + 0.01);
      expect(box.y + box.height).toBeLessThanOrEqual(height + 0.01);
    }
    for (const a of boxes) for (const b of boxes) if (a !== b) expect(overlap(a, b)).toBe(false);
  });

  it("chooses rows and columns for the largest tiles", () => {
    const columns = (boxes: Box[]) => new Set(boxes.map((box) => Math.round(box.x))).size;
    expect(columns(gridLayout(4, 1280, 720))).toBe(2);
    expect(columns(gridLayout(9, 1280, 720))).toBe(3);
    expect(columns(gridLayout(3, 400, 1400))).toBe(1);
  });
});

describe("the spotlight", () => {
  it("puts the strip beside on wide stages and below on tall ones", () => {
    const wide = spotlightLayout(3, 1280, 700);
    expect(wide.strip[0]!.x).toBeGreaterThan(wide.main.width);
    const tall = spotlightLayout(3, 390, 700);
    expect(tall.strip[0]!.y).toBeGreaterThan(tall.main.height);
  });
});

describe("arranging people", () => {
  it("gives the other person the stage when two talk", () => {
    const { tiles } = arrange([person("me"), person("ana")], options);
    expect(tiles.map((tile) => [tile.participant.id, tile.stage, tile.floating])).toEqual([
      ["ana", true, false],
      ["me", false, true],
    ]);
  });

  it("puts a shared screen on the stage, people beside it", () => {
    const { tiles } = arrange([person("me"), person("ana", { screen: true }), person("bo")], options);
    expect(tiles[0]).toMatchObject({ key: "ana/screen", stage: true });
    expect(tiles.slice(1).map((tile) => tile.key)).toEqual(["ana/camera", "bo/camera", "me/camera"]);
  });

  it("lets a pin win over everything", () => {
    const people = [person("me"), person("ana", { screen: true }), person("bo")];
    expect(arrange(people, { ...options, pinned: "bo/camera" }).tiles[0]!.key).toBe("bo/camera");
  });

  it("follows the speaker in the speaker layout", () => {
    const people = [person("me"), person("ana"), person("bo"), person("cy")];
    expect(arrange(people, { ...options, layout: "speaker", speaker: "cy" }).tiles[0]!.key).toBe("cy/camera");
  });

  it("moves nobody when another speaks and all have room", () => {
    const people = [person("me"), person("ana"), person("bo"), person("cy")].map((one, csrc) => ({
      ...one,
      csrc,
    }));
    const order = (spokeAt: ReadonlyMap<string, number>) =>
      arrange(people, { ...options, spokeAt }).tiles.map((tile) => tile.participant.id);
    expect(order(new Map([["cy", Date.now()]]))).toEqual(order(new Map()));
    expect(order(new Map())).toEqual(["ana", "bo", "cy", "me"]);
  });

  it("shows those who spoke lately when there is no room for all, and counts the rest", () => {
    const many = Array.from({ length: 14 }, (_, index) => person(String.fromCharCode(97 + index)));
    const spokeAt = new Map([["n", Date.now()]]);
    const { tiles, hidden } = arrange([person("me"), ...many], { ...options, spokeAt });
    expect(tiles.map((tile) => tile.participant.id)).toContain("n");
    expect(tiles.map((tile) => tile.participant.id)).toContain("me");
    expect(tiles.length + hidden).toBe(15);
    expect(tiles.filter((tile) => !tile.participant.self).length).toBeLessThanOrEqual(9);
  });
});
