import type { NotificationRecord } from "@parley/client";
import type { TFunction } from "i18next";

const KNOWN = [
  "received",
  "mentioned",
  "invited",
  "changed",
  "cancelled",
  "started",
  "pushed",
  "signed_in",
  "password_changed",
  "role_changed",
  "webhook_disabled",
];

/** What a notification says, in one sentence. */
export function sentenceOf(t: TFunction, one: NotificationRecord, locale: string): string {
  const timed = one.starts_at && /^(invited|changed)$/.test(one.what);
  const what = KNOWN.includes(one.what) ? one.what + (timed ? "At" : "") : "other";
  return t(`notifications.what.${what}`, {
    by: one.by_name ?? t("notifications.somebody"),
    title: one.title ?? "",
    count: one.count,
    time: timed
      ? new Date(one.starts_at!).toLocaleString(locale, { dateStyle: "medium", timeStyle: "short" })
      : "",
  });
}
