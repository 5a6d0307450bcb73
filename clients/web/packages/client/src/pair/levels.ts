/** How loud somebody is: RFC 6464, -dBov, 0 loudest, 127 silence; and whether that is speech. */
export interface PairLevel {
  level: number;
  speaking: boolean;
}

/** Quieter than this is a room, not a voice. */
const SPEAKING_LEVEL = 50;
/** A pause between two words is no silence. */
const HELD_READINGS = 2;

/** Reads how loud the two of a connection are. */
export class PairLevels {
  private readonly held = { mine: 0, theirs: 0 };

  constructor(private readonly pc: Pick<RTCPeerConnection, "getStats">) {}

  async read(): Promise<{ mine: PairLevel; theirs: PairLevel }> {
    let mine = 0;
    let theirs = 0;
    const report = await this.pc.getStats();
    report.forEach((entry: Record<string, unknown> & { type: string }) => {
      const loudness = Number(entry["audioLevel"] ?? 0);
      if (entry.type === "media-source") mine = Math.max(mine, loudness);
      else if (entry.type === "inbound-rtp") theirs = Math.max(theirs, loudness);
    });
    return { mine: this.judge("mine", mine), theirs: this.judge("theirs", theirs) };
  }

  private judge(whose: "mine" | "theirs", loudness: number): PairLevel {
    const level = levelOf(loudness);
    this.held[whose] = level < SPEAKING_LEVEL ? HELD_READINGS : Math.max(0, this.held[whose] - 1);
    return { level, speaking: this.held[whose] > 0 };
  }
}

/** 0 (silence) to 1 (full) as RFC 6464 says it. */
export function levelOf(loudness: number): number {
  return loudness <= 0 ? 127 : Math.min(127, Math.max(0, Math.round(-20 * Math.log10(loudness))));
}
