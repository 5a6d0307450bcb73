import { Emitter } from "../emitter";
import type { Outlet } from "../media/publishing";
import { restrict } from "../media/session";
import type { Source } from "../rest/records";
import { marked, MAX_SDP_BYTES, type PairCandidate, type PairFrame, type Signal } from "./signals";
import { readState, SOURCES, type PairState } from "./words";

export interface PairConnectionOptions {
  /** Names this connection, at both ends. */
  id: string;
  iceServers: RTCIceServer[];
  codecs: readonly string[];
  /** Tells the other one; what cannot be told now is told again. */
  tell: (signal: Signal) => Promise<unknown>;
}

export interface PairConnectionEvents {
  /** The two are connected, for the first time or again. */
  open: void;
  /** Nothing is heard of the other one; that may pass. */
  silent: void;
  /** No way on. */
  lost: string;
  state: PairState;
}

/** An offer or an answer that may have got lost is told again. */
const AGAIN_MILLIS = 3_000;
/** Who is not connected by then stays with the node. */
const PATIENCE_MILLIS = 15_000;
/** How long the other's silence is borne before the node is asked, and before the connection is given up. */
const SILENCE_LOOKS = 5;
const LOST_LOOKS = 30;
const LOOK_MILLIS = 500;
const MAX_CANDIDATES = 64;
const KINDS = ["audio", "video", "video", "audio"] as const;
const MAX_BITRATES: Partial<Record<Source, number>> = { camera: 1_800_000, screen: 2_500_000 };

/**
 * One peer connection between two people, offered once. It has a line for each source from the start, both ways: what is switched on and off
 * is `replaceTrack`, as with the node.
 */
export class PairConnection extends Emitter<PairConnectionEvents> implements Outlet {
  readonly pc: RTCPeerConnection;
  private readonly channel: RTCDataChannel;
  private readonly tracks = new Map<Source, MediaStreamTrack | null>();
  private readonly early: RTCIceCandidateInit[] = [];
  private readonly timers: ReturnType<typeof setTimeout>[] = [];
  private lines: RTCRtpTransceiver[] = [];
  private up = false;
  private answered = false;
  private quietLooks = 0;
  private closed = false;

  constructor(private readonly options: PairConnectionOptions) {
    super();
    this.pc = new RTCPeerConnection({ iceServers: options.iceServers, bundlePolicy: "max-bundle" });
    this.channel = this.pc.createDataChannel("parley-pair", { negotiated: true, id: 0 });
    this.channel.onopen = () => this.heard();
    this.channel.onclose = () => this.lose("closed by the other one");
    this.channel.onmessage = (event) => {
      this.heard();
      const state = readState(event.data);
      if (state) this.emit("state", state);
    };
    this.pc.onicecandidate = ({ candidate }) => candidate && this.tellCandidate(candidate);
    this.pc.onconnectionstatechange = () => {
      if (this.pc.connectionState === "failed") this.lose("no path");
    };
    this.timers.push(setTimeout(() => this.up || this.lose("not connected in time"), PATIENCE_MILLIS));
    this.timers.push(setInterval(() => this.look(), LOOK_MILLIS));
  }

  get id(): string {
    return this.options.id;
  }

  /** Whether the other one is heard of now. */
  get open(): boolean {
    return this.up && !this.closed && this.quietLooks < SILENCE_LOOKS;
  }

  /** Offers, and again until it is answered. */
  async offer(): Promise<void> {
    this.lines = SOURCES.map((_, line) => this.pc.addTransceiver(KINDS[line]!, { direction: "sendrecv" }));
    for (const [line, transceiver] of this.lines.entries())
      restrict(transceiver, KINDS[line]!, this.options.codecs);
    await this.attach();
    await this.pc.setLocalDescription();
    this.tellDescription();
    const again = setInterval(() => {
      if (this.pc.signalingState === "have-local-offer") this.tellDescription();
      else clearInterval(again);
    }, AGAIN_MILLIS);
    this.timers.push(again);
  }

  /** Takes what the other one said of this connection. A word that comes twice or too late changes nothing. */
  async take(frame: PairFrame): Promise<void> {
    if (this.closed) return;
    if (frame.type === "candidate") return this.takeCandidate(frame.candidate);
    const sdp = frame.sdp ?? "";
    if (frame.type === "answer") {
      if (this.pc.signalingState !== "have-local-offer" || this.answered) return;
      this.answered = true;
      await this.pc.setRemoteDescription({ type: "answer", sdp });
    } else if (this.answered) {
      if (this.pc.signalingState === "stable" && this.pc.localDescription) this.tellDescription();
      return;
    } else {
      this.answered = true;
      await this.answer(sdp);
    }
    await this.addEarly();
    await this.limit();
  }

