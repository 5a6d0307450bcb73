/** The words of notifications, as they are on the wire (snake_case). Times are RFC 3339 strings. */

export type NotificationKind = "message" | "mention" | "invitation" | "meeting" | "file" | "account";

export interface NotificationRecord {
  /** The same whatever is added to it. */
  id: string;
  kind: NotificationKind;
  /** What happened: `received`, `mentioned`, `invited`, `changed`, `cancelled`, `started`, `pushed`, `signed_in`, … */
  what: string;
  /** The last time. */
  at: string;
  /** How often since it was read. */
  count: number;
  read_at?: string;
  by_id?: string;
  /** Absent when nobody is behind the account any more. */
  by_name?: string;
  title?: string;
  starts_at?: string;
  /** Page of the web app, from its root. */
  link: string;
}

export interface NotificationPage {
  list: NotificationRecord[];
  /** On this page or not; 100 means that many or more. */
  unread: number;
  /** Asks for those before these. */
  next?: string;
}

export type NotificationChannel = "in_app" | "mail" | "push" | "sms";

/** How somebody is told of one kind. */
export interface KindPreference {
  kind: NotificationKind;
  /** Those that are on. */
  channels: NotificationChannel[];
  /** Those that may be chosen; not sent. */
  offered?: NotificationChannel[];
}

/** Something told elsewhere than in the app. */
export interface NotificationDelivery {
  id: string;
  channel: string;
  /** `sent` is on its way; `skipped` was read before. */
  state: "pending" | "sent" | "delivered" | "failed" | "skipped";
  notification_ids: string[];
  attempts: number;
  /** Why the last try failed, one word. */
  error?: string;
  created_at: string;
  /** Of one that is pending: not before. */
  due_at?: string;
  delivered_at?: string;
}

export interface NotificationDeliveryPage {
  list: NotificationDelivery[];
  /** Asks for those before these. */
  next?: string;
}

/** A browser that is told what is pushed, as its `PushSubscription` says of itself. */
export interface SubscriptionDraft {
  endpoint: string;
  keys: { p256dh: string; auth: string };
  /** The key of ours that it subscribed with. */
  public_key?: string;
}

export interface SubscriptionRecord {
  id: string;
  /** The host that carries what is pushed to it. */
  service: string;
  created_at: string;
}

export interface SubscriptionList {
  /** To subscribe with, as `applicationServerKey`. */
  public_key: string;
  list: SubscriptionRecord[];
}

/** The telephone that somebody is told on. */
export interface PhoneRecord {
  /** That was confirmed. */
  phone?: string;
  /** To which a code was sent. */
  pending?: string;
}

/** Every day, over midnight if need be. */
export interface QuietHours {
  /** Hour and minute, `22:00`. */
  from: string;
  until: string;
  /** `Europe/Berlin`. */
  time_zone: string;
}

/** Written as a whole: without quiet hours there are none. */
export interface NotificationPreferences {
  kinds: KindPreference[];
  quiet_hours?: QuietHours;
  /** Of mail. */
  language: string;
}
