import type { ChatMessage, Meeting } from "@parley/client";
import { IconButton } from "@parley/ui";
import { MessageSquare, SendHorizontal } from "lucide-react";
import { useEffect, useRef, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { localeOf } from "../i18n";
import { toasts } from "../shell/toasts";
import { explain } from "../system/errors";
import { Panel } from "./Panel";
import styles from "./panel.module.css";

interface ChatPanelProps {
  meeting: Meeting;
  messages: readonly ChatMessage[];
  onClose: () => void;
}

export default function ChatPanel({ meeting, messages, onClose }: ChatPanelProps) {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.scrollTo({ top: list.current.scrollHeight });
  }, [messages]);

  const send = (event?: FormEvent) => {
    event?.preventDefault();
    if (text.trim() === "") return;
    if (text.length > 4000) return toasts.show(t("chat.tooLong"), "danger");
    meeting.chat.send(text).catch((error: unknown) => toasts.show(explain(t, error).text, "danger"));
    setText("");
  };

  return (
    <Panel title={t("chat.title")} onClose={onClose}>
      {messages.length === 0 ? (
        <div className={styles["empty"]}>
          <MessageSquare size={28} aria-hidden="true" />
          <strong>{t("chat.empty")}</strong>
          <span>{t("chat.emptyText")}</span>
        </div>
      ) : (
        <div ref={list} className={styles["messages"]} role="log" aria-label={t("chat.title")} tabIndex={0}>
          <ol>
            {messages.map((message, index) => (
              <Message key={message.id} message={message} before={messages[index - 1]} />
            ))}
          </ol>
        </div>
      )}
      <form className={styles["write"]} onSubmit={send}>
        <textarea
          aria-label={t("chat.write")}
          placeholder={t("chat.write")}
          rows={1}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
            event.preventDefault();
            send();
          }}
        />
        <IconButton type="submit" label={t("chat.send")} isDisabled={text.trim() === ""}>
          <SendHorizontal size={20} aria-hidden="true" />
        </IconButton>
      </form>
    </Panel>
  );
}

const SAME_BREATH_MILLIS = 120_000;

function Message({ message, before }: { message: ChatMessage; before: ChatMessage | undefined }) {
  const { t, i18n } = useTranslation();
  const follows =
    before?.from === message.from && message.at.getTime() - before.at.getTime() < SAME_BREATH_MILLIS;
  return (
    <li className={styles["message"]} data-follows={follows || undefined}>
      {follows ? null : (
        <p className={styles["who"]}>
          <strong>{message.own ? t("meeting.you") : message.name}</strong>
          <time dateTime={message.at.toISOString()}>
            {message.at.toLocaleTimeString(localeOf(i18n.language), { hour: "2-digit", minute: "2-digit" })}
          </time>
        </p>
      )}
      <p className={styles["text"]}>{message.text}</p>
      {message.state === "sent" ? null : (
        <p className={styles["state"]}>{t(message.state === "failed" ? "chat.failed" : "chat.waiting")}</p>
      )}
    </li>
  );
}
