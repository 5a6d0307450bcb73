import type { WebhookDelivery, WebhookDraft, WebhookRecord } from "../rest/webhooks";
import { Refusal } from "./refusal";

type Fields = Record<string, unknown>;

const MINUTE_MILLIS = 60_000;
const ago = (minutes: number): string => new Date(Date.now() - minutes * MINUTE_MILLIS).toISOString();

/** Webhooks in memory. Nothing is posted: each delivery is taken when it is looked at the next time. */
export class MockWebhooks {
  private readonly hooks: (WebhookRecord & { owner: string; told: WebhookDelivery[] })[] = [];
  private counter = 0;

  /** Adds a webhook with some deliveries behind it, for screens. */
  add(owner: string, draft: WebhookDraft): WebhookRecord {
    const hook = this.make(owner, draft);
    const told = this.hooks[0]!.told;
    told.push(
      this.delivery("meeting.ended", "pending", 1),
      this.delivery("participant.joined", "delivered", 4),
      this.delivery("meeting.started", "failed", 60 * 30),
    );
    told[0]!.last_attempts = [{ at: ago(1), error: "status", status: 503, took_ms: 212 }];
    told[0]!.next_attempt_at = ago(-1);
    told[2]!.last_attempts = [{ at: ago(60), error: "timeout", took_ms: 10_000 }];
    return hook;
  }

  /** Answers a call below `/webhooks`. */
  answer(method: string, path: string, body: Fields, user: string): unknown {
    const [, , id, area, which, act] = path.split("/");
    if (!id) {
      if (method === "POST")
        return { ...this.make(user, body as unknown as WebhookDraft), secret: "whsec_bW9jaw==" };
      const list = this.hooks.filter(({ owner }) => owner === user).map(shown);
      return { list, total: list.length, page: 1, page_size: 20, total_pages: 1 };
    }
    const hook = this.hooks.find((one) => one.id === id && one.owner === user);
    if (!hook) throw new Refusal(404, "webhook.not_found");
    if (area === "secret") return { secret: "whsec_bmV3", previous_until: ago(-24 * 60) };
    if (area === "test") {
      hook.told.unshift(this.delivery("webhook.test", "delivered", 0));
      return hook.told[0];
    }
    if (area === "deliveries") {
      if (!which) return { list: hook.told };
      const delivery = hook.told.find((one) => one.id === which);
      if (!delivery) throw new Refusal(404, "webhook.no_delivery");
      if (act === "replay") return Object.assign(delivery, { state: "delivered" });
      return { ...delivery, payload: { id: delivery.event_id, type: delivery.event, data: {} } };
    }
    if (method === "DELETE") return void this.hooks.splice(this.hooks.indexOf(hook), 1);
    if (method === "PUT") {
      Object.assign(hook, body);
      if (body["status"] === "disabled") hook.disabled_reason = "owner";
      if (body["status"] === "active") delete hook.disabled_reason;
    }
    return shown(hook);
  }

  private make(owner: string, draft: WebhookDraft): WebhookRecord {
    if (!draft.url.startsWith("https://")) throw new Refusal(400, "request.invalid");
    const hook = {
      id: `wh_${++this.counter}`,
      owner,
      url: draft.url,
      events: draft.events,
      ...(draft.description ? { description: draft.description } : {}),
      every_meeting: Boolean(draft.every_meeting),
      status: "active" as const,
      created_at: ago(0),
      updated_at: ago(0),
      told: [],
    };
    this.hooks.unshift(hook);
    return shown(hook);
  }

  private delivery(event: string, state: WebhookDelivery["state"], minutes: number): WebhookDelivery {
    const number = ++this.counter;
    return {
      id: `d_${number}`,
      event_id: `e_${number}`,
      event,
      meeting_id: "abc-defg-hij",
      state,
      attempts: 1,
      last_attempts: [{ at: ago(minutes), status: 204, took_ms: 38 }],
      created_at: ago(minutes),
    };
  }
}

function shown({ owner: _owner, told: _told, ...hook }: WebhookRecord & { owner: string; told: unknown }) {
  return hook;
}
