import type { Conversation, Message } from "@parley/client";
import { Avatar, Button, IconButton, Menu, type MenuAction } from "@parley/ui";
import { Copy, EllipsisVertical, Pencil, Reply, Undo2 } from "lucide-react";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import Attachments from "../files/Attachments";
import chips from "../files/chip.module.css";
import { WatchedChip } from "../files/UploadChip";
import { localeOf } from "../i18n";
import { toasts } from "../shell/toasts";
import { explain } from "../system/errors";
import styles from "./thread.module.css";
import { piecesOf, shortOf } from "./words";

const EMOJIS = ["👍", "❤️", "😂", "🎉", "😮"] as const;

interface MessageItemProps {
  conversation: Conversation;
  message: Message;
  /** Written by the one before, in the same breath. */
  follows: boolean;
  quoted: Message | undefined;
  /** How far it came, where that is worth saying. */
  came: "seen" | "delivered" | "waiting" | undefined;
  names: ReadonlyMap<string, string>;
  mayWrite: boolean;
  moderates: boolean;
  found: boolean;
  onReply: (message: Message) => void;
  onEdit: (message: Message) => void;
  onQuote: (seq: number) => void;
}

/** One message: who, when, what, and what can be done with it. */
export const MessageItem = memo(function MessageItem(props: MessageItemProps) {
  const { conversation, message, follows, quoted, names, mayWrite, found } = props;
  const { t, i18n } = useTranslation();
  const name = useNameOf()(message);
  const attempt = (act: Promise<unknown>) => {
    act.catch((error: unknown) => toasts.show(explain(t, error).text, "danger"));
  };
  const { seq } = message;
  const canReact = mayWrite && seq !== undefined && !message.recalled;
  return (
    <li
      className={styles["message"]}
      data-follows={follows || undefined}
      data-own={message.own || undefined}
      data-found={found || undefined}
      {...(seq === undefined ? {} : { "data-seq": seq })}
    >
      {follows ? null : (
        <>
          <span className={styles["face"]}>
            <Avatar name={name} picture={message.picture} size="small" />
          </span>
          <p className={styles["who"]}>
            <strong>{message.own ? t("meeting.you") : name}</strong>
            <time
              dateTime={message.at.toISOString()}
              title={message.at.toLocaleString(localeOf(i18n.language))}
            >
              {message.at.toLocaleTimeString(localeOf(i18n.language), { hour: "2-digit", minute: "2-digit" })}
            </time>
          </p>
        </>
      )}
      {message.replyTo === undefined || message.recalled ? null : (
        <button type="button" className={styles["quote"]} onClick={() => props.onQuote(message.replyTo!)}>
          <Quote message={quoted} />
        </button>
      )}
      {message.recalled ? (
        <p className={styles["recalled"]}>
          {t(message.recalledBy && message.recalledBy !== message.from ? "chat.recalledBy" : "chat.recalled")}
        </p>
      ) : (
        <p className={styles["text"]} hidden={message.text === ""}>
          <Text message={message} names={names} />
          {message.edited ? <small> ({t("chat.edited")})</small> : null}
        </p>
      )}
      {message.attachments.length > 0 ? <Attachments attachments={message.attachments} /> : null}
      {message.uploads.length > 0 ? (
        <ul className={chips["attachments"]} aria-label={t("files.attached")}>
          {message.uploads.map((upload, index) => (
            <li key={index}>
              <WatchedChip upload={upload} />
            </li>
          ))}
        </ul>
      ) : null}
      {message.reactions.length > 0 ? (
        <div className={styles["reactions"]} role="group" aria-label={t("chat.reactions")}>
          {message.reactions.map(({ emoji, count, own, users }) => (
            <button
              key={emoji}
              type="button"
              aria-pressed={own}
              aria-label={t("chat.reacted", { emoji, count })}
              title={users
                .map((user) => names.get(user))
                .filter(Boolean)
                .join(", ")}
              disabled={!canReact}
              onClick={() => attempt(conversation.react(seq!, emoji, !own))}
            >
              <span aria-hidden="true">{emoji}</span> {count}
            </button>
          ))}
        </div>
      ) : null}
      <Delivery conversation={conversation} message={message} came={props.came} />
      {seq === undefined || message.recalled ? null : (
        <Acts {...props} name={name} seq={seq} canReact={canReact} attempt={attempt} />
      )}
    </li>
  );
});

