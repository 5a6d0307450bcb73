import type { Conversation, Message } from "@parley/client";
import { Button, Empty, Skeleton } from "@parley/ui";
import { ArrowDown } from "lucide-react";
import {
  Fragment,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type DragEvent,
  type ReactNode,
} from "react";
import { useTranslation } from "react-i18next";
import { localeOf } from "../i18n";
import { explain } from "../system/errors";
import { Composer, type Mentionable } from "./Composer";
import { MessageItem } from "./MessageItem";
import styles from "./thread.module.css";
import { useConversation } from "./useConversation";
import { shortOf } from "./words";

export interface ThreadProps {
  conversation: Conversation;
  /** Who is in it, this person too: whom one may mention. */
  people: readonly Mentionable[];
  placeholder: string;
  /** Shown while there is no message. */
  empty: ReactNode;
  mayWrite: boolean;
  /** Said where nothing may be written. */
  readOnly: ReactNode;
  /** Whether this person may attach files: guests may not. */
  mayAttach: boolean;
  /** Whether this person may take back what others wrote. */
  moderates: boolean;
  /** A message to go to, by its number. */
  goTo?: number | undefined;
}

const SAME_BREATH_MILLIS = 120_000;
/** So near to the end counts as being there, pixels. */
const NEAR = 48;

