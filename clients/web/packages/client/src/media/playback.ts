import { Emitter } from "../emitter";
import type { MediaSession } from "./session";

export interface PlaybackEvents {
  /** The browser wants a click before it plays sound: offer a button that calls {@link Playback.resume}. */
  blocked: boolean;
}

/** Lets the audio slots be heard, on the chosen speaker. */
export class Playback extends Emitter<PlaybackEvents> {
  private elements: HTMLAudioElement[] = [];
  private speakerId = "";

  bind(session: MediaSession): void {
    this.close();
    this.elements = session.audioSlots.map((receiver) => {
      const element = new Audio();
      element.autoplay = true;
      element.srcObject = new MediaStream([receiver.track]);
      return element;
    });
    void this.useSpeaker(this.speakerId);
    this.resume();
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
    for (const element of this.elements) {
      element.pause();
      element.srcObject = null;
    }
    this.elements = [];
  }
}
