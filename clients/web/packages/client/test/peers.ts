import { vi } from "vitest";

/** What goes from sender to receiver in a test without WebRTC: connections that find each other by what their descriptions say. */
export class PeerNetwork {
  /** Whether packets pass. */
  up = true;
  readonly peers: FakePeer[] = [];
  private keys = 0;

  install(): void {
    const network = this;
    vi.stubGlobal(
      "RTCPeerConnection",
      class extends FakePeer {
        constructor() {
          super(network, ++network.keys);
          network.peers.push(this);
        }
      },
    );
    vi.stubGlobal("RTCRtpReceiver", {
      getCapabilities: (kind: string) => ({
        codecs: [{ mimeType: kind === "audio" ? "audio/opus" : "video/VP8", clockRate: 1 }],
      }),
    });
    vi.stubGlobal("MediaStream", FakeStream);
    vi.stubGlobal("Audio", FakeAudio);
  }

  byKey(key: number): FakePeer | undefined {
    return this.peers.find((peer) => peer.key === key);
  }

  /** Connections that are not closed. */
  get open(): FakePeer[] {
    return this.peers.filter((peer) => peer.connectionState !== "closed");
  }
}

export class FakeTrack {
  enabled = true;
  readyState = "live";
  constructor(readonly kind: "audio" | "video") {}
  stop(): void {
    this.readyState = "ended";
  }
}

export const track = (kind: "audio" | "video") => new FakeTrack(kind) as unknown as MediaStreamTrack;

class FakeStream {
  constructor(private readonly tracks: unknown[]) {}
  getTracks = () => this.tracks;
}

class FakeAudio {
  muted = false;
  srcObject: unknown = null;
  autoplay = false;
  play = async () => undefined;
  pause = () => undefined;
}

/** Something that comes in as long as `flowing` says so. */
export class FakeReceiver {
  readonly track: MediaStreamTrack;
  private last = 0;
  constructor(
    kind: "audio" | "video",
    private readonly flowing: () => boolean,
    readonly owner = 0,
  ) {
    this.track = track(kind);
  }

  get comesIn(): boolean {
    return this.flowing();
  }

  getSynchronizationSources = () => this.sources(1);
  getContributingSources = () => this.sources(this.owner);

  private sources(source: number) {
    if (this.flowing()) this.last = performance.now() + 1;
    return this.last === 0 ? [] : [{ source, timestamp: this.last, rtpTimestamp: 0 }];
  }
}

class FakeTransceiver {
  direction = "sendrecv";
  private carried: MediaStreamTrack | null = null;
  readonly receiver: FakeReceiver;
  readonly sender = {
    replaceTrack: async (next: MediaStreamTrack | null) => void (this.carried = next),
    getParameters: () => ({ encodings: [{}] }),
    setParameters: async () => undefined,
  };
  constructor(
    readonly kind: "audio" | "video",
    other: () => FakeTransceiver | undefined,
  ) {
    this.receiver = new FakeReceiver(kind, () => Boolean(other()?.carried));
  }
  setCodecPreferences(): void {}
}

class FakeChannel {
  readyState = "connecting";
  onopen: (() => void) | null = null;
  onclose: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  constructor(private readonly peer: FakePeer) {}

  send(data: string): void {
    queueMicrotask(() => {
      if (this.peer.reaches) this.peer.other?.channel?.onmessage?.({ data });
    });
  }

  become(state: "open" | "closed"): void {
    if (this.readyState === state) return;
    this.readyState = state;
    if (state === "open") this.onopen?.();
    else this.onclose?.();
  }
}

export class FakePeer {
  connectionState = "new";
  signalingState = "stable";
  localDescription: { type: string; sdp: string } | null = null;
  remoteDescription: { type: string; sdp: string } | null = null;
  onicecandidate: ((event: { candidate: unknown }) => void) | null = null;
  onconnectionstatechange: (() => void) | null = null;
  channel: FakeChannel | undefined;
  candidates = 0;
  private connectedAt: number | undefined;
  private readonly lines: FakeTransceiver[] = [];

  constructor(
    private readonly network: PeerNetwork,
    readonly key: number,
  ) {}

  /** The connection that this one's remote description names. */
  get other(): FakePeer | undefined {
    const named = /a=key:(\d+)/.exec(this.remoteDescription?.sdp ?? "")?.[1];
    return named ? this.network.byKey(Number(named)) : undefined;
  }

  get reaches(): boolean {
    return (
      this.network.up && this.connectionState === "connected" && this.other?.connectionState === "connected"
    );
  }

  addTransceiver(kind: "audio" | "video"): FakeTransceiver {
    const line = this.lines.length;
    const transceiver = new FakeTransceiver(kind, () => (this.reaches ? this.other?.lines[line] : undefined));
    this.lines.push(transceiver);
    return transceiver;
  }

  getTransceivers = () => this.lines;

  createDataChannel(): FakeChannel {
    return (this.channel = new FakeChannel(this));
  }

  async setLocalDescription(): Promise<void> {
    const type = this.signalingState === "have-remote-offer" ? "answer" : "offer";
    const media = this.lines.map(({ kind }) => `m=${kind} 9\r\n`).join("");
    this.localDescription = { type, sdp: `v=0\r\na=key:${this.key}\r\n${media}` };
    this.signalingState = type === "offer" ? "have-local-offer" : "stable";
    queueMicrotask(() =>
      this.onicecandidate?.({ candidate: { toJSON: () => ({ candidate: `candidate:${this.key}` }) } }),
    );
    this.connect();
  }

  async setRemoteDescription(description: { type: string; sdp: string }): Promise<void> {
    if (!description.sdp.startsWith("v=0")) throw new Error("not a description");
    this.remoteDescription = description;
    if (description.type === "offer") {
      this.signalingState = "have-remote-offer";
      for (const [, kind] of description.sdp.matchAll(/^m=(audio|video)/gm))
        this.addTransceiver(kind as "audio" | "video");
    } else this.signalingState = "stable";
    this.connect();
  }

  async addIceCandidate(): Promise<void> {
    if (!this.remoteDescription) throw new Error("no remote description");
    this.candidates += 1;
    this.connect();
  }

  /** As if a megabit was sent in a second, and two were received, for as long as it is connected. */
  getStats = async () => {
    const millis = this.connectedAt === undefined ? 0 : performance.now() - this.connectedAt;
    const transport = { type: "transport", bytesSent: 125 * millis, bytesReceived: 250 * millis };
    return new Map<string, unknown>([["T1", transport]]);
  };

  close(): void {
    if (this.connectionState === "closed") return;
    const other = this.other;
    const reached = this.reaches;
    this.connectionState = "closed";
    if (reached) queueMicrotask(() => other?.channel?.become("closed"));
  }

  /** Goes away as a page does that is killed: the other side hears nothing. */
  vanish(): void {
    this.connectionState = "closed";
  }

  private connect(): void {
    const { other } = this;
    const agreed = (peer: FakePeer | undefined) =>
      peer?.signalingState === "stable" && peer.localDescription && peer.remoteDescription;
    if (!this.network.up || !agreed(this) || !agreed(other) || other?.other !== this) return;
    if (this.candidates + other.candidates === 0) return;
    for (const peer of [this, other]) {
      if (peer.connectionState !== "new") return;
    }
    for (const peer of [this, other]) {
      peer.connectionState = "connected";
      peer.connectedAt = performance.now();
    }
    for (const peer of [this, other]) {
      queueMicrotask(() => {
        peer.onconnectionstatechange?.();
        peer.channel?.become("open");
      });
    }
  }
}
