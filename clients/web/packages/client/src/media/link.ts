import { Backoff, delay } from "../backoff";
import { Emitter } from "../emitter";
import { asParleyError, ParleyError } from "../errors";
import type { JoinReply, MediaAnswer, MediaOffer } from "../rest/records";
import type { ChannelMessage } from "./messages";
import { MediaSession } from "./session";

/** `interrupted` = packets stopped, may return by itself; `reconnecting` = a new exchange is being made. */
export type LinkState = "connecting" | "connected" | "interrupted" | "reconnecting" | "closed";

export interface LinkEvents {
  state: LinkState;
  /** A new session is about to be offered: bind tracks, slots and views to it. */
  session: MediaSession;
  message: ChannelMessage;
  /** No way back: refused by the server or the browser. */
  failed: ParleyError;
}

export interface LinkOptions {
  /** Joins again: a media token lives 60 s. */
  rejoin: () => Promise<JoinReply>;
  exchange: (offer: MediaOffer, signal: AbortSignal) => Promise<MediaAnswer>;
  backoff?: Backoff;
  /** A session whose offer was built ahead of time, if there is one that fits this join. */
  prepared?: (join: JoinReply) => MediaSession | undefined;
}

/** How long a person who joins is kept waiting by trouble of the service before being told. */
const FIRST_EXCHANGE_MILLIS = 20_000;

/** Keeps one media session alive: the first exchange, and a new one, made before the old breaks, when it must. */
export class MediaLink extends Emitter<LinkEvents> {
  private current: MediaSession | undefined;
  private answer: MediaAnswer | undefined;
  private linkState: LinkState = "connecting";
  private renewing = false;
  private readonly backoff: Backoff;
  private readonly stop = new AbortController();
  /** How many exchanges were made; one for a meeting in which nothing broke. */
  exchanges = 0;

  constructor(private readonly options: LinkOptions) {
    super();
    this.backoff = options.backoff ?? new Backoff(300, 8_000);
  }

  get state(): LinkState {
    return this.linkState;
  }

  get session(): MediaSession | undefined {
    return this.current;
  }

  get sessionId(): string | undefined {
    return this.answer?.session_id;
  }

  get nodeId(): string | undefined {
    return this.answer?.node_id;
  }

  /**
   * The first exchange, made again for a while when the service has trouble of its own. Resolves when the answer is applied;
   * the transport comes up on its own after that.
   */
  async start(join: JoinReply): Promise<void> {
    await this.exchangeUntil(performance.now() + FIRST_EXCHANGE_MILLIS, join);
  }

  send(message: ChannelMessage): boolean {
    return this.current?.send(message) ?? false;
  }

  /** Makes a new exchange now and drops the present session once the new one is up. */
  renew(): void {
    if (this.renewing || this.linkState === "closed") return;
    this.renewing = true;
    void this.exchangeUntil(Infinity)
      .catch((error: unknown) => {
        if (!this.stop.signal.aborted) this.emit("failed", asParleyError(error));
      })
      .finally(() => (this.renewing = false));
  }

  close(): void {
    if (this.linkState === "closed") return;
    this.become("closed");
    this.stop.abort();
    this.current?.close();
    this.removeAllListeners();
  }

  /** Exchanges until that worked, cannot work, or would be tried again only after `deadline`; each try but the first joins again. */
  private async exchangeUntil(deadline: number, first?: JoinReply): Promise<void> {
    for (let join = first; ; join = undefined) {
      try {
        return await this.exchange(join ?? (await this.options.rejoin()));
      } catch (thrown) {
        const error = asParleyError(thrown);
        const wait = Math.max(this.backoff.nextMillis(), (error.retryAfterSeconds ?? 0) * 1000);
        if (this.stop.signal.aborted || !mayPass(error) || performance.now() + wait > deadline) throw error;
        await delay(wait, this.stop.signal);
      }
    }
  }

  private async exchange(join: JoinReply): Promise<void> {
    const previous = this.current;
    const session =
      this.options.prepared?.(join) ??
      new MediaSession({ iceServers: join.ice_servers ?? [], codecs: join.codecs, slots: join.slots });
    try {
      this.watch(session);
      this.current = session;
      this.emit("session", session);
      const offer = await session.offer();
      this.exchanges += 1;
      this.answer = await this.options.exchange(
        { media_token: join.media_token, ...offer },
        this.stop.signal,
      );
      await session.accept(this.answer.sdp);
      const drop = () => previous?.close();
      if (previous) {
        session.on("connected", drop);
        session.on("lost", drop);
      }
    } catch (error) {
      session.close();
      this.current = previous;
      throw error;
    }
  }

  private watch(session: MediaSession): void {
    session.on("message", (message) => {
      if (this.current === session) this.emit("message", message);
    });
    session.on("connected", () => {
      if (this.current !== session) return;
      this.backoff.reset();
      this.become("connected");
    });
    session.on("interrupted", () => {
      if (this.current === session) this.become("interrupted");
    });
    session.on("lost", () => {
      if (this.current !== session) return;
      this.become("reconnecting");
      this.renew();
    });
  }

  private become(state: LinkState): void {
    if (state === this.linkState) return;
    this.linkState = state;
    this.emit("state", state);
  }
}

/** Whether joining again can cure it: trouble of the service, a room that moved, or a media token that got too old. */
function mayPass(error: ParleyError): boolean {
  return error.transient || error.code === "media.moved" || error.code === "media.token";
}
