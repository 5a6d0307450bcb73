import { Backoff } from "../backoff";

export interface RollHost {
  /** A new connection, as far as the present one: it has joined where that one has. */
  connect: () => Promise<WebSocket>;
  /** The connection that commands go over. */
  current: () => WebSocket | undefined;
  /** From now on they go over this one. */
  use: (socket: WebSocket) => void;
  /** Another connection does what one did before: time to say again what is bound to a connection, and to ask for what was missed. */
  moved: () => void;
  /** When everything that is in flight now has its end: whether all of it was acknowledged. */
  answered: () => Promise<boolean>;
}

export interface RollOptions {
  /** How long a connection is used, give or take a twenty-second part of it. */
  millis: number | undefined;
  /** How long the one before is heard as well. */
  lingerMillis: number;
  /** Pauses after a new one that did not come. */
  backoff: Backoff | undefined;
  random: (() => number) | undefined;
}

/** The server ends every connection at two hours: ten minutes are left for trying again. */
const ROLL_MILLIS = 110 * 60_000;
/** Five minutes of 110, so that those who came together do not come again together. */
const JITTER = 1 / 22;
const AGAIN_FIRST_MILLIS = 5_000;
const AGAIN_CAP_MILLIS = 60_000;
/** How often it is said on the new connection what is bound to it, until the server has it. */
const TELLINGS = 6;

/**
 * Replaces a connection before the server ends it, the new one before the old one. When the new one is there, commands go over it. The old
 * one is heard for as long as an answer on it may take, and until what is bound to a connection was said on the new one: whoever still
 * pushes to the old one alone is heard, and what comes on both is heard once.
 */
export class Roll {
  private readonly backoff: Backoff;
  private old: WebSocket | undefined;
  private due: ReturnType<typeof setTimeout> | undefined;
  private lingering: ReturnType<typeof setTimeout> | undefined;
  /** While there are two: how many times more one of them brought a frame than the other, and which. */
  private ahead: Map<string, { on: WebSocket; times: number }> | undefined;

  constructor(
    private readonly host: RollHost,
    private readonly options: RollOptions,
  ) {
    this.backoff = options.backoff ?? new Backoff(AGAIN_FIRST_MILLIS, AGAIN_CAP_MILLIS, options.random);
  }

  /** The connection is new. */
  plan(): void {
    const { millis = ROLL_MILLIS, random = Math.random } = this.options;
    this.backoff.reset();
    this.beginIn(millis * (1 + JITTER * (2 * random() - 1)));
  }

  /** Lets go of what there is besides the present connection. */
  stop(): void {
    clearTimeout(this.due);
    this.leave()?.close(1000);
  }

  /** A connection is lost. @returns whether the other one does without it */
  lost(socket: WebSocket): boolean {
    const { old, host } = this;
    if (!old || (socket !== old && (socket !== host.current() || old.readyState !== 1))) return false;
    this.leave();
    if (socket !== old) {
      host.use(old);
      this.beginIn(this.backoff.nextMillis());
    }
    host.moved();
    return true;
  }

  /** Takes a frame that is no answer. @returns whether the other connection brought it before */
  repeats(on: WebSocket, text: string): boolean {
    if (!this.ahead) return false;
    const known = this.ahead.get(text);
    const repeated = known !== undefined && known.on !== on && known.times > 0;
    if (known?.times) known.times += repeated ? -1 : 1;
    else this.ahead.set(text, { on, times: 1 });
    return repeated;
  }

  private beginIn(millis: number): void {
    clearTimeout(this.due);
    this.due = setTimeout(() => void this.begin(), millis);
  }

  private async begin(): Promise<void> {
    const { host } = this;
    const old = host.current()!;
    const ahead = (this.ahead = new Map());
    const fresh = await host.connect().catch(() => undefined);
    if (host.current() === old && fresh?.readyState === 1) {
      this.old = old;
      host.use(fresh);
      this.plan();
      this.lingering = setTimeout(() => void this.retire(old), this.options.lingerMillis);
      return;
    }
    fresh?.close(1000);
    if (this.ahead === ahead) this.ahead = undefined;
    if (host.current() === old) this.beginIn(this.backoff.nextMillis());
  }

  private async retire(old: WebSocket, tellings = TELLINGS): Promise<void> {
    this.host.moved();
    const told = await this.host.answered();
    if (this.old !== old) return;
    if (told || tellings === 1) return this.leave()!.close(1000);
    this.lingering = setTimeout(() => void this.retire(old, tellings - 1), this.options.lingerMillis);
  }

  /** From now on there is one connection. @returns the one before it */
  private leave(): WebSocket | undefined {
    const { old } = this;
    clearTimeout(this.lingering);
    this.old = this.ahead = undefined;
    return old;
  }
}
