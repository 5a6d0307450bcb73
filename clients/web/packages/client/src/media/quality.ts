/** A connection that can be measured, and those of its receivers that are slots. */
export interface Measured {
  pc: Pick<RTCPeerConnection, "getStats">;
  videoSlots: readonly RTCRtpReceiver[];
}

/** Which way media goes: by the node, or from one person to the other. */
export type MediaPath = "node" | "direct";

/** How the connection does, measured over the last interval. */
export interface Quality {
  /** The way that is told of, the one in use. */
  path: MediaPath;
  /** bit/s sent */
  upBps: number;
  /** bit/s received */
  downBps: number;
  /** 0..1, the worse direction */
  loss: number;
  /** 0..1, of what was sent, as the other end reports it */
  upLoss: number;
  /** 0..1, of what was to be received */
  downLoss: number;
  /** ms, undefined before the first report */
  rttMillis: number | undefined;
  /** 1 bad, 2 fair, 3 good */
  bars: 1 | 2 | 3;
  /** Pictures by the slot of the node; over the direct way 0 is the other's camera and 1 their screen. */
  slots: { slot: number; freezes: number; fps: number; height: number }[];
}

/** What the statistics of one connection say. */
type Reading = Omit<Quality, "path">;

interface Totals {
  atMillis: number;
  sent: number;
  received: number;
  packets: number;
  lost: number;
}

/** Loss above 8 % or a round trip above 500 ms is heard by everybody; above 2 % or 250 ms by some. */
export function barsOf(loss: number, rttMillis: number | undefined): 1 | 2 | 3 {
  const rtt = rttMillis ?? 0;
  if (loss > 0.08 || rtt > 500) return 1;
  if (loss > 0.02 || rtt > 250) return 2;
  return 3;
}

/** The two ways that media may go. */
export interface Ways {
  /** Undefined while there is no session with the node. */
  node: () => Measured | undefined;
  /** The connection to another person, if there is one. */
  pair: () => Measured | undefined;
  /** Whether that one is used. */
  direct: () => boolean;
}

/**
 * Reads the statistics of the way in use. A rate lies between two readings of one connection, so both ways are read each time: whichever is
 * used next has been read before.
 */
export class WaysMeter {
  private readonly meter = new QualityMeter();

  constructor(private readonly ways: Ways) {}

  /** The way in use has changed: what went over it before is not in the next reading. */
  async changed(): Promise<void> {
    await this.readings();
  }

  /** Undefined when the way in use cannot be read now. */
  async read(): Promise<Quality | undefined> {
    const [node, pair] = await this.readings();
    const direct = this.ways.direct();
    const reading = direct ? pair : node;
    return reading && { ...reading, path: direct ? "direct" : "node" };
  }

  private readings(): Promise<(Reading | undefined)[]> {
    const both = [this.ways.node(), this.ways.pair()];
    return Promise.all(both.map((way) => way && this.meter.measure(way).catch(() => undefined)));
  }
}

/** Reads connections' statistics at intervals. */
export class QualityMeter {
  private readonly before = new WeakMap<Measured["pc"], Totals>();

  async measure(session: Measured): Promise<Reading> {
    const report = await session.pc.getStats();
    const now = { atMillis: performance.now(), packets: 0, lost: 0 };
    // Not every browser has counted what a transport carries; the path that it took they count.
    const transport = { sent: 0, received: 0 };
    const path = { sent: 0, received: 0 };
    const count = (into: typeof path, entry: Record<string, unknown>) => {
      into.sent += Number(entry["bytesSent"] ?? 0);
      into.received += Number(entry["bytesReceived"] ?? 0);
    };
    let rttMillis: number | undefined;
    let upLoss = 0;
    const slots: Quality["slots"] = [];
    const slotOf = new Map(session.videoSlots.map((receiver, slot) => [receiver.track.id, slot]));
    report.forEach((entry: Record<string, unknown> & { type: string }) => {
      if (entry.type === "transport") {
        count(transport, entry);
      } else if (entry.type === "candidate-pair" && entry["nominated"]) {
        count(path, entry);
        const seconds = entry["currentRoundTripTime"];
        if (typeof seconds === "number") rttMillis = Math.round(seconds * 1000);
      } else if (entry.type === "remote-inbound-rtp") {
        upLoss = Math.max(upLoss, Number(entry["fractionLost"] ?? 0));
      } else if (entry.type === "inbound-rtp") {
        now.packets += Number(entry["packetsReceived"] ?? 0);
        now.lost += Math.max(0, Number(entry["packetsLost"] ?? 0));
        const slot = slotOf.get(String(entry["trackIdentifier"] ?? ""));
        if (slot !== undefined && entry["frameHeight"]) {
          slots.push({
            slot,
            freezes: Number(entry["freezeCount"] ?? 0),
            fps: Math.round(Number(entry["framesPerSecond"] ?? 0)),
            height: Number(entry["frameHeight"]),
          });
        }
      }
    });
    const { sent, received } = transport.sent + transport.received > 0 ? transport : path;
    const since = this.before.get(session.pc);
    this.before.set(session.pc, { ...now, sent, received });
    const seconds = since ? Math.max(0.001, (now.atMillis - since.atMillis) / 1000) : 0;
    const rate = (to: number, from: number) =>
      since ? Math.max(0, Math.round(((to - from) * 8) / seconds)) : 0;
    const lost = since ? Math.max(0, now.lost - since.lost) : 0;
    const arrived = since ? Math.max(0, now.packets - since.packets) : 0;
    const downLoss = lost + arrived > 0 ? lost / (lost + arrived) : 0;
    const loss = Math.max(downLoss, upLoss);
    return {
      upBps: rate(sent, since?.sent ?? 0),
      downBps: rate(received, since?.received ?? 0),
      loss,
      upLoss,
      downLoss,
      rttMillis,
      bars: barsOf(loss, rttMillis),
      slots,
    };
  }
}
