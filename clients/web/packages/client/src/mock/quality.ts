import type { QualityPage, QualitySample } from "../rest/quality";

const BUCKET_SECONDS = 10;

/** How connections did, made up: the first person's is fine, the second's has a bad stretch, the third's is poor. */
export class MockQuality {
  private people: string[] = [];
  private minutes = 0;

  /** Adds so many minutes that are just over, for screens. */
  add(people: readonly string[], minutes: number): void {
    this.people = [...people];
    this.minutes = minutes;
  }

  answer(): QualityPage {
    const samples: QualitySample[] = [];
    const count = this.minutes * (60 / BUCKET_SECONDS);
    const now = Math.floor(Date.now() / 60_000) * 60_000;
    for (let back = 1; back <= count; back++) {
      const at = new Date(now - back * BUCKET_SECONDS * 1_000).toISOString();
      this.people.forEach((_, person) => samples.push(sampleOf(person, count - back, at)));
    }
    const people = this.people.map((name, person) => ({ participant_id: `p_${person}`, name }));
    return { bucket_seconds: BUCKET_SECONDS, people, samples };
  }
}

function sampleOf(person: number, step: number, at: string): QualitySample {
  const wave = Math.sin(step / 9 + person) + Math.sin(step / 3.7 + 2 * person) / 2;
  const bad = person % 3 === 2 || (person % 3 === 1 && step % 180 > 120 && step % 180 < 150);
  const direct = person < 2 && step < 24;
  const loss = Math.max(0, bad ? 0.09 + wave * 0.05 : 0.002 + wave * 0.004);
  return {
    participant_id: `p_${person}`,
    at,
    up_bps: Math.round((bad ? 260_000 : 1_700_000) * (1 + wave / 8)),
    down_bps: Math.round((bad ? 420_000 : 3_100_000) * (1 + wave / 8)),
    estimate_bps: bad ? 600_000 : 5_000_000,
    up_loss: Number((loss / 2).toFixed(3)),
    down_loss: Number(loss.toFixed(3)),
    round_trip_millis: Math.round((bad ? 310 : 46) * (1 + wave / 10)),
    freezes: bad && step % 11 === 0 ? 2 : 0,
    path: direct ? "direct" : "node",
    layers: direct
      ? { q: 0, h: 0, f: 0, single: 0, held: 0 }
      : bad
        ? { q: 2, h: 0, f: 0, single: 0, held: 2 }
        : { q: 1, h: 2, f: 1, single: 0, held: 0 },
  };
}
