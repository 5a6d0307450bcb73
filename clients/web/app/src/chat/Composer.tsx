import type { Conversation, Message, Upload } from "@parley/client";
import { Avatar, IconButton } from "@parley/ui";
import { Check, Paperclip, SendHorizontal, X } from "lucide-react";
import {
  useEffect,
  useId,
  useImperativeHandle,
  useRef,
  useState,
  type FormEvent,
  type KeyboardEvent,
  type Ref,
} from "react";
import { useTranslation } from "react-i18next";
import chips from "../files/chip.module.css";
import { UploadChip, useUploads } from "../files/UploadChip";
import { useFiles } from "../files/useFiles";
import { toasts } from "../shell/toasts";
import { explain } from "../system/errors";
import { Quote } from "./MessageItem";
import styles from "./thread.module.css";
import { mentionAt, mentionedIn } from "./words";

const LONGEST = 4_000;
const OFFERED = 6;
/** What was begun stays while another panel or chat is looked at. */
const drafts = new WeakMap<Conversation, { text: string; uploads: readonly Upload[] }>();
const MOST_FILES = 10;

/** Somebody in a conversation. */
export interface Mentionable {
  readonly id: string;
  readonly name: string;
  readonly self: boolean;
}

export interface ComposerProps {
  conversation: Conversation;
  placeholder: string;
  people: readonly Mentionable[];
  replyTo: Message | undefined;
  editing: Message | undefined;
  /** Ends answering or changing. */
  onDone: () => void;
  onSent: () => void;
  onEditLast: () => void;
  /** Whether this person may attach files. */
  mayAttach: boolean;
  /** Takes what is to be attached from outside, as dropped files are. */
  ref: Ref<{ attach: (files: readonly File[]) => void }>;
}

