import { asParleyError, type DeviceRecord, type FileRecord, type Files, type UserCard } from "@parley/client";
import { Button, Dialog, Select, TextField } from "@parley/ui";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Failure } from "../account/Failure";
import { useAct } from "../account/useAct";
import chats from "../chats/chats.module.css";
import { PeopleField } from "../chats/PeopleField";
import { titleOf } from "../chats/titles";
import { useConversations } from "../chats/useConversations";
import { navigate } from "../shell/router";
import { toasts } from "../shell/toasts";
import styles from "./files.module.css";

const NONE = "none";
const CODE = /[a-z]{3}-[a-z]{4}-[a-z]{3}/;

interface PushDialogProps {
  files: Files;
  file: FileRecord;
  onClose: () => void;
}

/** To whom a file is pushed: people, devices, everybody in a chat or a meeting. */
export function PushDialog({ files, file, onClose }: PushDialogProps) {
  const { t } = useTranslation();
  const conversations = useConversations();
  const [people, setPeople] = useState<readonly UserCard[]>([]);
  const [devices, setDevices] = useState<readonly DeviceRecord[]>([]);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [conversation, setConversation] = useState(NONE);
  const [meeting, setMeeting] = useState("");
  const [note, setNote] = useState("");
  const [tried, setTried] = useState(false);
  const { busy, failure, act } = useAct();
  useEffect(() => {
    let gone = false;
    files.devices({ pageSize: 100 }).then(
      ({ list }) => !gone && setDevices(list.filter(({ device_id }) => device_id !== files.inbox.device)),
      () => undefined,
    );
    return () => void (gone = true);
  }, [files]);
  const code = CODE.exec(meeting)?.[0];
  const nobody = people.length === 0 && chosen.size === 0 && conversation === NONE && !code;
  const push = () => {
    setTried(true);
    if (nobody) return;
    void act(async () => {
      const { push_id } = await files
        .push(
          file.file_id,
          {
            ...(people.length > 0 ? { users: people.map(({ user_id }) => user_id) } : {}),
            ...(chosen.size > 0 ? { devices: [...chosen] } : {}),
            ...(conversation === NONE ? {} : { conversation_id: conversation }),
            ...(code ? { meeting_id: code } : {}),
          },
          note.trim() || undefined,
        )
        .catch((error: unknown) => Promise.reject(asParleyError(error)));
      toasts.show(t("push.sent", { name: file.name }));
      onClose();
      navigate(`/files/pushes/${push_id}`);
    });
  };
  return (
    <Dialog
      title={t("push.title", { name: file.name })}
      closeLabel={t("app.close")}
      isOpen
      onClose={onClose}
      actions={
        <Button variant="primary" busy={busy} onPress={push} wide>
          {t("push.send")}
        </Button>
      }
    >
      <div className={styles["form"]}>
        <p className={styles["soft"]}>{t("push.text")}</p>
        {conversations ? (
          <PeopleField
            conversations={conversations}
            label={t("push.people")}
            people={people}
            onChange={setPeople}
          />
        ) : null}
        <fieldset className={styles["devices"]}>
          <legend>{t("push.devices")}</legend>
          {devices.length === 0 ? <p className={styles["soft"]}>{t("push.noDevices")}</p> : null}
          {devices.map(({ device_id, name, kind }) => (
            <label key={device_id}>
              <input
                type="checkbox"
                checked={chosen.has(device_id)}
                onChange={({ target }) => {
                  const next = new Set(chosen);
                  if (target.checked) next.add(device_id);
                  else next.delete(device_id);
                  setChosen(next);
                }}
              />
              <span>
                {name} <small>{t(`devices.kinds.${kind}`)}</small>
              </span>
            </label>
          ))}
        </fieldset>
        {conversations && conversations.all.length > 0 ? (
          <Select
            label={t("push.conversation")}
            showLabel
            placeholder={t("push.conversation")}
            choices={[
              { id: NONE, label: t("push.noConversation") },
              ...conversations.all.map((one) => ({ id: one.id, label: titleOf(t, one) })),
            ]}
            value={conversation}
            onChange={setConversation}
          />
        ) : null}
        <TextField
          label={t("push.meeting")}
          value={meeting}
          onChange={setMeeting}
          placeholder="abc-defg-hij"
          error={meeting.trim() !== "" && !code ? t("home.codeWrong") : undefined}
        />
        <TextField
          label={t("push.note")}
          hint={t("push.noteHint")}
          value={note}
          onChange={setNote}
          maxLength={500}
        />
        {tried && nobody ? (
          <p className={chats["missing"]} role="alert">
            {t("push.nobody")}
          </p>
        ) : null}
        <Failure of={failure} />
      </div>
    </Dialog>
  );
}
