import type { QualityLayers, QualitySample } from "@parley/client";

/** A stretch of time without a longer break: a meeting that takes place again has several. */
export interface Sitting {
  fromMillis: number;
  toMillis: number;
}

/** What one person's connection did in one column of the picture; `undefined` where nothing is known. */
export interface Column {
  upBps: number;
  downBps: number;
  /** The worse direction, 0..1. */
  loss: number;
  upLoss: number;
  downLoss: number;
  roundTripMillis: number | undefined;
  freezes: number;
  layers: QualityLayers;
  /** Whether their media went to the other person and not by the node. */
  direct: boolean;
}

export interface Summary {
  /** The worse direction's mean, 0..1. */
  loss: number;
  /** Half of the time it was at most this. */
  roundTripMillis: number | undefined;
  freezes: number;
  upBps: number;
  downBps: number;
  verdict: "good" | "fair" | "poor";
}

const BREAK_MILLIS = 20 * 60_000;
/** Above these loss or delay is noticed by some, and by everybody. */
const FAIR = { loss: 0.02, roundTripMillis: 250 };
const POOR = { loss: 0.08, roundTripMillis: 500 };

export const verdictOf = (loss: number, roundTripMillis = 0): Summary["verdict"] =>
  loss > POOR.loss || roundTripMillis > POOR.roundTripMillis
    ? "poor"
    : loss > FAIR.loss || roundTripMillis > FAIR.roundTripMillis
      ? "fair"
      : "good";

const timeOf = (sample: QualitySample): number => Date.parse(sample.at);

/** The stretches of time that the samples are of, the earliest first. */
export function sittingsOf(samples: readonly QualitySample[], bucketMillis: number): Sitting[] {
  const sittings: Sitting[] = [];
  for (const at of [...new Set(samples.map(timeOf))].sort((a, b) => a - b)) {
    const last = sittings.at(-1);
    if (last && at - last.toMillis <= BREAK_MILLIS) last.toMillis = at + bucketMillis;
    else sittings.push({ fromMillis: at, toMillis: at + bucketMillis });
  }
  return sittings;
}

/** Those of one sitting, by person. */
export function byPerson(
  samples: readonly QualitySample[],
  { fromMillis, toMillis }: Sitting,
): Map<string, QualitySample[]> {
  const found = new Map<string, QualitySample[]>();
  for (const sample of samples) {
    const at = timeOf(sample);
    if (at < fromMillis || at >= toMillis) continue;
    const list = found.get(sample.participant_id);
    if (list) list.push(sample);
    else found.set(sample.participant_id, [sample]);
  }
  return found;
}

/** How many columns a sitting is drawn in: one a bucket while they fit. */
export const columnCount = ({ fromMillis, toMillis }: Sitting, bucketMillis: number, most = 240): number =>
  Math.max(1, Math.min(most, Math.ceil((toMillis - fromMillis) / bucketMillis)));

/** One person's samples in columns of equal time: the mean of bitrates, the worst of the rest, all freezes. */
export function columnsOf(
  samples: readonly QualitySample[],
  { fromMillis, toMillis }: Sitting,
  count: number,
): (Column | undefined)[] {
  const groups = Array.from({ length: count }, () => [] as QualitySample[]);
  for (const sample of samples) {
    const index = Math.floor(((timeOf(sample) - fromMillis) / (toMillis - fromMillis)) * count);
    groups[index]?.push(sample);
  }
  return groups.map((group) => (group.length ? columnOf(group) : undefined));
}

function columnOf(group: readonly QualitySample[]): Column {
  const mean = (value: (sample: QualitySample) => number) =>
    group.reduce((sum, sample) => sum + value(sample), 0) / group.length;
  const worst = (value: (sample: QualitySample) => number) => Math.max(...group.map(value));
  const trips = roundTrips(group);
  const upLoss = worst((sample) => sample.up_loss);
  const downLoss = worst((sample) => sample.down_loss);
  const last = group.reduce((a, b) => (timeOf(a) > timeOf(b) ? a : b));
  return {
    upBps: mean((sample) => sample.up_bps),
    downBps: mean((sample) => sample.down_bps),
    loss: Math.max(upLoss, downLoss),
    upLoss,
    downLoss,
    roundTripMillis: trips.length ? Math.max(...trips) : undefined,
    freezes: group.reduce((sum, sample) => sum + sample.freezes, 0),
    layers: last.layers,
    direct: last.path === "direct",
  };
}

const roundTrips = (samples: readonly QualitySample[]): number[] =>
  samples.flatMap(({ round_trip_millis }) => (round_trip_millis === undefined ? [] : [round_trip_millis]));

/** One person's sitting in a line. */
export function summaryOf(samples: readonly QualitySample[]): Summary {
  const mean = (value: (sample: QualitySample) => number) =>
    samples.length ? samples.reduce((sum, sample) => sum + value(sample), 0) / samples.length : 0;
  const trips = roundTrips(samples).sort((a, b) => a - b);
  const loss = mean((sample) => Math.max(sample.up_loss, sample.down_loss));
  const roundTripMillis = trips[Math.floor((trips.length - 1) / 2)];
  return {
    loss,
    roundTripMillis,
    freezes: samples.reduce((sum, sample) => sum + sample.freezes, 0),
    upBps: mean((sample) => sample.up_bps),
    downBps: mean((sample) => sample.down_bps),
    verdict: verdictOf(loss, roundTripMillis),
  };
}

/** Newly read samples take the place of those of the same person and time. */
export function merged(
  known: readonly QualitySample[],
  fresh: readonly QualitySample[],
): readonly QualitySample[] {
  const key = ({ participant_id, at }: QualitySample) => `${participant_id} ${at}`;
  const all = new Map(known.map((sample) => [key(sample), sample]));
  for (const sample of fresh) all.set(key(sample), sample);
  return [...all.values()];
}
