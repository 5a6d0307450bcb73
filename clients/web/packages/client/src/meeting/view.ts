import { Emitter } from "../emitter";
import type { Source } from "../rest/records";
import type { Wish } from "./wants";

/** `waiting` = asked for, no picture yet; `paused` = the node stopped it, see {@link View.why}. */
export type ViewState = "waiting" | "live" | "paused";

export interface ViewEvents {
  state: ViewState;
}

/** Bindings a view asks of the meeting. */
export interface ViewHost {
  changed(): void;
  closed(view: View): void;
}

const FALLBACK_MILLIS = 1_500;

/**
 * A participant's picture in a video element. The element's size and visibility are watched: what is asked of the node
 * follows them, and what is not visible is not asked for.
 */
export class View extends Emitter<ViewEvents> {
  private readonly resize: ResizeObserver;
  private readonly intersection: IntersectionObserver;
  private visible = true;
  private width = 0;
  private height = 0;
  private track: MediaStreamTrack | undefined;
  private watching = 0;
  private current: ViewState = "waiting";
  private onStage: boolean;
  /** Why the node paused it: `bandwidth`, `publisher`, `muted` or `capacity`. */
  why: string | undefined;

  constructor(
    readonly element: HTMLVideoElement,
    readonly participant: string,
    readonly source: Source,
    stage: boolean,
    private readonly host: ViewHost,
  ) {
    super();
    this.onStage = stage;
    element.autoplay = true;
    element.muted = true;
    element.playsInline = true;
    this.measure();
    this.resize = new ResizeObserver(() => this.measure() && this.host.changed());
    this.resize.observe(element);
    this.intersection = new IntersectionObserver((entries) => {
      const visible = entries.at(-1)?.isIntersecting ?? true;
      if (visible === this.visible) return;
      this.visible = visible;
      this.host.changed();
    });
    this.intersection.observe(element);
  }

  get state(): ViewState {
    return this.current;
  }

  set stage(stage: boolean) {
    if (stage === this.onStage) return;
    this.onStage = stage;
    this.host.changed();
  }

  /** What this view asks for now; undefined while it cannot be seen. */
  get wish(): Wish | undefined {
    if (!this.visible || this.width === 0 || this.height === 0) return undefined;
    const { participant, source, width, height, onStage: stage } = this;
    return { participant, source, width, height, stage };
  }

  /** Shows a track. `rightful` says whether the frame just shown is this participant's; without it the first one counts. */
  show(track: MediaStreamTrack, rightful?: () => boolean | undefined): void {
    if (this.track === track && this.current === "live") return;
    if (this.track !== track) {
      this.track = track;
      this.element.srcObject = new MediaStream([track]);
      void this.element.play().catch(() => undefined);
    }
    this.awaitPicture(rightful);
  }

  pause(why: string | undefined): void {
    this.why = why;
    this.watching += 1;
    this.become("paused");
  }

  /** Takes the picture away: the slot belongs to somebody else now. */
  clear(): void {
    this.watching += 1;
    if (this.track) {
      this.track = undefined;
      this.element.srcObject = null;
    }
    this.become("waiting");
  }

  close(): void {
    this.watching += 1;
    this.resize.disconnect();
    this.intersection.disconnect();
    this.element.srcObject = null;
    this.track = undefined;
    this.host.closed(this);
    this.removeAllListeners();
  }

  private awaitPicture(rightful?: () => boolean | undefined): void {
    const watch = ++this.watching;
    const deadline = performance.now() + FALLBACK_MILLIS;
    const frame = () => {
      if (watch !== this.watching) return;
      const verdict = rightful?.();
      if (verdict === false || (verdict === undefined && rightful && performance.now() < deadline))
        return next();
      this.why = undefined;
      this.become("live");
    };
    const next = () => void this.element.requestVideoFrameCallback(frame);
    next();
  }

  private measure(): boolean {
    const ratio = globalThis.devicePixelRatio || 1;
    const width = Math.round(this.element.clientWidth * ratio);
    const height = Math.round(this.element.clientHeight * ratio);
    const changed = width !== this.width || height !== this.height;
    this.width = width;
    this.height = height;
    return changed;
  }

  private become(state: ViewState): void {
    if (state === this.current) return;
    this.current = state;
    this.emit("state", state);
  }
}
