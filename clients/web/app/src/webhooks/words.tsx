import type { WebhookRecord } from "@parley/client";
import type { TFunction } from "i18next";
import { CircleCheck, CircleSlash, TriangleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import styles from "./webhooks.module.css";

/** What one may choose among. */
export const EVENTS = ["meeting.started", "meeting.ended", "participant.joined", "participant.left"] as const;

/** What an event is called; one that is not known here, by its type. */
export const eventOf = (t: TFunction, type: string): string =>
  t(`webhooks.event.${type.replace(".", "_")}`, { defaultValue: type });

/** Of what a webhook hears. */
export function wordsOf(t: TFunction, { events, every_meeting }: WebhookRecord): string {
  const all = events.includes("*") || EVENTS.every((event) => events.includes(event));
  return [
    ...(all ? [t("webhooks.all")] : events.map((event) => eventOf(t, event))),
    ...(every_meeting ? [t("webhooks.everyMeeting")] : []),
  ].join(", ");
}

/** Whether it is told anything, and whether that arrives. */
export function Standing({ hook }: { hook: WebhookRecord }) {
  const { t } = useTranslation();
  const state = hook.status === "disabled" ? "disabled" : hook.failing_since ? "failing" : "active";
  const Icon = { disabled: CircleSlash, failing: TriangleAlert, active: CircleCheck }[state];
  return (
    <span className={styles["standing"]} data-state={state}>
      <Icon size={16} aria-hidden="true" />
      {t(hook.status === "disabled" ? "webhooks.disabled" : "webhooks.active")}
    </span>
  );
}
