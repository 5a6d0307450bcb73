import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Backoff } from "../src/backoff";
import { levelOf } from "../src/devices/level";
import { codecsOf, pruneCodecs } from "../src/media/codecs";
import { readMessage } from "../src/media/messages";
import { barsOf, QualityMeter, WaysMeter } from "../src/media/quality";

const video = (mimeType: string, sdpFmtpLine?: string) => ({
  mimeType,
  clockRate: 90_000,
  ...(sdpFmtpLine ? { sdpFmtpLine } : {}),
});

describe("pruning the offer", () => {
  const available = [
    video("video/VP8"),
    video("video/rtx"),
    video("video/VP9", "profile-id=0"),
    video("video/VP9", "profile-id=2"),
    video("video/H264", "packetization-mode=1"),
    video("video/red"),
    video("video/ulpfec"),
  ];

  it("keeps one profile of each wanted codec, in the wanted order, and RTX", () => {
    const pruned = pruneCodecs(available, ["video/VP9", "video/VP8"]);
    expect(pruned.map((codec) => codec.sdpFmtpLine ?? codec.mimeType)).toEqual([
      "profile-id=0",
      "video/VP8",
      "video/rtx",
    ]);
  });

  it("offers audio without RTX", () => {
    const audio = [{ mimeType: "audio/opus", clockRate: 48_000, channels: 2 }, video("video/rtx")];
    expect(pruneCodecs(audio, codecsOf(["audio/opus", "video/VP8"], "audio"))).toHaveLength(1);
  });

  it("is empty when the browser speaks none", () => {
    expect(pruneCodecs(available, ["video/AV1"])).toEqual([]);
  });
});

describe("reading the data channel", () => {
  it("takes objects with a t and nothing else", () => {
    expect(readMessage('{"t":"ping","at":1}')).toEqual({ t: "ping", at: 1 });
    for (const bad of ["", "{", "null", "[]", '{"at":1}', '{"t":1}', new ArrayBuffer(2), undefined]) {
      expect(readMessage(bad)).toBeUndefined();
    }
  });
});

type Entry = Record<string, unknown> & { type: string };

/** A connection of which `report` says how it stands. */
const measured = (report: () => Entry[]) => ({
  pc: { getStats: async () => new Map(report().map((entry, at) => [at, entry])) as never },
  videoSlots: [],
});

describe("how a connection does", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const later = () => vi.advanceTimersByTime(2_000);

  it("is counted by the path where the browser counts no transport, and by the transport alone where it does", async () => {
    const bytes = () => ({ bytesSent: performance.now(), bytesReceived: 2 * performance.now() });
    const paths = () => [
      { type: "candidate-pair", nominated: true, currentRoundTripTime: 0.02, ...bytes() },
      { type: "candidate-pair", nominated: false, ...bytes() },
    ];
    const without = measured(() => [{ type: "transport" }, ...paths()]);
    const having = measured(() => [{ type: "transport", ...bytes() }, ...paths()]);
    later();
    for (const connection of [without, having]) {
      const meter = new QualityMeter();
      await meter.measure(connection);
      later();
      expect(await meter.measure(connection)).toMatchObject({ upBps: 8_000, downBps: 16_000, rttMillis: 20 });
    }
  });

  it("is that of the way in use, and goes on without the node", async () => {
    let direct = false;
    let session: ReturnType<typeof measured> | undefined = measured(() => [
      { type: "transport", bytesSent: performance.now() },
    ]);
    const pair = measured(() => [{ type: "transport", bytesSent: 5 * performance.now() }]);
    const meter = new WaysMeter({ node: () => session, pair: () => pair, direct: () => direct });
    await meter.read();
    later();
    expect(await meter.read()).toMatchObject({ path: "node", upBps: 8_000 });
    direct = true;
    later();
    expect(await meter.read()).toMatchObject({ path: "direct", upBps: 40_000 });
    session = undefined;
    later();
    expect((await meter.read())?.upBps).toBe(40_000);
    direct = false;
    expect(await meter.read()).toBeUndefined();
  });

  it("is told for what was sent and for what came, and of the pictures that are shown", async () => {
    let lost = 0;
    const { pc } = measured(() => [
      { type: "remote-inbound-rtp", fractionLost: 0.02 },
      {
        type: "inbound-rtp",
        trackIdentifier: "screen",
        packetsReceived: performance.now(),
        packetsLost: lost,
      },
      {
        type: "inbound-rtp",
        trackIdentifier: "camera",
        freezeCount: 3,
        framesPerSecond: 24,
        frameHeight: 360,
      },
    ]);
    const videoSlots = ["camera", "screen"].map((id) => ({ track: { id } }) as RTCRtpReceiver);
    const meter = new QualityMeter();
    await meter.measure({ pc, videoSlots });
    later();
    lost = 500;
    expect(await meter.measure({ pc, videoSlots })).toMatchObject({
      loss: 0.2,
      upLoss: 0.02,
      downLoss: 0.2,
      slots: [{ slot: 0, freezes: 3, fps: 24, height: 360 }],
    });
  });

  it("is not told when the browser does not say", async () => {
    const pc = { getStats: () => Promise.reject(new Error("closed")) };
    const way = { pc, videoSlots: [] };
    const meter = new WaysMeter({ node: () => way, pair: () => way, direct: () => true });
    expect(await meter.read()).toBeUndefined();
  });
});

describe("measures", () => {
  it("grades loss and delay", () => {
    expect([barsOf(0, 40), barsOf(0.03, 40), barsOf(0, 300), barsOf(0.1, 40), barsOf(0, 900)]).toEqual([
      3, 2, 2, 1, 1,
    ]);
  });

  it("maps loudness to a meter", () => {
    expect(levelOf(0)).toBe(0);
    expect(levelOf(0.001)).toBeCloseTo(0, 5);
    expect(levelOf(0.25)).toBeCloseTo(1, 1);
    expect(levelOf(0.03)).toBeGreaterThan(0.5);
  });

  it("waits longer each time, up to a cap, never in step with others", () => {
    const eager = new Backoff(100, 1_000, () => 1);
    const patient = new Backoff(100, 1_000, () => 0);
    expect(Array.from({ length: 5 }, () => patient.nextMillis())).toEqual([100, 200, 400, 800, 1_000]);
    expect(eager.nextMillis()).toBe(50);
    patient.reset();
    expect(patient.nextMillis()).toBe(100);
  });
});
