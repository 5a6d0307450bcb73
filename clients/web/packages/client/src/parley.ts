import { delay } from "./backoff";
import { ParleyError } from "./errors";
import { captureCamera, captureMicrophone } from "./devices/capture";
import type { Meeting } from "./meeting/meeting";
import { Account } from "./rest/account";
import type { Admin } from "./rest/admin";
import { Http, type Fetch } from "./rest/http";
import type { Files } from "./files/files";
import type { Conversations } from "./messages/conversations";
import { Meetings } from "./rest/meetings";
import type { Own } from "./own";
import type { GuestPass, JoinReply, Source } from "./rest/records";
import type { Webhooks } from "./rest/webhooks";
import type { Search } from "./search";
import { Preparation } from "./preparation";
import type { LobbyEar } from "./signaling/lobby";
import type { SocketTicket } from "./signaling/socket";
import type { GuestIdentity } from "./rest/meetings";

export interface ParleyOptions {
  /** Origin of the Parley server, e.g. `https://meet.example.org`. In a browser the page's own when absent. */
  url?: string;
  /** An access token, when the caller has one; otherwise use {@link Parley.account} or join as a guest. */
  token?: string;
  fetch?: Fetch;
  WebSocket?: new (url: string, protocols: string[]) => WebSocket;
}

export interface JoinOptions {
  /** true opens the default microphone; a track is published as it is. */
  audio?: boolean | MediaStreamTrack;
  video?: boolean | MediaStreamTrack;
  /** Name shown to others. Required for a guest. */
  displayName?: string;
  password?: string;
  /** The secret of an invitation's link: whoever is signed in with it does not wait in the lobby. */
  invitation?: string;
  /** What an earlier join as a guest gave: the same key is the same guest. */
  guestKey?: string;
  /** Called with the key to keep when joining as a guest. */
  onGuestKey?: (key: string) => void;
  /** Called when the lobby holds this person; joining goes on by itself once a host admits. */
  onWaiting?: () => void;
  signal?: AbortSignal;
}

/** Everything of a meeting is loaded apart, so that a page before it stays small. */
const loadMeeting = () => import("./meeting/meeting");
const loadLobby = () => import("./signaling/lobby");
const loadMessages = () => import("./rest/messages");
const LOBBY_POLL_MILLIS = 2_500;
const REACH_TURNS = 3;

/**
 * The way in.
 *
 * ```ts
 * const parley = new Parley({ url: "https://meet.example.org" });
 * const meeting = await parley.join("abc-defg-hij", { audio: true, video: true, displayName: "Ana" });
 * const view = meeting.view(videoElement, participant, "camera");
 * await meeting.leave();
 * ```
 */
export class Parley {
  readonly account: Account;
  readonly meetings: Meetings;
  private readonly http: Http;
  private readonly preparation = new Preparation();
  private guestId: string | undefined;
  private belongings: Promise<Own> | undefined;
  /** Whose they are. */
  private owner: string | undefined;

  constructor(private readonly options: ParleyOptions = {}) {
    this.http = new Http(options.url ?? globalThis.location?.origin ?? "", options.fetch);
    if (options.token)
      this.http.authorize({ token: options.token, expiresAtMillis: Number.MAX_SAFE_INTEGER });
    this.account = new Account(this.http);
    this.meetings = new Meetings(this.http);
    this.account.on("user", (user) => {
      if (user?.id !== this.owner) this.close();
    });
  }

  /**
   * The conversations of the person who is signed in: connected and kept up to date from the first call on, until they sign out. Loaded
   * when it is asked for.
   */
  async conversations(): Promise<Conversations> {
    return (await this.own()).conversations;
  }

  /** Looking for messages, files and meetings of the person who is signed in. Loaded when it is asked for. */
  async search(): Promise<Search> {
    return (await this.own()).search;
  }

  /** Where things that happen in this person's meetings are told to servers. Loaded when it is asked for. */
  async webhooks(): Promise<Webhooks> {
    return (await this.own()).webhooks();
  }

  /** Files and pushes of the person who is signed in; a guest reads what is shared in their meeting. Loaded when it is asked for. */
  async files(): Promise<Files> {
    if (this.account.user || this.options.token) return (await this.own()).files();
    return (await import("./own")).loadFiles(this.http);
  }

  /** Looking after the installation, for those who may; loaded when it is asked for. */
  async admin(): Promise<Admin> {
    const { Admin } = await import("./rest/admin");
    return new Admin(this.http);
  }

  /**
   * Does ahead of time what joining would wait for; call it while a preview is shown, and again when the name is
   * known. Call {@link forget} when the person turns away.
   */
  prepare(code: string, options: Pick<JoinOptions, "displayName" | "guestKey" | "password"> = {}): void {
    this.preparation.offer();
    void loadMeeting();
    void loadMessages();
    if (this.account.user || this.options.token || !options.displayName) return;
    const identity = identityOf(options);
    this.preparation.enter(code, identity, () => this.meetings.requestPass(code, identity));
  }

