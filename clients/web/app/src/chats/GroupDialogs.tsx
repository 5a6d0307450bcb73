import type { Conversation, Conversations, MemberRecord } from "@parley/client";
import { Avatar, Button, Dialog, IconButton, TextField } from "@parley/ui";
import { UserMinus } from "lucide-react";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { Failure } from "../account/Failure";
import { useAct } from "../account/useAct";
import { parley } from "../system/parley";
import styles from "./chats.module.css";
import { PersonField } from "./PersonField";

interface MembersDialogProps {
  conversation: Conversation;
  conversations: Conversations;
  members: readonly MemberRecord[];
  onClose: () => void;
}

/** Who is in a group; its owners take people in and out. */
export function MembersDialog({ conversation, conversations, members, onClose }: MembersDialogProps) {
  const { t } = useTranslation();
  const { busy, failure, act } = useAct();
  const owner = conversation.record?.role === "owner";
  const own = parley.account.user?.id;
  return (
    <Dialog title={t("chats.members")} closeLabel={t("app.close")} isOpen onClose={onClose}>
      <div className={styles["form"]}>
        <Failure of={failure} />
        <ul className={styles["people"]}>
          {members.map(({ person, role }) => {
            const name = person.name || t("chat.everybodyGone");
            return (
              <li key={person.user_id}>
                <Avatar name={name} picture={person.avatar} size="small" />
                <span>
                  {person.user_id === own ? t("meeting.youNamed", { name }) : name}
                  {role === "owner" ? <small> {t("chats.owner")}</small> : null}
                </span>
                {owner && person.user_id !== own ? (
                  <IconButton
                    size="small"
                    label={t("chats.removeNamed", { name })}
                    tooltip={false}
                    isDisabled={busy}
                    onPress={() => void act(() => conversation.remove(person.user_id))}
                  >
                    <UserMinus size={16} aria-hidden="true" />
                  </IconButton>
                ) : null}
              </li>
            );
          })}
        </ul>
        {owner ? (
          <PersonField
            conversations={conversations}
            onFound={async ({ user_id }) => void (await conversation.add([user_id]))}
          />
        ) : null}
      </div>
    </Dialog>
  );
}

export function RenameDialog({ conversation, onClose }: { conversation: Conversation; onClose: () => void }) {
  const { t } = useTranslation();
  const { busy, failure, act } = useAct();
  const [title, setTitle] = useState(conversation.record?.title ?? "");
  const rename = (event: FormEvent) => {
    event.preventDefault();
    if (title.trim() === "") return;
    void act(async () => {
      await conversation.rename(title.trim());
      onClose();
    });
  };
  return (
    <Dialog title={t("chats.renameTitle")} closeLabel={t("app.close")} isOpen onClose={onClose}>
      <form className={styles["form"]} onSubmit={rename}>
        <Failure of={failure} />
        <TextField
          label={t("chats.groupName")}
          value={title}
          onChange={setTitle}
          maxLength={100}
          error={title.trim() === "" ? t("chats.groupNameMissing") : undefined}
          autoFocus
        />
        <Button type="submit" variant="primary" busy={busy}>
          {t("chats.rename")}
        </Button>
      </form>
    </Dialog>
  );
}

export function LeaveDialog(props: { title: string; onLeave: () => void; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog
      title={t("chats.leaveTitle", { title: props.title })}
      closeLabel={t("app.close")}
      isOpen
      onClose={props.onClose}
      actions={
        <>
          <Button onPress={props.onClose} autoFocus>
            {t("chats.stay")}
          </Button>
          <Button variant="danger" onPress={props.onLeave}>
            {t("chats.leaveDo")}
          </Button>
        </>
      }
    >
      <p>{t("chats.leaveText")}</p>
    </Dialog>
  );
}
