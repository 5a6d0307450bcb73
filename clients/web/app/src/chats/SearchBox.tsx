import { type Conversation, type Conversations, type Found, asParleyError } from "@parley/client";
import { TextField } from "@parley/ui";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { explain } from "../system/errors";
import { When } from "./ChatList";
import styles from "./chats.module.css";
import { titleOf } from "./titles";

const PAUSE_MILLIS = 300;

interface SearchBoxProps {
  conversations: Conversations;
  onSearching: (searching: boolean) => void;
  onOpen: (conversation: Conversation, seq: number) => void;
}

/** Looks for messages by their words; what is found takes the list's place. */
export function SearchBox({ conversations, onSearching, onOpen }: SearchBoxProps) {
  const { t } = useTranslation();
  const [words, setWords] = useState("");
  const [result, setResult] = useState<{ found: Found[]; more: boolean }>();
  const [failure, setFailure] = useState<unknown>();
  const asked = words.trim();
  useEffect(() => {
    onSearching(asked !== "");
    setFailure(undefined);
    if (asked === "") return setResult(undefined);
    let late = false;
    const timer = setTimeout(() => {
      conversations.search(asked).then(
        (found) => !late && setResult(found),
        (error: unknown) => !late && setFailure(asParleyError(error)),
      );
    }, PAUSE_MILLIS);
    return () => {
      late = true;
      clearTimeout(timer);
    };
  }, [asked, conversations, onSearching]);

  return (
    <>
      <div className={styles["search"]} role="search">
        <TextField
          label={t("chats.search")}
          hideLabel
          placeholder={t("chats.search")}
          type="search"
          value={words}
          onChange={setWords}
          maxLength={200}
          autoComplete="off"
        />
      </div>
      <div aria-live="polite" className={styles["answer"]}>
        {asked === "" ? null : failure ? (
          <p className={styles["none"]}>{explain(t, failure).text}</p>
        ) : result?.found.length === 0 ? (
          <p className={styles["none"]}>{t("chats.noResults")}</p>
        ) : null}
      </div>
      {asked !== "" && result && result.found.length > 0 ? (
        <div className={styles["list"]}>
          <ul aria-label={t("chats.results")}>
            {result.found.map(({ conversation, message }) => (
              <li key={`${conversation.id}/${message.seq}`}>
                <button
                  type="button"
                  className={styles["row"]}
                  onClick={() => onOpen(conversation, message.seq!)}
                >
                  <span className={styles["what"]}>
                    <span className={styles["line"]}>
                      <strong>{titleOf(t, conversation)}</strong>
                      <When at={message.at} />
                    </span>
                    <span className={styles["hit"]}>
                      {message.own
                        ? t("chats.you", { text: message.text })
                        : t("chats.by", { name: message.name, text: message.text })}
                    </span>
                  </span>
                </button>
              </li>
            ))}
          </ul>
          {result.more ? <p className={styles["none"]}>{t("chats.moreResults")}</p> : null}
        </div>
      ) : null}
    </>
  );
}
