import type { NotificationPage, NotificationRecord } from "../rest/notification-records";
import { Refusal } from "./refusal";

type Draft = Pick<NotificationRecord, "kind" | "what" | "link"> & Partial<NotificationRecord>;

/** Notifications in memory, of whoever is signed in. */
export class MockNotifications {
  private list: NotificationRecord[] = [];
  private counter = 0;

  /** Adds one, for scripts and screens. @param minutes how long ago it was */
  add(draft: Draft, minutes = 0, read = false): NotificationRecord {
    const at = new Date(Date.now() - minutes * 60_000).toISOString();
    const one = { id: `n_${++this.counter}`, at, count: 1, ...draft, ...(read ? { read_at: at } : {}) };
    this.list.unshift(one);
    return one;
  }

  answer(method: string, id: string | undefined, body: Record<string, unknown>): unknown {
    if (method === "GET") return { list: this.list, unread: this.unread() } satisfies NotificationPage;
    const until = body["until"];
    const named = (one: NotificationRecord) =>
      id === "read" ? typeof until !== "string" || one.at <= until : one.id === id;
    if (id !== "read" && !this.list.some(named)) throw new Refusal(404, "notification.not_found");
    const read_at = new Date().toISOString();
    this.list = this.list.map((one) => (named(one) ? { read_at, ...one } : one));
    return { unread: this.unread() };
  }

  private unread(): number {
    return this.list.filter(({ read_at }) => !read_at).length;
  }
}
