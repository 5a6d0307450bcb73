import { Emitter } from "../emitter";
import { ParleyError } from "../errors";
import type { Source } from "../rest/records";
import { codecsOf, pruneCodecs } from "./codecs";
import { readMessage, type ChannelMessage } from "./messages";

export interface SessionPlan {
  iceServers: RTCIceServer[];
  codecs: string[];
  slots: { audio: number; video: number };
}

export interface Offer {
  sdp: string;
  tracks: { mid: string; source: Source }[];
}

export interface SessionEvents {
  /** The transport is up and the reliable channel is open. */
  connected: void;
  /** The transport is interrupted and may come back by itself. */
  interrupted: void;
  /** The transport is lost for good. */
  lost: string;
  message: ChannelMessage;
}

/** What was counted on one peer connection; after {@link MediaSession.accept} both numbers must not grow. */
export interface SessionCounters {
  /** `negotiationneeded` events after the exchange. */
  negotiationNeeded: number;
  /** Calls of `setRemoteDescription`; the exchange is the first and last. */
  setRemoteDescription: number;
  offerBytes: number;
  offerMillis: number;
}

const CAMERA_ENCODINGS: RTCRtpEncodingParameters[] = [
  { rid: "q", scaleResolutionDownBy: 4, maxBitrate: 180_000 },
  { rid: "h", scaleResolutionDownBy: 2, maxBitrate: 600_000 },
  { rid: "f", scaleResolutionDownBy: 1, maxBitrate: 1_800_000 },
];
const SCREEN_ENCODINGS: RTCRtpEncodingParameters[] = [{ maxBitrate: 2_500_000 }];
/** A new exchange is made before the old transport is dropped: being wrong costs little, waiting costs silence. */
const INTERRUPTED_PATIENCE_MILLIS = 1_500;

/**
 * One transport to a media node: one peer connection, offered once. Senders and receive slots exist from the start;
 * whatever happens in the meeting is `replaceTrack` and data-channel messages, never another SDP exchange.
 */
export class MediaSession extends Emitter<SessionEvents> {
  readonly pc: RTCPeerConnection;
  readonly audioSlots: RTCRtpReceiver[] = [];
  readonly videoSlots: RTCRtpReceiver[] = [];
  readonly counters: SessionCounters = {
    negotiationNeeded: 0,
    setRemoteDescription: 0,
    offerBytes: 0,
    offerMillis: 0,
  };
  private readonly transceivers = new Map<Source, RTCRtpTransceiver>();
  private readonly reliable: RTCDataChannel;
  private readonly lossy: RTCDataChannel;
  private parameters: Promise<void> = Promise.resolve();
  private impatience: ReturnType<typeof setTimeout> | undefined;
  private offered: Promise<Offer> | undefined;
  private up = false;
  private closed = false;

  constructor(readonly plan: SessionPlan) {
    super();
    if (typeof RTCPeerConnection === "undefined") {
      throw new ParleyError("client.unsupported", "this browser has no WebRTC");
    }
    this.pc = new RTCPeerConnection({ iceServers: plan.iceServers, bundlePolicy: "max-bundle" });
    this.addSender("microphone", "audio", plan);
    this.addSender("camera", "video", plan, CAMERA_ENCODINGS);
    this.addSender("screen", "video", plan, SCREEN_ENCODINGS);
    this.addSender("screen-audio", "audio", plan);
    for (let i = 0; i < plan.slots.audio; i++) this.audioSlots.push(this.addSlot("audio", plan));
    for (let i = 0; i < plan.slots.video; i++) this.videoSlots.push(this.addSlot("video", plan));
    this.reliable = this.pc.createDataChannel("parley", { negotiated: true, id: 0 });
    this.lossy = this.pc.createDataChannel("parley-lossy", {
      negotiated: true,
      id: 1,
      ordered: false,
      maxRetransmits: 0,
    });
    for (const channel of [this.reliable, this.lossy]) {
      channel.onmessage = (event) => this.receive(event.data);
    }
    this.reliable.onopen = () => this.noteState();
    this.reliable.onclose = () => this.lose("channel closed");
    this.pc.onconnectionstatechange = () => this.noteState();
  }

  get connected(): boolean {
    return this.up;
  }

  /** The offer, and what each of its sending m-lines carries. It is built once, and may be built ahead of time. */
  offer(): Promise<Offer> {
    return (this.offered ??= this.makeOffer());
  }

