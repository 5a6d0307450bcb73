import type { QualitySample } from "@parley/client";
import { describe, expect, it } from "vitest";
import {
  byPerson,
  columnCount,
  columnsOf,
  merged,
  sittingsOf,
  summaryOf,
  verdictOf,
} from "../src/quality/timeline";

const BUCKET_MILLIS = 10_000;
const NOON = Date.parse("2026-03-01T12:00:00Z");

function sample(person: string, seconds: number, more: Partial<QualitySample> = {}): QualitySample {
  return {
    participant_id: person,
    at: new Date(NOON + seconds * 1_000).toISOString(),
    up_bps: 1_000_000,
    down_bps: 2_000_000,
    estimate_bps: 4_000_000,
    up_loss: 0,
    down_loss: 0,
    round_trip_millis: 40,
    freezes: 0,
    layers: { q: 0, h: 0, f: 1, single: 0, held: 0 },
    path: "node",
    ...more,
  };
}

const at = (seconds: number) => NOON + seconds * 1_000;

describe("how connections did", () => {
  it("parts where nobody was in for long", () => {
    const samples = [sample("p_1", 7_200), sample("p_1", 0), sample("p_2", 0), sample("p_2", 600)];
    expect(sittingsOf(samples, BUCKET_MILLIS)).toEqual([
      { fromMillis: at(0), toMillis: at(610) },
      { fromMillis: at(7_200), toMillis: at(7_210) },
    ]);
    expect(sittingsOf([], BUCKET_MILLIS)).toEqual([]);
  });

  it("is each person's of one sitting", () => {
    const [first] = sittingsOf([sample("p_1", 0), sample("p_2", 10)], BUCKET_MILLIS);
    const lines = byPerson([sample("p_1", 0), sample("p_2", 10), sample("p_1", 9_000)], first!);
    expect([...lines.keys()]).toEqual(["p_1", "p_2"]);
    expect(lines.get("p_1")).toHaveLength(1);
  });

  it("has a column for each bucket while they fit, and leaves those without a sample empty", () => {
    const sitting = { fromMillis: at(0), toMillis: at(40) };
    expect(columnCount(sitting, BUCKET_MILLIS)).toBe(4);
    const columns = columnsOf([sample("p_1", 0), sample("p_1", 30, { freezes: 2 })], sitting, 4);
    expect(columns.map((column) => column?.freezes)).toEqual([0, undefined, undefined, 2]);
  });

  it("shows the worst of a long time, the mean of its bitrates, and all its freezes", () => {
    const sitting = { fromMillis: at(0), toMillis: at(7_200) };
    const count = columnCount(sitting, BUCKET_MILLIS);
    expect(count).toBe(240);
    const [column] = columnsOf(
      [
        sample("p_1", 0, { up_bps: 3_000_000, down_loss: 0.2, freezes: 1 }),
        sample("p_1", 10, { round_trip_millis: 90, up_loss: 0.1, freezes: 1 }),
        sample("p_1", 20, { layers: { q: 1, h: 0, f: 0, single: 0, held: 1 }, up_bps: 2_000_000 }),
      ],
      sitting,
      count,
    );
    expect(column).toEqual({
      upBps: 2_000_000,
      downBps: 2_000_000,
      loss: 0.2,
      upLoss: 0.1,
      downLoss: 0.2,
      roundTripMillis: 90,
      freezes: 2,
      layers: { q: 1, h: 0, f: 0, single: 0, held: 1 },
      direct: false,
    });
  });

  it("is summed up with a verdict", () => {
    const unknown = sample("p_1", 0);
    delete unknown.round_trip_millis;
    expect(summaryOf([unknown])).toMatchObject({ verdict: "good", roundTripMillis: undefined, freezes: 0 });
    const trips = [30, 60, 900].map((trip, step) => sample("p_1", step * 10, { round_trip_millis: trip }));
    expect(summaryOf(trips)).toMatchObject({ roundTripMillis: 60, verdict: "good" });
    expect(verdictOf(0.03)).toBe("fair");
    expect(verdictOf(0.09)).toBe("poor");
    expect(verdictOf(0, 260)).toBe("fair");
    expect(verdictOf(0, 600)).toBe("poor");
  });

  it("takes what is read anew in place of what was known", () => {
    const known = [sample("p_1", 0), sample("p_2", 0)];
    const fresh = [sample("p_1", 0, { freezes: 3 }), sample("p_1", 10)];
    const all = merged(known, fresh);
    expect(all).toHaveLength(3);
    expect(
      all.find(({ participant_id, at }) => participant_id === "p_1" && at === known[0]!.at)?.freezes,
    ).toBe(3);
  });
});