/** Where one writes: Enter sends, Shift and Enter begins a line, @ mentions somebody; files are chosen, dropped or pasted. */
export function Composer(props: ComposerProps) {
  const { conversation, placeholder, people, replyTo, editing, onDone } = props;
  const { t } = useTranslation();
  const files = useFiles();
  const [text, setText] = useState(() => drafts.get(conversation)?.text ?? "");
  const [uploads, setUploads] = useState(() => drafts.get(conversation)?.uploads ?? []);
  useUploads(uploads);
  const [caret, setCaret] = useState(0);
  const [chosen, setChosen] = useState(0);
  const [dismissed, setDismissed] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const chooser = useRef<HTMLInputElement>(null);
  const list = useId();

  useEffect(() => {
    if (editing) setText(editing.text);
    if (editing || replyTo) field.current?.focus();
  }, [editing, replyTo]);
  useEffect(() => {
    if (!editing) drafts.set(conversation, { text, uploads });
  }, [conversation, editing, text, uploads]);

  const mayAttach = props.mayAttach && files !== undefined && !editing;
  const attach = (chosen: readonly File[]) => {
    if (!mayAttach || chosen.length === 0) return;
    const room = MOST_FILES - uploads.length;
    if (chosen.length > room) toasts.show(t("errors.chat_attachments"), "danger");
    const begun = chosen
      .slice(0, room)
      .map((file) => files.upload(file, { conversationId: conversation.id }));
    setUploads([...uploads, ...begun]);
    field.current?.focus();
  };
  const remove = (upload: Upload) => {
    setUploads(uploads.filter((one) => one !== upload));
    // It was there already, and may be read here: not without a message.
    if (upload.state === "ready" && upload.file) {
      files?.unshare(upload.file.file_id, conversation.id).catch(() => undefined);
    }
  };
  useImperativeHandle(props.ref, () => ({ attach }));
  const unsendable = uploads.some(({ state }) => state === "failed" || state === "refused");
  const nothing = text.trim() === "" && (editing !== undefined || uploads.length === 0);

  const mention = dismissed ? undefined : mentionAt(text, caret);
  const offered = mention
    ? people
        .filter(
          ({ name, self }) => !self && name.toLocaleLowerCase().includes(mention.typed.toLocaleLowerCase()),
        )
        .slice(0, OFFERED)
    : [];
  const marked = Math.min(chosen, offered.length - 1);

  const stop = () => {
    if (editing) setText("");
    onDone();
  };
  // The panel around closes at Escape unless it was used here.
  const escape = useRef<() => boolean>(() => false);
  escape.current = () => {
    if (offered.length > 0) setDismissed(true);
    else if (editing || replyTo) stop();
    else return false;
    return true;
  };
  useEffect(() => {
    const element = field.current;
    const close = (event: globalThis.KeyboardEvent) => {
      if (event.key === "Escape" && escape.current()) event.preventDefault();
    };
    element?.addEventListener("keydown", close);
    return () => element?.removeEventListener("keydown", close);
  }, []);

  const choose = (name: string) => {
    if (!mention) return;
    const before = `${text.slice(0, mention.from)}@${name} `;
    setText(before + text.slice(caret).trimStart());
    setCaret(before.length);
    setChosen(0);
    requestAnimationFrame(() => {
      field.current?.focus();
      field.current?.setSelectionRange(before.length, before.length);
    });
  };

  const send = (event?: FormEvent) => {
    event?.preventDefault();
    const said = text.trim();
    if (nothing || (unsendable && !editing)) return;
    if (said.length > LONGEST) return toasts.show(t("chat.tooLong"), "danger");
    const mentions = mentionedIn(said, new Map(people.map(({ id, name }) => [id, name])));
    const failed = (error: unknown) => toasts.show(explain(t, error).text, "danger");
    if (editing?.seq !== undefined) {
      if (said !== editing.text) conversation.edit(editing.seq, said, mentions).catch(failed);
    } else {
      conversation
        .send(said, {
          ...(replyTo?.seq === undefined ? {} : { replyTo: replyTo.seq }),
          mentions,
          files: uploads,
        })
        .catch(failed);
      setUploads([]);
      props.onSent();
    }
    setText("");
    setCaret(0);
    onDone();
  };

  const press = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (offered.length > 0) {
      const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
      if (step !== 0) {
        event.preventDefault();
        return setChosen((marked + step + offered.length) % offered.length);
      }
      if (event.key === "Enter" || event.key === "Tab") {
        event.preventDefault();
        return choose(offered[marked]!.name);
      }
    }
    if (event.key === "ArrowUp" && text === "" && !editing) {
      event.preventDefault();
      return props.onEditLast();
    }
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    send();
  };

  return (
    <form className={styles["compose"]} onSubmit={send}>
      {editing || replyTo ? (
        <div className={styles["about"]}>
          <span className={styles["aboutText"]}>
            <span className={styles["aboutWhat"]}>
              {editing ? t("chat.editing") : t("chat.replying", { name: replyTo!.name })}
            </span>
            {replyTo && !editing ? <Quote message={replyTo} /> : null}
          </span>
          <IconButton
            size="small"
            label={t(editing ? "chat.stopEdit" : "chat.stopReply")}
            tooltip={false}
            onPress={stop}
          >
            <X size={16} aria-hidden="true" />
          </IconButton>
        </div>
      ) : null}
      {offered.length > 0 ? (
        <ul id={list} className={styles["offered"]} role="listbox" aria-label={t("chat.mention")}>
          {offered.map(({ id, name }, number) => (
            <li
              key={id}
              id={`${list}-${number}`}
              role="option"
              aria-selected={number === marked}
              onPointerDown={(event) => {
                event.preventDefault();
                choose(name);
              }}
            >
              <Avatar name={name} size="small" />
              {name}
            </li>
          ))}
        </ul>
      ) : null}
      {uploads.length > 0 && !editing ? (
        <ul className={`${chips["chips"]} ${styles["files"]}`} aria-label={t("files.attached")}>
          {uploads.map((upload, index) => (
            <li key={index}>
              <UploadChip upload={upload} onRemove={() => remove(upload)} />
            </li>
          ))}
        </ul>
      ) : null}
      <div className={styles["write"]}>
        {props.mayAttach && !editing ? (
          <>
            <input
              ref={chooser}
              type="file"
              multiple
              hidden
              onChange={(event) => {
                attach([...(event.target.files ?? [])]);
                event.target.value = "";
              }}
            />
            <IconButton
              label={t("files.attach")}
              isDisabled={!mayAttach}
              onPress={() => chooser.current?.click()}
            >
              <Paperclip size={20} aria-hidden="true" />
            </IconButton>
          </>
        ) : null}
        <textarea
          ref={field}
          aria-label={placeholder}
          placeholder={placeholder}
          aria-autocomplete="list"
          aria-haspopup="listbox"
          {...(offered.length > 0
            ? { "aria-controls": list, "aria-activedescendant": `${list}-${marked}` }
            : {})}
          rows={1}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setCaret(event.target.selectionEnd);
            setDismissed(false);
            setChosen(0);
            conversation.typing(event.target.value.trim() !== "");
          }}
          onSelect={(event) => setCaret(event.currentTarget.selectionEnd)}
          onBlur={() => conversation.typing(false)}
          onKeyDown={press}
          onPaste={(event) => {
            const pasted = [...event.clipboardData.files];
            if (pasted.length === 0 || !mayAttach) return;
            event.preventDefault();
            attach(pasted);
          }}
        />
        <IconButton
          type="submit"
          label={t(editing ? "chat.save" : "chat.send")}
          isDisabled={nothing || (unsendable && !editing)}
        >
          {editing ? <Check size={20} aria-hidden="true" /> : <SendHorizontal size={20} aria-hidden="true" />}
        </IconButton>
      </div>
    </form>
  );
}