  /** Milliseconds a small question to the server takes: the best of three. Fails when it does not answer. */
  async measureReach(signal?: AbortSignal): Promise<number> {
    let best = Number.POSITIVE_INFINITY;
    for (let turn = 0; turn < REACH_TURNS; turn++) {
      const asked = performance.now();
      await this.http.call("GET", "/health", { auth: false, ...(signal ? { signal } : {}) });
      best = Math.min(best, performance.now() - asked);
    }
    return best;
  }

  /** Drops what {@link prepare} made. */
  forget(): void {
    this.preparation.discard();
  }

  /** Joins a meeting by its code; a person who is not signed in joins as a guest. */
  async join(code: string, options: JoinOptions = {}): Promise<Meeting> {
    if (!this.account.user && !this.options.token) await this.enterAsGuest(code, options);
    const [join, { Meeting }, { Messages }] = await Promise.all([
      this.admitted(code, options),
      loadMeeting(),
      loadMessages(),
    ]);
    const userId = this.account.user?.id ?? this.guestId;
    const meeting = new Meeting({
      join,
      meetings: this.meetings,
      messages: new Messages(this.http),
      ...(userId ? { userId } : {}),
      rejoin: () => this.admitted(code, { ...options, onWaiting: () => undefined }),
      userName: options.displayName ?? this.account.user?.nickname ?? this.account.user?.username ?? "",
      prepared: (reply) => this.preparation.take(reply),
      ...(this.options.WebSocket ? { WebSocket: this.options.WebSocket } : {}),
    });
    await meeting.start(await tracksOf(options));
    return meeting;
  }

  /** What belongs to the person who is signed in, their notifications for one. Loaded when it is asked for. */
  own(): Promise<Own> {
    this.owner = this.account.user?.id;
    this.belongings ??= this.open().catch((error: unknown) => {
      this.belongings = undefined;
      throw error;
    });
    return this.belongings;
  }

  private async open(): Promise<Own> {
    const { Own } = await import("./own");
    const { http, account } = this;
    return Own.open({ http, account, ticket: () => this.ticket(), WebSocket: this.options.WebSocket });
  }

  private close(): void {
    this.belongings?.then(
      (own) => own.close(),
      () => undefined,
    );
    this.belongings = undefined;
  }

  /** For a socket of no meeting. */
  private async ticket(): Promise<SocketTicket> {
    const reply = await this.meetings.socketTicket();
    return { url: reply.ws_url ?? "", ticket: reply.ticket };
  }

  private async enterAsGuest(code: string, options: JoinOptions): Promise<void> {
    const identity = identityOf(options);
    const ahead = this.preparation.takePass(code, identity);
    const pass: GuestPass = await (ahead ?? this.meetings.requestPass(code, identity));
    this.meetings.usePass(code, identity, pass);
    this.guestId = pass.user_id;
    options.onGuestKey?.(pass.guest_key);
  }

  /** Asks until admitted: the lobby may hold this person, or the host may not have started the meeting yet. */
  private async admitted(code: string, options: JoinOptions): Promise<JoinReply> {
    let ear: LobbyEar | undefined;
    try {
      for (let told = false; ; told = true) {
        const reply = await this.meetings.join(code, options, options.signal).catch((error: unknown) => {
          if (error instanceof ParleyError && error.code === "meeting.not_started") return undefined;
          throw error;
        });
        if (reply && "media_token" in reply) return reply;
        if (!told) options.onWaiting?.();
        if (reply && !ear) ear = await this.listen(code);
        await (ear ? ear.next(LOBBY_POLL_MILLIS, options.signal) : delay(LOBBY_POLL_MILLIS, options.signal));
      }
    } finally {
      ear?.close();
    }
  }

  private async listen(code: string): Promise<LobbyEar> {
    const { LobbyEar } = await loadLobby();
    const ear = new LobbyEar(code, {
      ticket: () => this.ticket(),
      ...(this.options.WebSocket ? { WebSocket: this.options.WebSocket } : {}),
    });
    void ear.open();
    return ear;
  }
}

function identityOf(options: Pick<JoinOptions, "displayName" | "guestKey" | "password">): GuestIdentity {
  if (!options.displayName) throw new ParleyError("client.name", "a guest needs a displayName");
  return {
    displayName: options.displayName,
    ...(options.password ? { password: options.password } : {}),
    ...(options.guestKey ? { guestKey: options.guestKey } : {}),
  };
}

async function tracksOf(options: JoinOptions): Promise<Partial<Record<Source, MediaStreamTrack>>> {
  const { audio, video } = options;
  const [microphone, camera] = await Promise.all([
    audio === true ? captureMicrophone() : audio || undefined,
    video === true ? captureCamera() : video || undefined,
  ]);
  return { ...(microphone ? { microphone } : {}), ...(camera ? { camera } : {}) };
}
