import type { Conversation, Conversations, UserCard } from "@parley/client";
import { Button, Dialog, Segments, TextField } from "@parley/ui";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { Failure } from "../account/Failure";
import { useAct } from "../account/useAct";
import styles from "./chats.module.css";
import { PeopleField } from "./PeopleField";
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
      <PeopleField
        conversations={conversations}
        label={t("chats.people")}
        people={people}
        onChange={setPeople}
        missing={tried && people.length === 0 ? t("chats.peopleMissing") : undefined}
      />
      <Failure of={failure} />
      <form onSubmit={begin}>
        <Button type="submit" variant="primary" busy={busy} wide>
          {t("chats.startGroup")}
        </Button>
      </form>
    </>
  );
}
