import type { BreakoutPerson, BreakoutsRecord, Meeting, Participant } from "@parley/client";
import { Button, IconButton, Select, Switch, TextField } from "@parley/ui";
import { Minus, Plus, Shuffle } from "lucide-react";
import { useEffect, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { toasts } from "../shell/toasts";
import { explain } from "../system/errors";
import { shuffle } from "./breakouts";
import styles from "./breakouts.module.css";
import { Panel } from "./Panel";
import { useAttempt, type Attempts } from "./useAttempt";
import { useBreakouts, useCountdown } from "./useBreakouts";

const MOST_ROOMS = 50;
const MAIN = "main";
const CLOSE_SECONDS = 60;

interface BreakoutsPanelProps {
  meeting: Meeting;
  participants: readonly Participant[];
  onClose: () => void;
}

/** Breakout rooms: hosts make them, move people and close them; others go where they may. */
export default function BreakoutsPanel({ meeting, participants, onClose }: BreakoutsPanelProps) {
  const { t } = useTranslation();
  const { state, details } = useBreakouts(meeting);
  const attempts = useAttempt();
  useEffect(() => meeting.breakouts.watch(), [meeting]);
  const hosts = meeting.may("breakouts");
  const open = state.rooms.length > 0;

  return (
    <Panel title={t("breakouts.title")} onClose={onClose}>
      {open ? (
        <OpenRooms meeting={meeting} details={details} hosts={hosts} {...attempts} />
      ) : hosts ? (
        <NewRooms meeting={meeting} participants={participants} {...attempts} />
      ) : (
        <div className={styles["scroll"]}>
          <p className={styles["intro"]}>{t("breakouts.intro")}</p>
        </div>
      )}
    </Panel>
  );
}

interface ActingProps extends Attempts {
  meeting: Meeting;
}

function NewRooms({
  meeting,
  participants,
  isBusy,
  attempt,
}: ActingProps & { participants: readonly Participant[] }) {
  const { t } = useTranslation();
  const [count, setCount] = useState(2);
  const [places, setPlaces] = useState<ReadonlyMap<string, number>>(new Map());
  const [choose, setChoose] = useState(false);
  const people = participants.filter(({ self, role }) => !self && role !== "host" && role !== "co-host");
  const resize = (rooms: number) => {
    setCount(rooms);
    setPlaces(new Map([...places].filter(([, room]) => room < rooms)));
  };
  const place = (person: string, room: string) => {
    const next = new Map(places);
    if (room === MAIN) next.delete(person);
    else next.set(person, Number(room));
    setPlaces(next);
  };
  const rooms = Array.from({ length: count }, (_, room) => ({
    id: String(room),
    label: t("breakouts.room", { number: room + 1 }),
  }));
  const open = () =>
    meeting.breakouts.open({
      rooms: rooms.map(({ label }, room) => ({
        name: label,
        people: people.filter(({ userId }) => places.get(userId) === room).map(({ userId }) => userId),
      })),
      choose,
    });

  return (
    <>
      <div className={styles["scroll"]} tabIndex={0} role="region" aria-label={t("breakouts.title")}>
        <p className={styles["intro"]}>{t("breakouts.intro")}</p>
        <div className={styles["count"]} role="group" aria-label={t("breakouts.count")}>
          <span>{t("breakouts.count")}</span>
          <IconButton
            size="small"
            label={t("breakouts.fewer")}
            isDisabled={count === 1}
            onPress={() => resize(count - 1)}
          >
            <Minus size={18} aria-hidden="true" />
          </IconButton>
          <output>{count}</output>
          <IconButton
            size="small"
            label={t("breakouts.more")}
            isDisabled={count === MOST_ROOMS}
            onPress={() => resize(count + 1)}
          >
            <Plus size={18} aria-hidden="true" />
          </IconButton>
        </div>
        <Switch label={t("breakouts.choose")} isOn={choose} onChange={setChoose} />
        {people.length > 0 ? (
          <div className={styles["acts"]}>
            <Button
              icon={<Shuffle size={18} aria-hidden="true" />}
              onPress={() =>
                setPlaces(
                  shuffle(
                    people.map(({ userId }) => userId),
                    count,
                  ),
                )
              }
            >
              {t("breakouts.shuffle")}
            </Button>
          </div>
        ) : null}
        <ul className={styles["people"]}>
          {people.map(({ userId, name }) => (
            <li key={userId} className={styles["person"]}>
              <span>{name}</span>
              <Select
                compact
                label={t("breakouts.placeOf", { name })}
                placeholder={t("breakouts.unplaced")}
                choices={[{ id: MAIN, label: t("breakouts.unplaced") }, ...rooms]}
                value={String(places.get(userId) ?? MAIN)}
                onChange={(room) => place(userId, room)}
              />
            </li>
          ))}
        </ul>
      </div>
      <div className={styles["foot"]}>
        <Button variant="primary" busy={isBusy("open")} onPress={() => attempt("open", open())}>
          {t("breakouts.open")}
        </Button>
      </div>
    </>
  );
}

function OpenRooms({
  meeting,
  details,
  hosts,
  isBusy,
  attempt,
}: ActingProps & { details: BreakoutsRecord | undefined; hosts: boolean }) {
  const { t } = useTranslation();
  const { state } = useBreakouts(meeting);
  const left = useCountdown(state.closesAt);
  const choices = [
    { id: MAIN, label: t("breakouts.main") },
    ...state.rooms.map(({ id, name }) => ({ id, label: name })),
  ];
  const move = (person: BreakoutPerson, room: string) =>
    attempt(
      "assign",
      meeting.breakouts.assign([{ who: person.user_id, ...(room === MAIN ? {} : { room }) }]),
    );
  const peopleOf = (room: string) =>
    room === MAIN ? details?.main : details?.rooms.find(({ id }) => id === room)?.people;

  return (
    <>
      <div className={styles["scroll"]} tabIndex={0} role="region" aria-label={t("breakouts.title")}>
        {left === undefined ? null : (
          <p className={styles["soft"]}>{t("breakouts.closes", { time: left })}</p>
        )}
        {[...choices.slice(1), choices[0]!].map(({ id, label }) => {
          const people = peopleOf(id);
          const here = (state.room?.id ?? MAIN) === id;
          const may = id === MAIN || hosts || state.choose || details?.assigned === id;
          return (
            <section key={id} className={styles["room"]} aria-label={label}>
              <header className={styles["head"]}>
                <h3>{label}</h3>
                {here ? (
                  <span className={styles["soft"]}>{t("breakouts.here")}</span>
                ) : may ? (
                  <Button
                    busy={isBusy(id)}
                    onPress={() =>
                      attempt(id, id === MAIN ? meeting.breakouts.leave() : meeting.breakouts.enter(id))
                    }
                  >
                    {t(id === MAIN ? "breakouts.back" : "breakouts.enter")}
                  </Button>
                ) : null}
              </header>
              {people === undefined ? null : people.length === 0 ? (
                <p className={styles["soft"]}>{t("breakouts.nobody")}</p>
              ) : (
                <ul className={styles["people"]}>
                  {people.map((person) => (
                    <li key={person.participant_id} className={styles["person"]}>
                      <span>{person.display_name}</span>
                      <Select
                        compact
                        label={t("breakouts.placeOf", { name: person.display_name })}
                        placeholder={label}
                        choices={choices}
                        value={id}
                        onChange={(room) => (room === id ? undefined : move(person, room))}
                      />
                    </li>
                  ))}
                </ul>
              )}
            </section>
          );
        })}
      </div>
      {hosts ? (
        <div className={styles["foot"]}>
          <AnnounceForm meeting={meeting} />
          <div className={styles["acts"]}>
            {left === undefined ? (
              <Button
                busy={isBusy("plan")}
                onPress={() => attempt("plan", meeting.breakouts.close(CLOSE_SECONDS))}
              >
                {t("breakouts.closeSoon")}
              </Button>
            ) : null}
            <Button
              variant="danger"
              busy={isBusy("close")}
              onPress={() => attempt("close", meeting.breakouts.close())}
            >
              {t("breakouts.closeNow")}
            </Button>
          </div>
        </div>
      ) : null}
    </>
  );
}

function AnnounceForm({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() === "") return;
    setBusy(true);
    try {
      await meeting.breakouts.announce(text.trim());
      setText("");
      toasts.show(t("breakouts.sent"));
    } catch (error) {
      toasts.show(explain(t, error).text, "danger");
    } finally {
      setBusy(false);
    }
  };
  return (
    <form className={styles["form"]} onSubmit={(event) => void submit(event)}>
      <TextField
        label={t("breakouts.announce")}
        value={text}
        onChange={setText}
        maxLength={500}
        autoComplete="off"
      />
      <Button type="submit" busy={busy} isDisabled={text.trim() === ""}>
        {t("breakouts.send")}
      </Button>
    </form>
  );
}
