import type {
  NotificationDelivery,
  NotificationDeliveryPage,
  NotificationPage,
  NotificationPreferences,
  NotificationRecord,
  PhoneRecord,
  SubscriptionList,
  SubscriptionRecord,
} from "../rest/notification-records";
import { Refusal } from "./refusal";

type Draft = Pick<NotificationRecord, "kind" | "what" | "link"> & Partial<NotificationRecord>;

const KEY = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";

/** Notifications in memory, of whoever is signed in. */
export class MockNotifications {
  private list: NotificationRecord[] = [];
  private counter = 0;
  private chosen: NotificationPreferences = {
    kinds: [
      { kind: "message", channels: ["in_app", "mail", "push"], offered: ["in_app", "mail", "push", "sms"] },
      { kind: "mention", channels: ["in_app", "mail", "push"], offered: ["in_app", "mail", "push", "sms"] },
      { kind: "invitation", channels: ["in_app", "push"], offered: ["in_app", "push", "sms"] },
      { kind: "meeting", channels: ["in_app", "push"], offered: ["in_app", "mail", "push", "sms"] },
      { kind: "file", channels: ["in_app", "mail", "push"], offered: ["in_app", "mail", "push", "sms"] },
      { kind: "account", channels: ["in_app", "mail", "push"], offered: ["mail", "push", "sms"] },
    ],
    language: "en",
  };

  private deliveries: NotificationDelivery[] = [];
  private phone: PhoneRecord = {};
  private browsers: SubscriptionRecord[] = [];

  /** Adds one that was mailed. @param minutes how long ago */
  mailed(state: NotificationDelivery["state"], about: number, minutes: number): void {
    const at = new Date(Date.now() - minutes * 60_000).toISOString();
    this.deliveries.unshift({
      id: `dl_${++this.counter}`,
      channel: "mail",
      state,
      notification_ids: this.list.slice(0, about).map(({ id }) => id),
      attempts: state === "skipped" ? 0 : 1,
      created_at: at,
      ...(state === "delivered" ? { delivered_at: at } : {}),
    });
  }

  /** Adds one, for scripts and screens. @param minutes how long ago it was */
  add(draft: Draft, minutes = 0, read = false): NotificationRecord {
    const at = new Date(Date.now() - minutes * 60_000).toISOString();
    const one = { id: `n_${++this.counter}`, at, count: 1, ...draft, ...(read ? { read_at: at } : {}) };
    this.list.unshift(one);
    return one;
  }

  answer(
    method: string,
    id: string | undefined,
    part: string | undefined,
    body: Record<string, unknown>,
  ): unknown {
    if (id === "preferences") {
      return this.choose(method === "PUT" ? (body as Partial<NotificationPreferences>) : {});
    }
    if (id === "deliveries") {
      return method === "GET"
        ? ({ list: this.deliveries } satisfies NotificationDeliveryPage)
        : this.replay(part ?? "");
    }
    if (id === "phone") return this.telephone(method, part, body);
    if (id === "subscriptions") return this.subscribed(method, part);
    if (method === "GET") return { list: this.list, unread: this.unread() } satisfies NotificationPage;
    const until = body["until"];
    const named = (one: NotificationRecord) =>
      id === "read" ? typeof until !== "string" || one.at <= until : one.id === id;
    if (id !== "read" && !this.list.some(named)) throw new Refusal(404, "notification.not_found");
    const read_at = new Date().toISOString();
    this.list = this.list.map((one) => (named(one) ? { read_at, ...one } : one));
    return { unread: this.unread() };
  }

  private telephone(
    method: string,
    part: string | undefined,
    { phone, code }: Record<string, unknown>,
  ): PhoneRecord {
    if (method === "DELETE") this.phone = {};
    else if (part === "confirm") {
      if (!this.phone.pending || code !== "123456") throw new Refusal(400, "notification.code");
      this.phone = { phone: this.phone.pending };
    } else if (method === "POST") this.phone = { ...this.phone, pending: String(phone) };
    return this.phone;
  }

  private subscribed(method: string, id: string | undefined): unknown {
    if (method === "GET") return { public_key: KEY, list: this.browsers } satisfies SubscriptionList;
    if (method === "DELETE") {
      if (!this.browsers.some((one) => one.id === id)) throw new Refusal(404, "notification.no_subscription");
      this.browsers = this.browsers.filter((one) => one.id !== id);
      return undefined;
    }
    const one = {
      id: `ps_${++this.counter}`,
      service: "push.example.net",
      created_at: new Date().toISOString(),
    };
    this.browsers.unshift(one);
    return one;
  }

  private replay(id: string): NotificationDelivery {
    const found = this.deliveries.find((one) => one.id === id);
    if (!found) throw new Refusal(404, "notification.no_delivery");
    if (found.state === "pending") throw new Refusal(409, "notification.pending");
    found.state = "pending";
    return found;
  }

  private choose(asked: Partial<NotificationPreferences>): NotificationPreferences {
    const { kinds, ...rest } = asked;
    if (!kinds) return this.chosen;
    const offered = new Map(this.chosen.kinds.map((one) => [one.kind, one.offered ?? []]));
    this.chosen = {
      language: this.chosen.language,
      ...rest,
      kinds: kinds.map((one) => ({ ...one, offered: offered.get(one.kind) ?? [] })),
    };
    return this.chosen;
  }

  private unread(): number {
    return this.list.filter(({ read_at }) => !read_at).length;
  }
}
