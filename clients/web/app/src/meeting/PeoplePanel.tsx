import type { Meeting, Participant, ParticipantRecord } from "@parley/client";
import { Avatar, Button, Dialog, IconButton, Menu, type MenuAction } from "@parley/ui";
import { EllipsisVertical, Hand, Lock, LockOpen, Mic, MicOff, UserMinus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { toasts } from "../shell/toasts";
import { explain } from "../system/errors";
import { Panel } from "./Panel";
import styles from "./panel.module.css";

interface PeoplePanelProps {
  meeting: Meeting;
  participants: readonly Participant[];
  waiting: readonly ParticipantRecord[];
  locked: boolean;
  onClose: () => void;
}

export default function PeoplePanel({ meeting, participants, waiting, locked, onClose }: PeoplePanelProps) {
  const { t } = useTranslation();
  const [removing, setRemoving] = useState<Participant>();
  const host = meeting.role === "host";
  const attempt = (act: Promise<unknown>) => {
    act.catch((error: unknown) => toasts.show(explain(t, error).text, "danger"));
  };
  const icon = { size: 18, "aria-hidden": true } as const;

  const actsFor = (person: Participant): MenuAction[] => [
    {
      id: "mute",
      label: t("people.muteOne", { name: person.name }),
      icon: <MicOff {...icon} />,
      isDisabled: !person.microphone,
      onAction: () => attempt(meeting.host.mute(person.userId)),
    },
    {
      id: "remove",
      label: t("people.remove"),
      icon: <UserMinus {...icon} />,
      danger: true,
      onAction: () => setRemoving(person),
    },
  ];

  return (
    <Panel title={t("people.title")} onClose={onClose}>
      <div className={styles["scroll"]}>
        {host && waiting.length > 0 ? (
          <section aria-label={t("people.waiting")} className={styles["waiting"]}>
            <h3>{t("people.waiting")}</h3>
            <ul>
              {waiting.map((person) => (
                <li key={person.user_id} className={styles["person"]}>
                  <Avatar name={person.display_name} size="small" />
                  <span className={styles["personName"]}>{person.display_name}</span>
                  <Button variant="quiet" onPress={() => attempt(meeting.host.deny(person.user_id))}>
                    {t("people.deny")}
                  </Button>
                  <Button variant="primary" onPress={() => attempt(meeting.host.admit(person.user_id))}>
                    {t("people.admit")}
                  </Button>
                </li>
              ))}
            </ul>
          </section>
        ) : null}
        <h3 className={styles["count"]}>{t("people.inMeeting", { count: participants.length })}</h3>
        <ul>
          {participants.map((person) => (
            <li key={person.id} className={styles["person"]}>
              <Avatar name={person.name} size="small" />
              <span className={styles["personName"]}>
                {person.self ? t("meeting.youNamed", { name: person.name }) : person.name}
                {person.role === "participant" ? null : (
                  <small>{t(person.role === "host" ? "people.host" : "people.guest")}</small>
                )}
              </span>
              {person.hand ? <Hand {...icon} aria-label={t("meeting.handUp")} /> : null}
              <span className={styles["mic"]} data-speaking={person.speaking || undefined}>
                {person.microphone ? (
                  <Mic {...icon} />
                ) : (
                  <MicOff {...icon} aria-hidden={false} aria-label={t("meeting.muted")} />
                )}
              </span>
              {host && !person.self ? (
                <Menu label={t("people.actions", { name: person.name })} actions={actsFor(person)}>
                  <IconButton size="small" tooltip={false} label={t("people.actions", { name: person.name })}>
                    <EllipsisVertical {...icon} />
                  </IconButton>
                </Menu>
              ) : null}
            </li>
          ))}
        </ul>
      </div>
      {host ? (
        <div className={styles["foot"]}>
          <Button icon={<MicOff {...icon} />} onPress={() => attempt(meeting.host.muteAll())}>
            {t("people.muteAll")}
          </Button>
          <Button
            icon={locked ? <LockOpen {...icon} /> : <Lock {...icon} />}
            onPress={() => attempt(meeting.host.lock(!locked))}
          >
            {t(locked ? "people.unlock" : "people.lock")}
          </Button>
        </div>
      ) : null}
      <Dialog
        title={t("people.removeTitle", { name: removing?.name ?? "" })}
        closeLabel={t("app.close")}
        isOpen={removing !== undefined}
        onClose={() => setRemoving(undefined)}
        actions={
          <>
            <Button onPress={() => setRemoving(undefined)}>{t("app.cancel")}</Button>
            <Button
              variant="danger"
              onPress={() => {
                if (removing) attempt(meeting.host.kick(removing.userId));
                setRemoving(undefined);
              }}
            >
              {t("people.remove")}
            </Button>
          </>
        }
      >
        {t("people.removeText")}
      </Dialog>
    </Panel>
  );
}
