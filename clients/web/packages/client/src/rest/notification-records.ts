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
