import type { Http } from "./http";
import type {
  NotificationDelivery,
  NotificationDeliveryPage,
  NotificationPage,
  NotificationPreferences,
  PhoneRecord,
  SubscriptionDraft,
  SubscriptionList,
  SubscriptionRecord,
} from "./notification-records";

/** The notifications part of the REST API, one method a route. */
export class NotificationRoutes {
  constructor(private readonly http: Http) {}

  list(before?: string): Promise<NotificationPage> {
    return this.http.call("GET", `/notifications${before ? `?before=${encodeURIComponent(before)}` : ""}`);
  }

  read(id: string): Promise<{ unread: number }> {
    return this.http.call("POST", `/notifications/${encodeURIComponent(id)}/read`);
  }

  preferences(): Promise<NotificationPreferences> {
    return this.http.call("GET", "/notifications/preferences");
  }

  choose(preferences: NotificationPreferences): Promise<NotificationPreferences> {
    return this.http.call("PUT", "/notifications/preferences", { body: preferences });
  }

  /** Of the last 30 days, the latest first. @param before what the page before gave as `next` */
  deliveries(before?: string): Promise<NotificationDeliveryPage> {
    const query = before ? `?before=${encodeURIComponent(before)}` : "";
    return this.http.call("GET", `/notifications/deliveries${query}`);
  }

  /** Tells all of it again. */
  replay(id: string): Promise<NotificationDelivery> {
    return this.http.call("POST", `/notifications/deliveries/${encodeURIComponent(id)}/replay`);
  }

  subscriptions(): Promise<SubscriptionList> {
    return this.http.call("GET", "/notifications/subscriptions");
  }

  subscribe(draft: SubscriptionDraft): Promise<SubscriptionRecord> {
    return this.http.call("POST", "/notifications/subscriptions", { body: draft });
  }

  unsubscribe(id: string): Promise<void> {
    return this.http.call("DELETE", `/notifications/subscriptions/${encodeURIComponent(id)}`);
  }

  phone(): Promise<PhoneRecord> {
    return this.http.call("GET", "/notifications/phone");
  }

  /** Sends a code there. @param phone with its country, `+4915112345678` */
  beginPhone(phone: string): Promise<PhoneRecord> {
    return this.http.call("POST", "/notifications/phone", { body: { phone } });
  }

  confirmPhone(code: string): Promise<PhoneRecord> {
    return this.http.call("POST", "/notifications/phone/confirm", { body: { code } });
  }

  removePhone(): Promise<void> {
    return this.http.call("DELETE", "/notifications/phone");
  }

  /** @param until the `at` of the latest that was seen; what came since stays unread */
  readAll(until?: string): Promise<{ unread: number }> {
    return this.http.call("POST", "/notifications/read", { body: until ? { until } : {} });
  }
}
