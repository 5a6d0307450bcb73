import type { Http } from "./http";
import type { Page } from "./records";

export interface WebhookDraft {
  url: string;
  /** `meeting.started`, `meeting.ended`, `participant.joined`, `participant.left`, or `*` for all of them, those to come included. */
  events: string[];
  description?: string;
  /** Of every host's meetings, for administrators. */
  every_meeting?: boolean;
}

export interface WebhookRecord {
  id: string;
  url: string;
  events: string[];
  description?: string;
  every_meeting: boolean;
  /** In the reply that makes it, and never again. */
  secret?: string;
  status: "active" | "disabled";
  disabled_reason?: "owner" | "failing" | "gone" | "account";
  /** Since when nothing was taken. */
  failing_since?: string;
  created_at: string;
  updated_at: string;
}

export interface WebhookAttempt {
  at: string;
  /** HTTP status of the answer; absent where there was none. */
  status?: number;
  /** Why it counts as failed. */
  error?: "status" | "redirect" | "timeout" | "address" | "tls" | "connect";
  took_ms: number;
}

export interface WebhookDelivery {
  id: string;
  event_id: string;
  event: string;
  meeting_id?: string;
  state: "pending" | "delivered" | "failed" | "skipped";
  attempts: number;
  /** The last of them, the oldest first. */
  last_attempts?: WebhookAttempt[];
  created_at: string;
  next_attempt_at?: string;
  /** What is posted; only where one delivery is asked for. */
  payload?: unknown;
}

export interface WebhookDeliveryPage {
  list: WebhookDelivery[];
  /** Asks for those before these; absent where there are none. */
  next?: string;
}

/** The webhooks part of the REST API, one method a route. Made by {@link Parley.webhooks}. */
export class Webhooks {
  constructor(private readonly http: Http) {}

  async list(): Promise<WebhookRecord[]> {
    return (await this.http.call<Page<WebhookRecord>>("GET", "/webhooks")).list;
  }

  /** The only reply with its secret. */
  create(draft: WebhookDraft): Promise<WebhookRecord> {
    return this.http.call("POST", "/webhooks", { body: draft });
  }

  get(id: string): Promise<WebhookRecord> {
    return this.http.call("GET", path(id));
  }

  change(
    id: string,
    change: Partial<Omit<WebhookDraft, "every_meeting">> & { status?: "active" | "disabled" },
  ): Promise<WebhookRecord> {
    return this.http.call("PUT", path(id), { body: change });
  }

  remove(id: string): Promise<void> {
    return this.http.call("DELETE", path(id));
  }

  /** A new secret; for a day everything is signed with the one before as well. */
  rotate(id: string): Promise<{ secret: string; previous_until: string }> {
    return this.http.call("POST", `${path(id)}/secret`, { body: {} });
  }

  /** Has a `webhook.test` told to it. */
  test(id: string): Promise<WebhookDelivery> {
    return this.http.call("POST", `${path(id)}/test`);
  }

  /** Of the last 30 days, the latest first. @param before what the page before gave as `next` */
  deliveries(id: string, before?: string): Promise<WebhookDeliveryPage> {
    const query = new URLSearchParams({ limit: "20", ...(before ? { before } : {}) });
    return this.http.call("GET", `${path(id)}/deliveries?${query}`);
  }

  /** One, with what is posted. */
  delivery(id: string, deliveryId: string): Promise<WebhookDelivery> {
    return this.http.call("GET", `${path(id)}/deliveries/${encodeURIComponent(deliveryId)}`);
  }

  /** Tells it again. */
  replay(id: string, deliveryId: string): Promise<WebhookDelivery> {
    return this.http.call("POST", `${path(id)}/deliveries/${encodeURIComponent(deliveryId)}/replay`);
  }
}

const path = (id: string): string => `/webhooks/${encodeURIComponent(id)}`;