/** The messages of a conversation, and where one writes. */
export function Thread(props: ThreadProps) {
  const { conversation, people, mayWrite, moderates, goTo } = props;
  const { t } = useTranslation();
  useConversation(conversation);
  const { messages, state } = conversation;
  const [replyTo, setReplyTo] = useState<Message>();
  const [editing, setEditing] = useState<Message>();
  const [found, setFound] = useState<number>();
  const [atEnd, setAtEnd] = useState(true);
  const [arrived, setArrived] = useState(0);
  const [said, setSaid] = useState("");
  const [dropping, setDropping] = useState(false);
  const composer = useRef<{ attach: (files: readonly File[]) => void }>(null);
  const list = useRef<HTMLDivElement>(null);
  const stays = useRef(true);
  const before = useRef<{ first: string | undefined; height: number }>({ first: undefined, height: 0 });
  const newFrom = useNewFrom(conversation);
  const isNew = ({ seq }: Message) => seq !== undefined && seq === newFrom;

  // The same names are the same map, so that messages which did not change are not drawn anew.
  const named = JSON.stringify([
    ...new Map([
      ...messages.map((message) => [message.from, message.name] as const),
      ...people.map(({ id, name }) => [id, name] as const),
    ]),
  ]);
  const names = useMemo(() => new Map(JSON.parse(named) as [string, string][]), [named]);

  // What comes above leaves what is read where it is; at the end one stays at the end.
  useLayoutEffect(() => {
    const element = list.current;
    if (!element) return;
    const first = messages[0]?.id;
    const grown = element.scrollHeight - before.current.height;
    if (stays.current && !conversation.hasLater) element.scrollTop = element.scrollHeight;
    else if (before.current.first !== undefined && before.current.first !== first) element.scrollTop += grown;
    before.current = { first, height: element.scrollHeight };
  }, [messages, conversation]);

  const readNow = useCallback(() => {
    if (document.visibilityState === "visible" && stays.current && !conversation.hasLater)
      conversation.read();
  }, [conversation]);
  useEffect(readNow, [messages, readNow]);
  useEffect(() => {
    document.addEventListener("visibilitychange", readNow);
    return () => document.removeEventListener("visibilitychange", readNow);
  }, [readNow]);
  useEffect(
    () =>
      conversation.on("message", (message) => {
        setSaid(t("chat.new", { name: message.name, text: shortOf(message) }));
        if (!stays.current) setArrived((count) => count + 1);
      }),
    [conversation, t],
  );

  const look = () => {
    const element = list.current;
    if (!element) return;
    const near = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR;
    stays.current = near && !conversation.hasLater;
    setAtEnd(stays.current);
    if (stays.current) {
      setArrived(0);
      readNow();
    }
    if (near && conversation.hasLater) void conversation.loadLater().catch(() => undefined);
    if (element.scrollTop < 160 && conversation.hasEarlier)
      void conversation.loadEarlier().catch(() => undefined);
  };

  const toEnd = async () => {
    stays.current = true;
    await conversation.showEnd().catch(() => undefined);
    setAtEnd(true);
    setArrived(0);
    setFound(undefined);
    list.current?.scrollTo({ top: list.current.scrollHeight });
  };

  const show = useCallback(
    async (seq: number) => {
      stays.current = false;
      try {
        await conversation.show(seq);
      } catch {
        return;
      }
      setFound(seq);
      setAtEnd(false);
      requestAnimationFrame(() =>
        list.current?.querySelector(`[data-seq="${seq}"]`)?.scrollIntoView({ block: "center" }),
      );
    },
    [conversation],
  );
  useEffect(() => {
    if (goTo !== undefined) void show(goTo);
  }, [goTo, show]);

  const answer = useCallback((message: Message) => {
    setEditing(undefined);
    setReplyTo(message);
  }, []);
  const change = useCallback((message: Message) => {
    setReplyTo(undefined);
    setEditing(message);
  }, []);
  const done = useCallback(() => {
    setReplyTo(undefined);
    setEditing(undefined);
  }, []);
  const quote = useCallback((seq: number) => void show(seq), [show]);

  const hasFiles = (event: DragEvent) => event.dataTransfer.types.includes("Files");
  const drop = {
    onDragOver: (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setDropping(true);
    },
    onDragLeave: (event: DragEvent<HTMLElement>) => {
      if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setDropping(false);
    },
    onDrop: (event: DragEvent) => {
      setDropping(false);
      if (!hasFiles(event)) return;
      event.preventDefault();
      composer.current?.attach([...event.dataTransfer.files]);
    },
  };

  return (
    <div className={styles["thread"]} {...(mayWrite && props.mayAttach ? drop : {})}>
      {dropping ? <div className={styles["dropping"]}>{t("files.drop")}</div> : null}
      {messages.length > 0 ? (
        <div
          ref={list}
          className={styles["messages"]}
          role="region"
          aria-label={t("chat.messages")}
          tabIndex={0}
          onScroll={look}
        >
          {conversation.hasEarlier ? (
            <div className={styles["earlier"]}>
              <Button variant="quiet" onPress={() => void conversation.loadEarlier().catch(() => undefined)}>
                {t("chat.earlier")}
              </Button>
            </div>
          ) : null}
          <ol>
            {messages.map((message, index) => (
              <Fragment key={message.id}>
                <Between message={message} before={messages[index - 1]} isNew={isNew(message)} />
                <MessageItem
                  conversation={conversation}
                  message={message}
                  follows={follows(message, messages[index - 1]) && !isNew(message)}
                  quoted={message.replyTo === undefined ? undefined : conversation.find(message.replyTo)}
                  came={cameOf(conversation, message)}
                  names={names}
                  mayWrite={mayWrite}
                  moderates={moderates}
                  found={found !== undefined && message.seq === found}
                  onReply={answer}
                  onEdit={change}
                  onQuote={quote}
                />
              </Fragment>
            ))}
          </ol>
        </div>
      ) : state === "ready" ? (
        <Empty>{props.empty}</Empty>
      ) : state === "failed" ? (
        <Failed conversation={conversation} />
      ) : (
        <div className={styles["loading"]}>
          <Skeleton lines={4} />
        </div>
      )}
      {messages.length > 0 && (!atEnd || conversation.hasLater) ? (
        <div className={styles["jump"]}>
          <Button
            variant={arrived > 0 ? "primary" : "secondary"}
            icon={<ArrowDown size={16} aria-hidden="true" />}
            onPress={() => void toEnd()}
          >
            {arrived > 0 ? t("chat.newHere", { count: arrived }) : t("chat.newest")}
          </Button>
        </div>
      ) : null}
      <div className={styles["foot"]}>
        <Typing conversation={conversation} />
        {mayWrite ? (
          <Composer
            key={conversation.id}
            ref={composer}
            conversation={conversation}
            mayAttach={props.mayAttach}
            placeholder={props.placeholder}
            people={people}
            replyTo={replyTo}
            editing={editing}
            onDone={done}
            onSent={() => void toEnd()}
            onEditLast={() => {
              // One on its way cannot be changed yet, and the one before it is not meant.
              const last = messages.findLast((one) => one.own && one.state !== "failed" && !one.recalled);
              if (last?.seq !== undefined) change(last);
            }}
          />
        ) : (
          <div className={styles["readOnly"]}>{props.readOnly}</div>
        )}
      </div>
      <p className="visually-hidden" aria-live="polite">
        {said}
      </p>
    </div>
  );
}