  private async makeOffer(): Promise<Offer> {
    const started = performance.now();
    await this.pc.setLocalDescription(await this.pc.createOffer());
    const sdp = this.pc.localDescription?.sdp ?? "";
    this.counters.offerMillis = performance.now() - started;
    this.counters.offerBytes = sdp.length;
    const tracks = [...this.transceivers].map(([source, transceiver]) => ({ mid: transceiver.mid!, source }));
    return { sdp, tracks };
  }

  /** Applies the node's answer: the only remote description this connection ever gets. */
  async accept(sdp: string): Promise<void> {
    this.counters.setRemoteDescription += 1;
    await this.pc.setRemoteDescription({ type: "answer", sdp });
    this.pc.onnegotiationneeded = () => (this.counters.negotiationNeeded += 1);
  }

  /** Publishes a track, or with null stops publishing. */
  async publish(source: Source, track: MediaStreamTrack | null): Promise<void> {
    await this.transceivers.get(source)!.sender.replaceTrack(track);
  }

  /** Sends only the layers somebody watches. */
  activateLayers(source: Source, rids: readonly string[]): Promise<void> {
    const sender = this.transceivers.get(source)?.sender;
    if (!sender) return Promise.resolve();
    this.parameters = this.parameters
      .then(async () => {
        const parameters = sender.getParameters();
        let changed = false;
        for (const encoding of parameters.encodings) {
          const active = encoding.rid ? rids.includes(encoding.rid) : rids.length > 0;
          changed ||= encoding.active !== active;
          encoding.active = active;
        }
        if (changed) await sender.setParameters(parameters);
      })
      .catch(() => undefined);
    return this.parameters;
  }

  sender(source: Source): RTCRtpSender {
    return this.transceivers.get(source)!.sender;
  }

  /** Sends on the reliable channel; false when it is not open. */
  send(message: ChannelMessage): boolean {
    if (this.reliable.readyState !== "open") return false;
    this.reliable.send(JSON.stringify(message));
    return true;
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    clearTimeout(this.impatience);
    this.removeAllListeners();
    this.pc.onconnectionstatechange = null;
    this.pc.onnegotiationneeded = null;
    this.reliable.onclose = null;
    this.pc.close();
  }

  private addSender(
    source: Source,
    kind: "audio" | "video",
    plan: SessionPlan,
    sendEncodings?: RTCRtpEncodingParameters[],
  ): void {
    const transceiver = this.pc.addTransceiver(kind, {
      direction: "sendonly",
      ...(sendEncodings ? { sendEncodings: sendEncodings.map((encoding) => ({ ...encoding })) } : {}),
    });
    restrict(transceiver, kind, plan.codecs);
    this.transceivers.set(source, transceiver);
  }

  private addSlot(kind: "audio" | "video", plan: SessionPlan): RTCRtpReceiver {
    const transceiver = this.pc.addTransceiver(kind, { direction: "recvonly" });
    restrict(transceiver, kind, plan.codecs);
    return transceiver.receiver;
  }

  private receive(data: unknown): void {
    const message = readMessage(data);
    if (!message) return;
    if (message.t === "ping") this.send({ t: "pong", at: message.at });
    this.emit("message", message);
  }

  private noteState(): void {
    const state = this.pc.connectionState;
    if (state === "failed" || state === "closed") return this.lose(state);
    if (state === "disconnected") {
      this.impatience ??= setTimeout(() => this.lose("disconnected"), INTERRUPTED_PATIENCE_MILLIS);
      this.emit("interrupted", undefined);
      return;
    }
    if (state !== "connected") return;
    clearTimeout(this.impatience);
    this.impatience = undefined;
    if (this.reliable.readyState === "open") {
      this.up = true;
      this.emit("connected", undefined);
    }
  }

  private lose(why: string): void {
    if (this.closed) return;
    this.up = false;
    clearTimeout(this.impatience);
    this.emit("lost", why);
  }
}

/** Lets an m-line speak these codecs and no others. @throws ParleyError `client.codecs` when this browser has none of them */
export function restrict(
  transceiver: RTCRtpTransceiver,
  kind: "audio" | "video",
  codecs: readonly string[],
): void {
  const available = RTCRtpReceiver.getCapabilities(kind)?.codecs ?? [];
  const pruned = pruneCodecs(available, codecsOf(codecs, kind));
  if (pruned.length === 0)
    throw new ParleyError("client.codecs", `this browser speaks none of ${codecs.join(", ")}`);
  transceiver.setCodecPreferences(pruned);
}
