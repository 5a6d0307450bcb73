import { MediaSession, type SessionPlan } from "./media/session";
import type { GuestIdentity } from "./rest/meetings";
import type { GuestPass, JoinReply } from "./rest/records";

/** What meetings ask for unless they say otherwise; a wrong guess costs one unused peer connection. */
const USUAL_PLAN: SessionPlan = {
  iceServers: [],
  codecs: ["audio/opus", "video/VP8"],
  slots: { audio: 3, video: 9 },
};

/** Work done before *Join* is pressed: the offer is built, and a guest is known to the server. */
export class Preparation {
  private session: MediaSession | undefined;
  private pass: { key: string; reply: Promise<GuestPass> } | undefined;

  /** Builds an offer ahead of time. Does nothing where there is no WebRTC. */
  offer(): void {
    if (this.session || typeof RTCPeerConnection === "undefined") return;
    this.session = new MediaSession(USUAL_PLAN);
    this.session.offer().catch(() => this.discard());
  }

  /** The prepared session, once, if it fits what the join asks for. */
  take(join: JoinReply): MediaSession | undefined {
    const session = this.session;
    this.session = undefined;
    if (!session) return undefined;
    if (fits(session.plan, join)) return session;
    session.close();
    return undefined;
  }

  /** Asks for a guest's pass ahead of time; a refusal is told when joining. */
  enter(code: string, identity: GuestIdentity, ask: () => Promise<GuestPass>): void {
    const key = keyOf(code, identity);
    if (this.pass?.key === key) return;
    const reply = ask();
    reply.catch(() => undefined);
    this.pass = { key, reply };
  }

  /** The pass asked for ahead of time, once, if it was for this identity. */
  takePass(code: string, identity: GuestIdentity): Promise<GuestPass> | undefined {
    const pass = this.pass;
    this.pass = undefined;
    return pass?.key === keyOf(code, identity) ? pass.reply : undefined;
  }

  discard(): void {
    this.session?.close();
    this.session = undefined;
    this.pass = undefined;
  }
}

function fits(plan: SessionPlan, join: JoinReply): boolean {
  return (
    (join.ice_servers ?? []).length === 0 &&
    join.slots.audio === plan.slots.audio &&
    join.slots.video === plan.slots.video &&
    join.codecs.join() === plan.codecs.join()
  );
}

const keyOf = (code: string, { displayName, password, guestKey }: GuestIdentity) =>
  JSON.stringify([code, displayName, password ?? "", guestKey ?? ""]);