function Acts(
  props: MessageItemProps & {
    name: string;
    seq: number;
    canReact: boolean;
    attempt: (act: Promise<unknown>) => void;
  },
) {
  const { conversation, message, name, seq, canReact, mayWrite, moderates, attempt } = props;
  const { t } = useTranslation();
  const icon = { size: 16, "aria-hidden": true } as const;
  const own = (emoji: string) => message.reactions.some((one) => one.own && one.emoji === emoji);
  const actions: MenuAction[] = [
    ...(canReact
      ? EMOJIS.map((emoji) => ({
          id: emoji,
          label: t("chat.react", { emoji }),
          glyph: emoji,
          onAction: () => attempt(conversation.react(seq, emoji, !own(emoji))),
        }))
      : []),
    ...(mayWrite && message.own
      ? [
          {
            id: "edit",
            label: t("chat.edit"),
            icon: <Pencil {...icon} />,
            onAction: () => props.onEdit(message),
          },
        ]
      : []),
    {
      id: "copy",
      label: t("chat.copy"),
      icon: <Copy {...icon} />,
      onAction: () =>
        attempt(navigator.clipboard.writeText(message.text).then(() => toasts.show(t("chat.copied")))),
    },
    ...(message.own || moderates
      ? [
          {
            id: "recall",
            label: t(message.own ? "chat.recall" : "chat.recallOf"),
            icon: <Undo2 {...icon} />,
            danger: true,
            onAction: () => attempt(conversation.recall(seq)),
          },
        ]
      : []),
  ];
  return (
    <div className={styles["acts"]}>
      {mayWrite ? (
        <IconButton
          size="small"
          label={t("chat.replyTo", { name })}
          tooltip={false}
          onPress={() => props.onReply(message)}
        >
          <Reply {...icon} />
        </IconButton>
      ) : null}
      <Menu label={t("chat.more", { name })} actions={actions}>
        <IconButton size="small" label={t("chat.more", { name })} tooltip={false}>
          <EllipsisVertical {...icon} />
        </IconButton>
      </Menu>
    </div>
  );
}

/** Whether it is on its way, was refused, or came. */
function Delivery({
  conversation,
  message,
  came,
}: Pick<MessageItemProps, "conversation" | "message" | "came">) {
  const { t } = useTranslation();
  if (message.state === "failed") {
    const nothing = message.text === "" && message.attachments.length === 0 && message.uploads.length === 0;
    return (
      <div className={styles["failed"]} role="alert">
        <span>
          {t("chat.failed")} {explain(t, message.error).text}
        </span>
        {nothing ? null : (
          <Button variant="quiet" onPress={() => conversation.retry(message)}>
            {t("chat.again")}
          </Button>
        )}
        <Button variant="quiet" onPress={() => conversation.discard(message)}>
          {t("chat.discard")}
        </Button>
      </div>
    );
  }
  if (came === "waiting") return <p className={styles["state"]}>{t("chat.sending")}</p>;
  return came ? <p className={styles["came"]}>{t(`chat.${came}`)}</p> : null;
}

/** User text is text, never HTML: links and names are elements of their own. */
function Text({ message, names }: { message: Message; names: ReadonlyMap<string, string> }) {
  const mentioned = message.mentions.map((id) => names.get(id) ?? "");
  return piecesOf(message.text, mentioned).map((piece, number) =>
    piece.kind === "link" ? (
      <a key={number} href={piece.href} target="_blank" rel="noopener noreferrer nofollow ugc">
        {piece.text}
      </a>
    ) : piece.kind === "mention" ? (
      <mark key={number}>{piece.text}</mark>
    ) : (
      piece.text
    ),
  );
}

/** What a message answers, in one line. */
export function Quote({ message }: { message: Message | undefined }) {
  const { t } = useTranslation();
  const nameOf = useNameOf();
  if (message === undefined) return <span>…</span>;
  return (
    <>
      <strong>{message.own ? t("meeting.you") : nameOf(message)}</strong>
      <span>{message.recalled ? t("chat.recalled") : shortOf(message)}</span>
    </>
  );
}

export function useNameOf(): (message: Message) => string {
  const { t } = useTranslation();
  return (message) => (message.deleted || message.name === "" ? t("chat.everybodyGone") : message.name);
}
