import { Emitter } from "../emitter";
import type {
  NotificationDelivery,
  NotificationDeliveryPage,
  NotificationPreferences,
  NotificationRecord,
  PhoneRecord,
  SubscriptionDraft,
  SubscriptionList,
  SubscriptionRecord,
} from "../rest/notification-records";
import type { NotificationRoutes } from "../rest/notifications";
import type { ServerFrame } from "../signaling/frames";
import type { SignalingSocket } from "../signaling/socket";

export interface NotificationsEvents {
  /** {@link Notifications.all} or {@link Notifications.unread} is different. */
  change: readonly NotificationRecord[];
  /** Something happened, just now. */
  arrival: NotificationRecord;
}

export interface NotificationsParts {
  api: NotificationRoutes;
  socket: Pick<SignalingSocket, "on" | "state">;
}

/**
 * What the person who is signed in was not there to see: connected and kept up to date from the first call on. What is missed while the
 * connection is away is asked for when it is back. Made by {@link Own.notifications}.
 */
export class Notifications extends Emitter<NotificationsEvents> {
  private known: readonly NotificationRecord[] = [];
  private count = 0;
  private following: string | undefined;
  private failure: unknown;
  private isLoaded = false;
  private refreshing: Promise<void> | undefined;
  private readonly stops: readonly (() => void)[];

  constructor(private readonly parts: NotificationsParts) {
    super();
    this.stops = [
      parts.socket.on("frame", (frame) => this.hear(frame)),
      parts.socket.on("state", (state) => state === "open" && void this.refresh()),
      parts.socket.on("moved", () => void this.refresh()),
    ];
  }

  /** Those that were asked for, the latest first. */
  get all(): readonly NotificationRecord[] {
    return this.known;
  }

  /** How many are unread, shown or not; 100 means that many or more. */
  get unread(): number {
    return this.count;
  }

  get loaded(): boolean {
    return this.isLoaded;
  }

  /** Why the list could not be read; undefined when it could. */
  get error(): unknown {
    return this.failure;
  }

  /** Whether there are older ones to ask for. */
  get more(): boolean {
    return this.following !== undefined;
  }

  /** Reads the latest anew. */
  refresh(): Promise<void> {
    return (this.refreshing ??= this.look().finally(() => (this.refreshing = undefined)));
  }

  /** Adds the next older ones. */
  async older(): Promise<void> {
    if (!this.following) return;
    const page = await this.parts.api.list(this.following);
    const had = new Set(this.known.map(({ id }) => id));
    this.following = page.next;
    this.show([...this.known, ...page.list.filter(({ id }) => !had.has(id))], page.unread);
  }

  async read(id: string): Promise<void> {
    const { unread } = await this.parts.api.read(id);
    this.show(this.marked(new Set([id])), unread);
  }

  /** Marks read what is listed, and what is older. */
  async readAll(): Promise<void> {
    const { unread } = await this.parts.api.readAll(this.known[0]?.at);
    this.show(this.marked(new Set(this.known.map(({ id }) => id))), unread);
  }

  /** How this person is told, and when not. */
  preferences(): Promise<NotificationPreferences> {
    return this.parts.api.preferences();
  }

  choose(preferences: NotificationPreferences): Promise<NotificationPreferences> {
    return this.parts.api.choose(preferences);
  }

  /** What this person was told elsewhere, the latest first. */
  deliveries(before?: string): Promise<NotificationDeliveryPage> {
    return this.parts.api.deliveries(before);
  }

  replay(id: string): Promise<NotificationDelivery> {
    return this.parts.api.replay(id);
  }

  /** The browsers that this person is told in, and the key to subscribe with. */
  subscriptions(): Promise<SubscriptionList> {
    return this.parts.api.subscriptions();
  }

  subscribe(draft: SubscriptionDraft): Promise<SubscriptionRecord> {
    return this.parts.api.subscribe(draft);
  }

  unsubscribe(id: string): Promise<void> {
    return this.parts.api.unsubscribe(id);
  }

  phone(): Promise<PhoneRecord> {
    return this.parts.api.phone();
  }

  /** Sends a code there. @param phone with its country, `+4915112345678` */
  beginPhone(phone: string): Promise<PhoneRecord> {
    return this.parts.api.beginPhone(phone);
  }

  confirmPhone(code: string): Promise<PhoneRecord> {
    return this.parts.api.confirmPhone(code);
  }

  removePhone(): Promise<void> {
    return this.parts.api.removePhone();
  }

  close(): void {
    for (const stop of this.stops) stop();
    this.removeAllListeners();
  }

  private marked(ids: ReadonlySet<string>): NotificationRecord[] {
    const read_at = new Date().toISOString();
    return this.known.map((one) => (ids.has(one.id) && !one.read_at ? { ...one, read_at } : one));
  }

  private async look(): Promise<void> {
    try {
      const page = await this.parts.api.list();
      this.failure = undefined;
      this.isLoaded = true;
      this.following = page.next;
      this.show(page.list, page.unread);
    } catch (thrown) {
      this.failure = thrown;
      this.emit("change", this.known);
    }
  }

  private hear(frame: ServerFrame): void {
    if (frame.type !== "notification") return;
    const { notification, unread } = frame;
    if (!notification) {
      // Another device read some: which, only the list says.
      if (unread !== this.count) void this.refresh();
      return;
    }
    this.show([notification, ...this.known.filter(({ id }) => id !== notification.id)], unread);
    this.emit("arrival", notification);
  }

  private show(list: readonly NotificationRecord[], unread: number): void {
    this.known = list;
    this.count = unread;
    this.emit("change", list);
  }
}
