import type { Meeting, Participant, ParticipantRecord, Role } from "@parley/client";
import { Avatar, Button, Dialog, IconButton, Menu, type MenuAction } from "@parley/ui";
import { EllipsisVertical, Hand, Lock, LockOpen, Mic, MicOff, UserMinus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { toasts } from "../shell/toasts";
import { explain } from "../system/errors";
import { useUser } from "../system/parley";
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
  const user = useUser();
  const [removing, setRemoving] = useState<Participant>();
  const [handing, setHanding] = useState<Participant>();
  const moderates = meeting.may("moderate");
  const hands = participants.filter((person) => person.hand);
  const attempt = (act: Promise<unknown>) => {
    act.catch((error: unknown) => toasts.show(explain(t, error).text, "danger"));
  };
  const icon = { size: 18, "aria-hidden": true } as const;

  const give = (person: Participant, role: Role) => attempt(meeting.host.giveRole(person.userId, role));
  const rolesFor = (person: Participant): MenuAction[] => {
    const account = !person.userId.startsWith("g_");
    const appoints = meeting.may("appoint");
    const shown = (role: Role) =>
      role !== person.role && (role !== "participant" || person.role !== "guest") && person.role !== "host";
    return [
      ...(appoints && account && shown("co-host")
        ? [{ id: "co-host", label: t("roles.makeCoHost"), onAction: () => give(person, "co-host") }]
        : []),
      ...(appoints || person.role !== "co-host"
        ? [
            { role: "presenter" as const, label: t("roles.makePresenter") },
            { role: "participant" as const, label: t("roles.makeParticipant") },
            { role: "viewer" as const, label: t("roles.makeViewer") },
          ]
            .filter(({ role }) => shown(role))
            .map(({ role, label }) => ({ id: role, label, onAction: () => give(person, role) }))
        : []),
      ...(appoints && account && shown("host")
        ? [{ id: "host", label: t("roles.makeHost"), onAction: () => setHanding(person) }]
        : []),
    ];
  };

  const actsFor = (person: Participant): MenuAction[] => [
    ...(person.hand
      ? [
          {
            id: "lower",
            label: t("roles.lowerHand", { name: person.name }),
            icon: <Hand {...icon} />,
            onAction: () => meeting.lowerHands([person.id]),
          },
        ]
      : []),
    {
      id: "mute",
      label: t("people.muteOne", { name: person.name }),
      icon: <MicOff {...icon} />,
      isDisabled: !person.microphone,
      onAction: () => attempt(meeting.host.mute(person.userId)),
    },
    ...rolesFor(person),
    ...(person.role === "host" || (person.role === "co-host" && !meeting.may("appoint"))
      ? []
      : [
          {
            id: "remove",
            label: t("people.remove"),
            icon: <UserMinus {...icon} />,
            danger: true,
            onAction: () => setRemoving(person),
          },
        ]),
  ];

  return (
    <Panel title={t("people.title")} onClose={onClose}>
      <div className={styles["scroll"]}>
        {meeting.may("admit") && waiting.length > 0 ? (
          <section aria-label={t("people.waiting")} className={styles["waiting"]}>
            <header className={styles["waitingHead"]}>
              <h3>{t("people.waiting")}</h3>
              {waiting.length > 1 ? (
                <Button variant="quiet" onPress={() => attempt(meeting.host.admitAll())}>
                  {t("roles.admitAll")}
                </Button>
              ) : null}
            </header>
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
        {hands.length > 0 ? (
          <section aria-label={t("roles.hands", { count: hands.length })} className={styles["waiting"]}>
            <h3>{t("roles.hands", { count: hands.length })}</h3>
            <ol className={styles["hands"]}>
              {hands.map((person) => (
                <li key={person.id} className={styles["person"]}>
                  <Hand {...icon} />
                  <span className={styles["personName"]}>{person.name}</span>
                  {moderates ? (
                    <Button variant="quiet" onPress={() => meeting.lowerHands([person.id])}>
                      {t("meeting.lowerHand")}
                    </Button>
                  ) : null}
                </li>
              ))}
            </ol>
          </section>
        ) : null}
        <h3 className={styles["count"]}>{t("people.inMeeting", { count: participants.length })}</h3>
        <ul>
          {participants.map((person) => (
            <li key={person.id} className={styles["person"]}>
              <Avatar name={person.name} size="small" />
              <span className={styles["personName"]}>
                {person.self ? t("meeting.youNamed", { name: person.name }) : person.name}
                {person.role === "participant" ? null : <small>{t(`roles.${person.role}`)}</small>}
              </span>
              {person.hand ? <Hand {...icon} aria-label={t("meeting.handUp")} /> : null}
              <span className={styles["mic"]} data-speaking={person.speaking || undefined}>
                {person.microphone ? (
                  <Mic {...icon} />
                ) : (
                  <MicOff {...icon} aria-hidden={false} aria-label={t("meeting.muted")} />
                )}
              </span>
              {moderates && !person.self ? (
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
      {moderates ? (
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
          {user ? (
            <a href={`/quality/${meeting.id}`} target="_blank" rel="noopener" className={styles["footLink"]}>
              {t("toQuality.link")}
            </a>
          ) : null}
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
      <Dialog
        title={t("roles.handTitle", { name: handing?.name ?? "" })}
        closeLabel={t("app.close")}
        isOpen={handing !== undefined}
        onClose={() => setHanding(undefined)}
        actions={
          <>
            <Button onPress={() => setHanding(undefined)}>{t("app.cancel")}</Button>
            <Button
              variant="primary"
              onPress={() => {
                if (handing) give(handing, "host");
                setHanding(undefined);
              }}
            >
              {t("roles.hand")}
            </Button>
          </>
        }
      >
        {t("roles.handText")}
      </Dialog>
    </Panel>
  );
}
