import type { Http } from "./http";
import type { NotificationPage } from "./notification-records";

/** The notifications part of the REST API, one method a route. */
export class NotificationRoutes {
  constructor(private readonly http: Http) {}

  list(before?: string): Promise<NotificationPage> {
    return this.http.call("GET", `/notifications${before ? `?before=${encodeURIComponent(before)}` : ""}`);
  }

  read(id: string): Promise<{ unread: number }> {
    return this.http.call("POST", `/notifications/${encodeURIComponent(id)}/read`);
  }

  /** @param until the `at` of the latest that was seen; what came since stays unread */
  readAll(until?: string): Promise<{ unread: number }> {
    return this.http.call("POST", "/notifications/read", { body: until ? { until } : {} });
  }
}
