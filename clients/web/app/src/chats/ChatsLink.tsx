import { MessageSquare } from "lucide-react";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { shortOf } from "../chat/words";
import { Link, usePath } from "../shell/router";
import { toasts } from "../shell/toasts";
import styles from "./link.module.css";
import { titleOf } from "./titles";
import { useConversations } from "./useConversations";

const COUNTED = 99;

/** The way to the chats, with how much is unread; tells of a new message while another page is open. */
export default function ChatsLink() {
  const { t } = useTranslation();
  const path = usePath();
  const conversations = useConversations();
  const inChats = path.startsWith("/chats");
  const unread = conversations?.unread ?? 0;

  useEffect(() => {
    if (!conversations || inChats) return;
    return conversations.on("message", ({ conversation, message }) => {
      const group = conversation.record?.kind === "direct" ? "" : `${titleOf(t, conversation)} · `;
      toasts.show(t("chat.new", { name: group + message.name, text: shortOf(message).slice(0, 90) }));
    });
  }, [conversations, inChats, t]);

  useEffect(() => {
    if (!conversations) return;
    const look = () => {
      const here = document.visibilityState === "visible";
      conversations.setPresence(here ? "online" : "away");
      if (here) void conversations.sync();
    };
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [conversations]);

  return (
    <Link to="/chats" className={styles["link"] ?? ""}>
      <MessageSquare size={20} aria-hidden="true" />
      <span className={styles["words"]}>{t("chats.title")}</span>
      {unread > 0 ? (
        <span className={styles["badge"]}>
          <span aria-hidden="true">{unread > COUNTED ? `${COUNTED}+` : unread}</span>
          <span className="visually-hidden">{t("chats.unread", { count: unread })}</span>
        </span>
      ) : null}
    </Link>
  );
}
