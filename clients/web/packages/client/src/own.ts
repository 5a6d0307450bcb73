import type { DeviceMemory } from "./files/inbox";
import type { Files } from "./files/files";
import { Conversations } from "./messages/conversations";
import type { Notifications } from "./notifications/notifications";
import type { Account } from "./rest/account";
import type { Http } from "./rest/http";
import { Messages } from "./rest/messages";
import type { MeetingQuality } from "./rest/quality";
import type { User } from "./rest/records";
import type { Webhooks } from "./rest/webhooks";
import { Search } from "./search";
import { SignalingSocket, type SocketTicket } from "./signaling/socket";

export interface OwnParts {
  http: Http;
  account: Account;
  /** For a socket of no meeting. */
  ticket: () => Promise<SocketTicket>;
  WebSocket?: (new (url: string, protocols: string[]) => WebSocket) | undefined;
}

/**
 * What belongs to the person who is signed in, on one socket: their conversations, their files, their notifications. Loaded when any of it
 * is asked for.
 */
export class Own {
  readonly conversations: Conversations;
  readonly search: Search;
  private readonly socket: SignalingSocket;
  private cabinet: Promise<Files> | undefined;
  private told: Promise<Notifications> | undefined;

  private constructor(
    private readonly parts: OwnParts,
    private readonly user: User,
  ) {
    const { http, account, ticket, WebSocket } = parts;
    this.socket = new SignalingSocket({ ticket, ...(WebSocket ? { WebSocket } : {}) });
    const nameOf = ({ nickname, username }: User) => nickname || username;
    this.conversations = new Conversations({
      api: new Messages(http),
      self: { userId: () => user.id, name: () => nameOf(account.user ?? user) },
      socket: this.socket,
    });
    this.search = new Search(http, this.conversations);
    this.socket.open();
    this.conversations.start();
  }

  static async open(parts: OwnParts): Promise<Own> {
    return new Own(parts, parts.account.user ?? (await parts.http.call<User>("GET", "/profile")));
  }

  files(): Promise<Files> {
    this.cabinet ??= loadFiles(this.parts.http, this.socket, deviceMemory(this.user.id)).catch(
      (error: unknown) => {
        this.cabinet = undefined;
        throw error;
      },
    );
    return this.cabinet;
  }

  /** What this person was not there to see. */
  notifications(): Promise<Notifications> {
    this.told ??= loadNotifications(this.parts.http, this.socket).catch((error: unknown) => {
      this.told = undefined;
      throw error;
    });
    return this.told;
  }

  async webhooks(): Promise<Webhooks> {
    const { Webhooks } = await import("./rest/webhooks");
    return new Webhooks(this.parts.http);
  }

  /** How connections did in this person's meetings. */
  async quality(): Promise<MeetingQuality> {
    const { MeetingQuality } = await import("./rest/quality");
    return new MeetingQuality(this.parts.http);
  }

  close(): void {
    this.conversations.close();
    void this.told?.then((notifications) => notifications.close());
    void this.cabinet?.then((files) => files.close());
    this.socket.close();
  }
}

/** Files on a socket, or for a guest without one. */
export async function loadFiles(http: Http, socket?: SignalingSocket, memory?: DeviceMemory): Promise<Files> {
  const [{ Files }, { FileRoutes }] = await Promise.all([import("./files/files"), import("./rest/files")]);
  return new Files({
    api: new FileRoutes(http),
    ...(socket ? { socket } : {}),
    ...(memory ? { memory } : {}),
  });
}

async function loadNotifications(http: Http, socket: SignalingSocket): Promise<Notifications> {
  const [{ Notifications }, { NotificationRoutes }] = await Promise.all([
    import("./notifications/notifications"),
    import("./rest/notifications"),
  ]);
  const notifications = new Notifications({ api: new NotificationRoutes(http), socket });
  void notifications.refresh();
  return notifications;
}

/** Which device this browser is for this person, in its local storage where it has one that may be used. */
function deviceMemory(userId: string): DeviceMemory {
  const key = `parley.device.${userId}`;
  let known: string | undefined;
  try {
    known = globalThis.localStorage?.getItem(key) ?? undefined;
  } catch {
    known = undefined;
  }
  return {
    read: () => known,
    write: (id) => {
      known = id;
      try {
        if (id) globalThis.localStorage?.setItem(key, id);
        else globalThis.localStorage?.removeItem(key);
      } catch {
        // Then it is known while the page is open.
      }
    },
  };
}
