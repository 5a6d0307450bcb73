import { Emitter } from "../emitter";
import type { MediaSession } from "./session";

export interface PlaybackEvents {
  /** The browser wants a click before it plays sound: offer a button that calls {@link Playback.resume}. */
  blocked: boolean;
}

interface Played {
  receiver: RTCRtpReceiver;
  element: HTMLAudioElement;
}

/** Lets the audio slots be heard, on the chosen speaker, and what comes beside them. */
export class Playback extends Emitter<PlaybackEvents> {
  private slots: Played[] = [];
  private beside: Played[] = [];
  private hushed: ((receiver: RTCRtpReceiver) => boolean) | undefined;
  private speakerId = "";

  bind(session: MediaSession): void {
    release(this.slots);
    this.slots = session.audioSlots.map((receiver) => play(receiver));
    this.settle();
    void this.useSpeaker(this.speakerId);
    this.resume();
  }

  /** Gets ready to play what does not come in a slot; silent until {@link hush} says otherwise. */
  besides(receivers: readonly RTCRtpReceiver[]): void {
    release(this.beside);
    this.beside = receivers.map((receiver) => play(receiver));
    this.settle();
    if (receivers.length === 0) return;
    void this.useSpeaker(this.speakerId);
    this.resume();
  }

  /** Decides which receivers are not to be heard; asked again by each call. Without it the slots are heard and nothing else. */
  hush(hushed: ((receiver: RTCRtpReceiver) => boolean) | undefined): void {
    this.hushed = hushed;
    this.settle();
  }

  /** What can be heard now. */
  get audible(): readonly MediaStreamTrack[] {
    return this.elements.filter((element) => !element.muted).flatMap((element) => tracksOf(element));
  }

  private get elements(): HTMLAudioElement[] {
    return [...this.slots, ...this.beside].map(({ element }) => element);
  }

  private settle(): void {
    for (const { receiver, element } of this.slots) element.muted = this.hushed?.(receiver) ?? false;
    for (const { receiver, element } of this.beside) element.muted = this.hushed?.(receiver) ?? true;
  }

  /** Plays again after the browser blocked it; call it from a click. */
  resume(): void {
    void Promise.all(this.elements.map((element) => element.play()))
      .then(() => this.emit("blocked", false))
      .catch((error: unknown) => {
        if (error instanceof DOMException && error.name === "NotAllowedError") this.emit("blocked", true);
      });
  }

  /** @param deviceId an audio output, or "" for the default */
  async useSpeaker(deviceId: string): Promise<void> {
    this.speakerId = deviceId;
    for (const element of this.elements) {
      if ("setSinkId" in element && element.sinkId !== deviceId) {
        await element.setSinkId(deviceId).catch(() => undefined);
      }
    }
  }

  close(): void {
    release(this.slots);
    release(this.beside);
    this.slots = [];
    this.beside = [];
    this.hushed = undefined;
  }
}

function play(receiver: RTCRtpReceiver): Played {
  const element = new Audio();
  element.autoplay = true;
  element.srcObject = new MediaStream([receiver.track]);
  return { receiver, element };
}

function release(voices: readonly Played[]): void {
  for (const { element } of voices) {
    element.pause();
    element.srcObject = null;
  }
}

const tracksOf = (element: HTMLAudioElement) => (element.srcObject as MediaStream | null)?.getTracks() ?? [];