function follows(message: Message, before: Message | undefined): boolean {
  return (
    before !== undefined &&
    before.from === message.from &&
    message.replyTo === undefined &&
    message.at.getTime() - before.at.getTime() < SAME_BREATH_MILLIS &&
    message.at.toDateString() === before.at.toDateString()
  );
}

/** How far one's own message came, where that is worth saying: of the last one of two people, and of what waits. */
function cameOf(conversation: Conversation, message: Message): "seen" | "delivered" | "waiting" | undefined {
  if (message.state === "sending" && !conversation.online) return "waiting";
  const { record, last } = conversation;
  if (!message.own || message.seq === undefined || record?.kind !== "direct" || last?.seq !== message.seq) {
    return undefined;
  }
  if ((record.peer_read_seq ?? 0) >= message.seq) return "seen";
  return (record.peer_delivered_seq ?? 0) >= message.seq ? "delivered" : undefined;
}

/** The number of the first message that was not read when the conversation was opened. */
function useNewFrom(conversation: Conversation): number | undefined {
  const from = useRef<{ conversation: Conversation; seq: number | undefined }>(undefined);
  if (conversation.state === "ready" && from.current?.conversation !== conversation) {
    const first = conversation.messages.find(
      (message) => !message.own && message.seq !== undefined && message.seq > conversation.readSeq,
    );
    const seen = conversation.messages.some((message) => message.seq === conversation.readSeq);
    from.current = { conversation, seq: seen ? first?.seq : undefined };
  }
  return from.current?.conversation === conversation ? from.current.seq : undefined;
}

/** Between two messages: another day, and where what is new begins. */
function Between({
  message,
  before,
  isNew,
}: {
  message: Message;
  before: Message | undefined;
  isNew: boolean;
}) {
  const { t, i18n } = useTranslation();
  const day = message.at.toDateString();
  const another = before === undefined || before.at.toDateString() !== day;
  const today = new Date();
  const yesterday = new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1);
  const label =
    day === today.toDateString()
      ? t("chat.today")
      : day === yesterday.toDateString()
        ? t("chat.yesterday")
        : message.at.toLocaleDateString(localeOf(i18n.language), { dateStyle: "medium" });
  return (
    <>
      {another ? (
        <li className={styles["day"]}>
          <span>{label}</span>
        </li>
      ) : null}
      {isNew ? (
        <li className={styles["new"]}>
          <span>{t("chat.newLine")}</span>
        </li>
      ) : null}
    </>
  );
}

function Typing({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation();
  const [one, two, three] = conversation.typists;
  return (
    <p className={styles["typing"]}>
      {three
        ? t("chat.typingMany")
        : two
          ? t("chat.typingTwo", { one: one!.name, two: two.name })
          : one
            ? t("chat.typingOne", { name: one.name })
            : ""}
    </p>
  );
}

function Failed({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation();
  const { text, reference } = explain(t, conversation.error);
  return (
    <Empty role="alert">
      <span>
        {t("chat.loadFailed")} {text}
        {reference ? ` ${t("app.reference")}: ${reference}` : ""}
      </span>
      <Button onPress={() => void conversation.load()}>{t("app.tryAgain")}</Button>
    </Empty>
  );
}
