import { describe, expect, it, vi } from "vitest";
import { Backoff } from "../src/backoff";
import { ParleyError } from "../src/errors";
import { MediaLink } from "../src/media/link";
import type { MediaSession } from "../src/media/session";
import type { JoinReply, MediaAnswer, MediaOffer } from "../src/rest/records";

const ANSWER: MediaAnswer = { sdp: "answer", session_id: "s_1", node_id: "n_1" } as MediaAnswer;
const joinWith = (token: string) => ({ media_token: token, codecs: [], slots: 0 }) as unknown as JoinReply;

/** The browser's part of a session: makes an offer, takes an answer. */
class Session {
  accepted: string | undefined;
  closed = false;
  on = () => () => undefined;
  offer = async () => ({ sdp: "offer" });
  accept = async (sdp: string) => void (this.accepted = sdp);
  close = () => void (this.closed = true);
}

function linkTo(exchange: (offer: MediaOffer) => Promise<MediaAnswer>) {
  const sessions: Session[] = [];
  let joins = 0;
  const link = new MediaLink({
    rejoin: async () => joinWith(`token-${++joins}`),
    exchange,
    backoff: new Backoff(1, 2),
    prepared: () => {
      const session = new Session();
      sessions.push(session);
      return session as unknown as MediaSession;
    },
  });
  return { link, sessions };
}

const unavailable = (retryAfterSeconds?: number) =>
  new ParleyError("store.unavailable", "busy", {
    status: 503,
    ...(retryAfterSeconds ? { retryAfterSeconds } : {}),
  });

describe("the first exchange", () => {
  it("is made again with a new join when the service was busy", async () => {
    const tokens: string[] = [];
    const { link, sessions } = linkTo(async (offer) => {
      tokens.push(offer.media_token);
      if (tokens.length < 3) throw unavailable();
      return ANSWER;
    });
    await link.start(joinWith("token-0"));
    expect(tokens).toEqual(["token-0", "token-1", "token-2"]);
    expect(sessions.map((session) => [session.closed, session.accepted])).toEqual([
      [true, undefined],
      [true, undefined],
      [false, "answer"],
    ]);
    expect(link.sessionId).toBe("s_1");
  });

  it("fails at once where trying again cannot help", async () => {
    const exchange = vi.fn(async () => {
      throw new ParleyError("media.offer", "not an offer", { status: 400 });
    });
    const { link } = linkTo(exchange);
    await expect(link.start(joinWith("token-0"))).rejects.toMatchObject({ code: "media.offer" });
    expect(exchange).toHaveBeenCalledTimes(1);
    expect(link.session).toBeUndefined();
  });

  it("tells the person instead of keeping them waiting longer than they would", async () => {
    const exchange = vi.fn(async () => {
      throw unavailable(3_600);
    });
    const { link } = linkTo(exchange);
    await expect(link.start(joinWith("token-0"))).rejects.toMatchObject({ code: "store.unavailable" });
    expect(exchange).toHaveBeenCalledTimes(1);
  });

  it("ends with the meeting that is left meanwhile", async () => {
    let asked = () => {};
    const first = new Promise<void>((resolve) => (asked = resolve));
    const { link } = linkTo(async () => {
      asked();
      throw unavailable(10);
    });
    const started = link.start(joinWith("token-0"));
    await first;
    link.close();
    await expect(started).rejects.toBeDefined();
  });
});
