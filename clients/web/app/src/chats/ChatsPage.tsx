import type { Conversation, Conversations } from "@parley/client";
import { Button, Notice, Skeleton } from "@parley/ui";
import { MessageSquare, Plus, WifiOff } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Header } from "../shell/Header";
import { Message } from "../shell/NotFound";
import { navigate } from "../shell/router";
import { explain } from "../system/errors";
import { useUser } from "../system/parley";
import styles from "./chats.module.css";
import { ChatList } from "./ChatList";
import { ChatThread } from "./ChatThread";
import { NewChatDialog } from "./NewChatDialog";
import { SearchBox } from "./SearchBox";
import { useConversations } from "./useConversations";

/** Somebody's chats: the list, and beside it, or in its place on phones, the one that is open, at a message where the address says one. */
export default function ChatsPage({ id, seq }: { id: string | undefined; seq: number | undefined }) {
  const { t } = useTranslation();
  const user = useUser();
  const conversations = useConversations();
  const [beginning, setBeginning] = useState(false);
  const [searching, setSearching] = useState(false);
  const unread = conversations?.unread ?? 0;
  useEffect(() => {
    document.title = `${unread > 0 ? `(${unread}) ` : ""}${t("chats.title")} · Parley`;
    return () => void (document.title = "Parley");
  }, [t, unread]);

  useEffect(() => conversations?.look(), [conversations]);

  if (!user) {
    return (
      <Message title={t("chats.signedOut")} text={t("chats.signedOutText")}>
        <Button variant="primary" onPress={() => navigate(`/sign-in?then=${location.pathname}`)}>
          {t("app.signIn")}
        </Button>
      </Message>
    );
  }
  const open = (conversation: Conversation, at?: number) =>
    navigate(`/chats/${conversation.id}${at === undefined ? "" : `/${at}`}`);
  return (
    <div className={styles["page"]} data-open={id !== undefined || undefined}>
      <Header />
      <main className={styles["main"]}>
        <section className={styles["side"]} aria-labelledby="chats">
          <div className={styles["head"]}>
            <h1 id="chats">{t("chats.title")}</h1>
            <Button
              icon={<Plus size={18} aria-hidden="true" />}
              isDisabled={!conversations}
              onPress={() => setBeginning(true)}
            >
              {t("chats.new")}
            </Button>
          </div>
          {conversations ? (
            <>
              <SearchBox conversations={conversations} onSearching={setSearching} onOpen={open} />
              {conversations.connection === "waiting" ? (
                <Notice icon={<WifiOff size={18} aria-hidden="true" />}>{t("chats.offline")}</Notice>
              ) : null}
              {searching ? null : <Listed conversations={conversations} id={id} />}
            </>
          ) : (
            <Skeleton lines={6} />
          )}
        </section>
        <section className={styles["open"]} aria-label={t("chat.messages")}>
          {id && conversations ? (
            <ChatThread key={id} id={id} conversations={conversations} goTo={seq} />
          ) : id ? null : (
            <div className={styles["pick"]}>
              <MessageSquare size={32} aria-hidden="true" />
              <strong>{t("chats.pick")}</strong>
              <span>{t("chats.pickText")}</span>
            </div>
          )}
        </section>
      </main>
      {beginning && conversations ? (
        <NewChatDialog
          conversations={conversations}
          onClose={() => setBeginning(false)}
          onBegun={(conversation) => {
            setBeginning(false);
            open(conversation);
          }}
        />
      ) : null}
    </div>
  );
}

function Listed({ conversations, id }: { conversations: Conversations; id: string | undefined }) {
  const { t } = useTranslation();
  if (conversations.all.length > 0) return <ChatList conversations={conversations} current={id} />;
  if (conversations.loaded) {
    return (
      <div className={styles["none"]}>
        <strong>{t("chats.empty")}</strong>
        <span>{t("chats.emptyText")}</span>
      </div>
    );
  }
  if (!conversations.error) return <Skeleton lines={6} />;
  const { text, reference } = explain(t, conversations.error);
  return (
    <div className={styles["none"]} role="alert">
      <span>
        {t("chats.listFailed")} {text}
        {reference ? ` ${t("app.reference")}: ${reference}` : ""}
      </span>
      <Button onPress={() => void conversations.sync()}>{t("app.tryAgain")}</Button>
    </div>
  );
}
