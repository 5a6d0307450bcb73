import type { Conversation, Conversations, UserCard } from "@parley/client";
import { Avatar, Button, Dialog, IconButton, Segments, TextField } from "@parley/ui";
import { X } from "lucide-react";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { Failure } from "../account/Failure";
import { useAct } from "../account/useAct";
import styles from "./chats.module.css";
import { PersonField } from "./PersonField";

interface NewChatDialogProps {
  conversations: Conversations;
  onBegun: (conversation: Conversation) => void;
  onClose: () => void;
}

/** Begins a chat with one person, or a group. */
export function NewChatDialog({ conversations, onBegun, onClose }: NewChatDialogProps) {
  const { t } = useTranslation();
  const [kind, setKind] = useState<"person" | "group">("person");
  return (
    <Dialog title={t("chats.new")} closeLabel={t("app.close")} isOpen onClose={onClose}>
      <div className={styles["form"]}>
        <Segments
          label={t("chats.kind")}
          choices={[
            { id: "person", label: t("chats.person") },
            { id: "group", label: t("chats.group") },
          ]}
          value={kind}
          onChange={setKind}
        />
        {kind === "person" ? (
          <PersonField
            conversations={conversations}
            label={t("chats.start")}
            variant="primary"
            onFound={async ({ username }) => onBegun(await conversations.direct(username))}
          />
        ) : (
          <GroupForm conversations={conversations} onBegun={onBegun} />
        )}
      </div>
    </Dialog>
  );
}

function GroupForm({ conversations, onBegun }: Pick<NewChatDialogProps, "conversations" | "onBegun">) {
  const { t } = useTranslation();
  const { busy, failure, act } = useAct();
  const [title, setTitle] = useState("");
  const [people, setPeople] = useState<readonly UserCard[]>([]);
  const [tried, setTried] = useState(false);
  const begin = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (title.trim() === "" || people.length === 0) return;
    void act(async () =>
      onBegun(
        await conversations.group(
          title.trim(),
          people.map(({ user_id }) => user_id),
        ),
      ),
    );
  };
  return (
    <>
      <TextField
        label={t("chats.groupName")}
        value={title}
        onChange={setTitle}
        maxLength={100}
        error={tried && title.trim() === "" ? t("chats.groupNameMissing") : undefined}
      />
      <PersonField
        conversations={conversations}
        onFound={(person) =>
          setPeople((before) => [...before.filter(({ user_id }) => user_id !== person.user_id), person])
        }
      />
      <ul className={styles["people"]} aria-label={t("chats.people")}>
        {people.map((person) => {
          const name = person.nickname || person.username;
          return (
            <li key={person.user_id}>
              <Avatar name={name} picture={person.avatar} size="small" />
              <span>{name}</span>
              <IconButton
                size="small"
                label={t("chats.removeNamed", { name })}
                tooltip={false}
                onPress={() => setPeople(people.filter((one) => one !== person))}
              >
                <X size={16} aria-hidden="true" />
              </IconButton>
            </li>
          );
        })}
      </ul>
      {tried && people.length === 0 ? (
        <p className={styles["missing"]} role="alert">
          {t("chats.peopleMissing")}
        </p>
      ) : null}
      <Failure of={failure} />
      <form onSubmit={begin}>
        <Button type="submit" variant="primary" busy={busy} wide>
          {t("chats.startGroup")}
        </Button>
      </form>
    </>
  );
}
