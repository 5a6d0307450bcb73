import type { FoundFileRecord, Found, MeetingRecord } from "@parley/client";
import { Avatar } from "@parley/ui";
import { Repeat, Video } from "lucide-react";
import { useTranslation } from "react-i18next";
import { When } from "../chats/ChatList";
import { titleOf } from "../chats/titles";
import { sizeOf } from "../files/bytes";
import { FileIcon } from "../files/FileIcon";
import { timeOf } from "../home/plan";
import { localeOf } from "../i18n";
import { excerpt, marked, type Piece } from "./marks";
import styles from "./search.module.css";
import type { Hits, Kind } from "./useSearch";

/** Where what was found is: a message in its place in the conversation, a file, a meeting. */
export function placeOf(kind: Kind, hit: Hits[Kind]): string {
  if (kind === "messages") {
    const { conversation, message } = hit as Hits["messages"];
    return `/chats/${conversation.id}/${message.seq}`;
  }
  if (kind === "files") return `/files/file/${(hit as Hits["files"]).file.file_id}`;
  return `/m/${(hit as Hits["meetings"]).meeting_id}`;
}

export function FoundMessage({ hit: { conversation, message }, words }: { hit: Found; words: string }) {
  const { t } = useTranslation();
  const title = titleOf(t, conversation);
  const carried = message.attachments.map(({ name }) => name).join(", ");
  return (
    <>
      <Avatar name={message.name} size="small" />
      <span className={styles["what"]}>
        <span className={styles["line"]}>
          <span className={styles["who"]}>
            {message.name === title ? message.name : t("search.by", { name: message.name, title })}
          </span>
          <When at={message.at} />
        </span>
        <span className={styles["text"]}>
          <Pieces of={excerpt([message.text, carried].filter(Boolean).join(" · "), words)} />
        </span>
      </span>
    </>
  );
}

export function FoundFile({ hit: { file, from }, words }: { hit: FoundFileRecord; words: string }) {
  const { t, i18n } = useTranslation();
  return (
    <>
      <FileIcon type={file.type ?? ""} />
      <span className={styles["what"]}>
        <span className={styles["line"]}>
          <span className={styles["name"]}>
            <Pieces of={marked(file.name, words)} />
          </span>
          <When at={new Date(file.created_at)} />
        </span>
        <span className={styles["soft"]}>
          {sizeOf(file.size, localeOf(i18n.language))}
          {from ? (
            <>
              {" · "}
              <Pieces of={marked(t("search.from", { name: from.name }), words)} />
            </>
          ) : null}
        </span>
      </span>
    </>
  );
}

export function FoundMeeting({ hit, words }: { hit: MeetingRecord; words: string }) {
  const { t } = useTranslation();
  return (
    <>
      <Video size={20} aria-hidden="true" />
      <span className={styles["what"]}>
        <span className={styles["line"]}>
          <span className={styles["name"]}>
            <Pieces of={marked(hit.title, words)} />
          </span>
          <When at={timeOf(hit)} />
        </span>
        <span className={styles["soft"]}>
          <Pieces of={marked(hit.meeting_id, words)} />
          {hit.host_name ? (
            <>
              {" · "}
              <Pieces of={marked(hit.host_name, words)} />
            </>
          ) : null}
          {hit.recurrence ? (
            <>
              {" · "}
              <Repeat size={14} role="img" aria-label={t("home.repeats")} />
            </>
          ) : null}
        </span>
      </span>
    </>
  );
}

function Pieces({ of }: { of: readonly Piece[] }) {
  return of.map(({ text, hit }, place) => (hit ? <mark key={place}>{text}</mark> : text));
}
