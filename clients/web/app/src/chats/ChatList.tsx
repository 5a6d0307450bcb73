import type { Conversation, Conversations } from "@parley/client";
import { Avatar } from "@parley/ui";
import { Video } from "lucide-react";
import { useTranslation } from "react-i18next";
import { localeOf } from "../i18n";
import { Link } from "../shell/router";
import styles from "./chats.module.css";
import { lastOf, titleOf } from "./titles";

/** All chats, the one with the latest message first. */
export function ChatList({
  conversations,
  current,
}: {
  conversations: Conversations;
  current: string | undefined;
}) {
  const { t } = useTranslation();
  return (
    <nav className={styles["list"]} aria-label={t("chats.title")}>
      <ul>
        {conversations.all.map((conversation) => (
          <li key={conversation.id} data-current={conversation.id === current || undefined}>
            <Link to={`/chats/${conversation.id}`} className={styles["row"] ?? ""}>
              <Row conversation={conversation} conversations={conversations} />
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Row({ conversation, conversations }: { conversation: Conversation; conversations: Conversations }) {
  const { t } = useTranslation();
  const { record, last, unread } = conversation;
  const title = titleOf(t, conversation);
  const presence = record?.peer ? conversations.presenceOf(record.peer.user_id) : "offline";
  return (
    <>
      <span className={styles["face"]} data-presence={presence}>
        {record?.kind === "meeting" ? (
          <span className={styles["meeting"]}>
            <Video size={20} aria-hidden="true" />
          </span>
        ) : (
          <Avatar name={title} picture={record?.peer?.avatar} />
        )}
        {presence === "offline" ? null : <span className="visually-hidden">{t(`chats.${presence}`)}, </span>}
      </span>
      <span className={styles["what"]}>
        <span className={styles["line"]}>
          <strong>{title}</strong>
          {last ? <When at={last.at} /> : null}
        </span>
        <span className={styles["line"]}>
          <span className={styles["last"]}>{lastOf(t, conversation)}</span>
          {unread > 0 ? (
            <span className={styles["unread"]}>
              <span aria-hidden="true">{unread > 99 ? "99+" : unread}</span>
              <span className="visually-hidden">{t("chats.unread", { count: unread })}</span>
            </span>
          ) : null}
        </span>
      </span>
    </>
  );
}

/** The time of today, else the day. */
export function When({ at }: { at: Date }) {
  const { i18n } = useTranslation();
  const locale = localeOf(i18n.language);
  const today = at.toDateString() === new Date().toDateString();
  return (
    <time dateTime={at.toISOString()}>
      {today
        ? at.toLocaleTimeString(locale, { hour: "2-digit", minute: "2-digit" })
        : at.toLocaleDateString(locale, { day: "numeric", month: "short" })}
    </time>
  );
}
