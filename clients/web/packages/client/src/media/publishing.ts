import { Emitter } from "../emitter";
import { captureCamera, captureMicrophone, captureScreen } from "../devices/capture";
import type { Source } from "../rest/records";
import type { ChannelMessage } from "./messages";

export interface PublishingEvents {
  /** What is published of a source changed. */
  local: { source: Source; track: MediaStreamTrack | undefined; muted: boolean };
}

/** Something that carries tracks: the session with the node, or a connection between two people. */
export interface Outlet {
  /** Publishes a track, or with null stops publishing. */
  publish(source: Source, track: MediaStreamTrack | null): Promise<void>;
}

const SOURCES: readonly Source[] = ["microphone", "camera", "screen", "screen-audio"];

/**
 * The person's own microphone, camera and screen: captured, switched on and off, and bound to the current session, and to a connection with
 * one other person beside it.
 */
export class Publishing extends Emitter<PublishingEvents> {
  private readonly tracks = new Map<Source, MediaStreamTrack>();
  private session: Outlet | undefined;
  private beside: Outlet | undefined;
  private spared: ReadonlySet<Source> = new Set();
  /** Chosen devices; undefined is the browser's default. */
  microphoneId: string | undefined;
  cameraId: string | undefined;

  constructor(private readonly tell: (message: ChannelMessage) => boolean) {
    super();
  }

  track(source: Source): MediaStreamTrack | undefined {
    return this.tracks.get(source);
  }

  muted(source: Source): boolean {
    const track = this.tracks.get(source);
    return !track || !track.enabled;
  }

  /** Carries all present tracks over to a new session. */
  async bind(session: Outlet): Promise<void> {
    this.session = session;
    const due = [...this.tracks].filter(([source]) => !this.spared.has(source));
    await Promise.all(due.map(([source, track]) => session.publish(source, track)));
  }

  /** Carries all tracks there as well, from now on; undefined ends that. */
  async besides(outlet: Outlet | undefined): Promise<void> {
    this.beside = outlet;
    if (outlet) await Promise.all([...this.tracks].map(([source, track]) => outlet.publish(source, track)));
  }

  /** Keeps these sources from the session: whoever is there gets them elsewhere. Others, and those not named again, go to it. */
  async spare(sources: ReadonlySet<Source>): Promise<void> {
    const before = this.spared;
    this.spared = new Set(sources);
    const changed = SOURCES.filter((source) => before.has(source) !== sources.has(source));
    await Promise.all(changed.map((source) => this.toSession(source)));
  }

  /** Tells the node what is muted; sent whenever a session comes up. */
  announce(): void {
    for (const source of SOURCES) this.tell({ t: "mute", source, muted: this.muted(source) });
  }

  /** Muting keeps the microphone open so that speaking again is instant; nothing but silence leaves. */
  async setMicrophone(on: boolean): Promise<void> {
    let track = this.tracks.get("microphone");
    if (on && (!track || track.readyState === "ended")) {
      track = await captureMicrophone(this.microphoneId);
      await this.put("microphone", track);
    }
    if (track) track.enabled = on;
    this.changed("microphone");
  }

  /** Switching the camera off releases it: its light goes out. */
  async setCamera(on: boolean): Promise<void> {
    if (!on) return this.remove("camera");
    if (this.tracks.get("camera")?.readyState !== "live") {
      await this.put("camera", await captureCamera(this.cameraId));
    }
    this.changed("camera");
  }

  /** Shares a screen, window or tab, with its sound where the browser gives it. */
  async share(stream?: MediaStream): Promise<void> {
    const shared = stream ?? (await captureScreen());
    const video = shared.getVideoTracks()[0];
    const audio = shared.getAudioTracks()[0];
    if (video) {
      if ("contentHint" in video) video.contentHint = "detail";
      video.addEventListener("ended", () => void this.stopSharing());
      await this.put("screen", video);
      this.changed("screen");
    }
    if (audio) {
      await this.put("screen-audio", audio);
      this.changed("screen-audio");
    }
  }

  async stopSharing(): Promise<void> {
    await this.remove("screen-audio");
    await this.remove("screen");
  }

  /** Uses another microphone or camera from now on. */
  async useDevice(source: "microphone" | "camera", deviceId: string | undefined): Promise<void> {
    if (source === "microphone") this.microphoneId = deviceId;
    else this.cameraId = deviceId;
    const present = this.tracks.get(source);
    if (!present) return;
    const enabled = present.enabled;
    const next = source === "microphone" ? await captureMicrophone(deviceId) : await captureCamera(deviceId);
    next.enabled = enabled;
    await this.put(source, next);
    this.changed(source);
  }

  /** Publishes a track the caller made, e.g. the preview's. */
  async put(source: Source, track: MediaStreamTrack): Promise<void> {
    const previous = this.tracks.get(source);
    this.tracks.set(source, track);
    await this.carry(source);
    if (previous && previous !== track) previous.stop();
  }

  close(): void {
    for (const track of this.tracks.values()) track.stop();
    this.tracks.clear();
    this.removeAllListeners();
  }

  private async remove(source: Source): Promise<void> {
    const track = this.tracks.get(source);
    if (!track) return;
    this.tracks.delete(source);
    track.stop();
    await this.carry(source);
    this.changed(source);
  }

  private async carry(source: Source): Promise<void> {
    await Promise.all([
      this.toSession(source),
      this.beside?.publish(source, this.tracks.get(source) ?? null),
    ]);
  }

  private async toSession(source: Source): Promise<void> {
    const track = this.spared.has(source) ? undefined : this.tracks.get(source);
    await this.session?.publish(source, track ?? null);
  }

  private changed(source: Source): void {
    const muted = this.muted(source);
    this.tell({ t: "mute", source, muted });
    this.emit("local", { source, track: this.tracks.get(source), muted });
  }
}
