import type { Conversation } from "@parley/client";
import type { TFunction } from "i18next";
import { shortOf } from "../chat/words";

/** What a conversation is called. */
export function titleOf(t: TFunction, conversation: Conversation): string {
  const { record } = conversation;
  if (record?.kind === "direct") return record.peer?.name || t("chat.everybodyGone");
  return record?.title || t(record?.kind === "meeting" ? "chats.ofMeeting" : "chats.group");
}

/** Its last message in one line. */
export function lastOf(t: TFunction, conversation: Conversation): string {
  const { last, record } = conversation;
  if (!last) return "";
  const text = last.recalled ? t("chat.recalled") : shortOf(last) || t("chats.file");
  if (last.own) return t("chats.you", { text });
  return record?.kind === "direct" || !last.name ? text : t("chats.by", { name: last.name, text });
}