  private async answer(sdp: string): Promise<void> {
    await this.pc.setRemoteDescription({ type: "offer", sdp });
    this.lines = this.pc.getTransceivers();
    const fits = SOURCES.every((_, line) => this.lines[line]?.receiver.track.kind === KINDS[line]);
    if (!fits) throw new Error("an offer of other lines");
    for (const line of this.lines) line.direction = "sendrecv";
    await this.attach();
    await this.pc.setLocalDescription();
    this.tellDescription();
  }

  async publish(source: Source, track: MediaStreamTrack | null): Promise<void> {
    if (this.closed) return;
    this.tracks.set(source, track);
    await this.lines[SOURCES.indexOf(source)]?.sender.replaceTrack(track).catch((thrown: unknown) => {
      if (!this.closed) throw thrown;
    });
  }

  /** What comes in of the other's source; undefined before the lines are agreed on. */
  receiver(source: Source): RTCRtpReceiver | undefined {
    return this.lines[SOURCES.indexOf(source)]?.receiver;
  }

  /** Says how things stand; false when the channel is not open. */
  say(state: PairState): boolean {
    if (this.channel.readyState !== "open") return false;
    this.channel.send(JSON.stringify(state));
    return true;
  }

  /** A sign of life. */
  heard(): void {
    if (this.closed || this.channel.readyState !== "open") return;
    const again = this.quietLooks >= SILENCE_LOOKS;
    this.quietLooks = 0;
    if (this.up && !again) return;
    this.up = true;
    this.emit("open", undefined);
  }

  /** Gives it up because of a fault that its owner found. */
  fail(why: string): void {
    this.lose(why);
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    for (const timer of this.timers) clearTimeout(timer);
    this.removeAllListeners();
    this.channel.onclose = null;
    this.pc.onicecandidate = null;
    this.pc.onconnectionstatechange = null;
    this.pc.close();
  }

  private async attach(): Promise<void> {
    await Promise.all(
      [...this.tracks].map(([source, track]) =>
        this.lines[SOURCES.indexOf(source)]!.sender.replaceTrack(track),
      ),
    );
  }

  private tellDescription(): void {
    const description = this.pc.localDescription;
    if (!description || this.closed) return;
    const sdp = marked(description.sdp, this.id);
    if (sdp.length > MAX_SDP_BYTES) return this.lose("a description too large for the socket");
    void this.options.tell({ type: description.type as "offer" | "answer", sdp }).catch(() => undefined);
  }

  private tellCandidate(candidate: RTCIceCandidate): void {
    void this.options
      .tell({ type: "candidate", candidate: { ...candidate.toJSON(), pair: this.id } })
      .catch(() => undefined);
  }

  private async takeCandidate(told: PairCandidate | undefined): Promise<void> {
    if (typeof told?.candidate !== "string") return;
    const { pair: _, ...candidate } = told;
    if (this.pc.remoteDescription) await this.add(candidate);
    else if (this.early.length < MAX_CANDIDATES) this.early.push(candidate);
  }

  private async addEarly(): Promise<void> {
    for (const candidate of this.early.splice(0)) await this.add(candidate);
  }

  /** One that is of no use is one path less. */
  private async add(candidate: RTCIceCandidateInit): Promise<void> {
    await this.pc.addIceCandidate(candidate).catch(() => undefined);
  }

  /** One layer, as large as the camera gives it, at no more than the node would be sent. */
  private async limit(): Promise<void> {
    for (const source of SOURCES) {
      const maxBitrate = MAX_BITRATES[source];
      const sender = this.lines[SOURCES.indexOf(source)]?.sender;
      if (!sender || maxBitrate === undefined) continue;
      const parameters = sender.getParameters();
      for (const encoding of parameters.encodings) encoding.maxBitrate = maxBitrate;
      await sender.setParameters(parameters).catch(() => undefined);
    }
  }

  /** Counts looks, not time: a page that was stopped for a while has heard nothing and missed nothing. */
  private look(): void {
    if (!this.up) return;
    this.quietLooks += 1;
    if (this.quietLooks === SILENCE_LOOKS) this.emit("silent", undefined);
    if (this.quietLooks >= LOST_LOOKS) this.lose("silent for too long");
  }

  private lose(why: string): void {
    if (this.closed) return;
    this.emit("lost", why);
    this.close();
  }
}
