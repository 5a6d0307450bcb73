import { describe, expect, it } from "vitest";
import type { RosterEntry } from "../src/media/messages";
import { Roster } from "../src/meeting/roster";

const entry = (participant: string, microphone = true): RosterEntry => ({
  participant,
  user: `u_${participant}`,
  name: participant,
  role: "participant",
  csrc: participant.charCodeAt(0),
  sources: [{ source: "microphone", muted: !microphone }],
  hand: false,
  connection: "good",
});

describe("the roster", () => {
  it("reports who came, changed and left by deltas", () => {
    const roster = new Roster("me");
    roster.apply({ t: "roster", rev: 1, full: true, participants: [entry("a"), entry("b")] });
    const change = roster.apply({
      t: "roster",
      rev: 2,
      full: false,
      add: [entry("c")],
      change: [{ ...entry("a"), hand: true }],
      remove: ["b"],
    });
    expect(change.joined.map((p) => p.id)).toEqual(["c"]);
    expect(change.changed.map((p) => p.id)).toEqual(["a"]);
    expect(change.left.map((p) => p.id)).toEqual(["b"]);
    expect(roster.get("a")?.hand).toBe(true);
  });

  it("drops those a full list no longer names", () => {
    const roster = new Roster("me");
    roster.apply({ t: "roster", rev: 9, full: true, participants: [entry("a"), entry("b")] });
    const change = roster.apply({ t: "roster", rev: 1, full: true, participants: [entry("b")] });
    expect(change.left.map((p) => p.id)).toEqual(["a"]);
  });

  it("ignores a delta that is older than what it knows", () => {
    const roster = new Roster("me");
    roster.apply({ t: "roster", rev: 5, full: true, participants: [entry("a")] });
    roster.apply({ t: "roster", rev: 4, full: false, remove: ["a"] });
    expect(roster.all).toHaveLength(1);
  });

  it("finds the owner of a packet's number", () => {
    const roster = new Roster("me");
    roster.apply({ t: "roster", rev: 1, full: true, participants: [entry("a"), entry("b")] });
    expect(roster.byCsrc("b".charCodeAt(0))?.id).toBe("b");
  });

  it("does not show a muted person as speaking", () => {
    const roster = new Roster("me");
    roster.apply({ t: "roster", rev: 1, full: true, participants: [entry("a", false), entry("b")] });
    const changed = roster.hear([
      { slot: 0, participant: "a", level: 20, speaking: true },
      { slot: 1, participant: "b", level: 30, speaking: true },
    ]);
    expect(changed.map((p) => p.id)).toEqual(["b"]);
    expect(roster.hear([]).map((p) => p.speaking)).toEqual([false]);
  });

  it("trusts the person's own switches over the node's echo", () => {
    const roster = new Roster("me");
    roster.apply({ t: "roster", rev: 1, full: true, participants: [entry("me")] });
    roster.patchSelf({ microphone: false });
    roster.apply({ t: "roster", rev: 2, full: false, change: [entry("me", true)] });
    expect(roster.get("me")?.microphone).toBe(false);
  });
});
