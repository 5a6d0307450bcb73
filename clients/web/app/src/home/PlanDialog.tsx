import { asParleyError, type MeetingRecord } from "@parley/client";
import { Button, Dialog, Notice, Segments, Select, Switch, TextField } from "@parley/ui";
import { CalendarClock, CircleAlert, Clock3 } from "lucide-react";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { localeOf } from "../i18n";
import { MeetingLink } from "../shell/MeetingLink";
import { navigate } from "../shell/router";
import { explain } from "../system/errors";
import { parley } from "../system/parley";
import {
  addressesIn,
  draftOf,
  isAhead,
  isTimes,
  LENGTHS,
  nextHour,
  REPEATS,
  timeOf,
  type Plan,
  type Repeat,
} from "./plan";
import { CalendarButton } from "./MeetingDialog";
import styles from "./plan.module.css";

interface PlanDialogProps {
  /** Taken when nothing is typed. */
  usualTitle: string;
  onPlanned: () => void;
  onClose: () => void;
}

/** A meeting with a title, a time, a password, a lobby. */
export default function PlanDialog({ usualTitle, onPlanned, onClose }: PlanDialogProps) {
  const { t } = useTranslation();
  const [planned, setPlanned] = useState<MeetingRecord>();
  const [news, setNews] = useState<string>();
  return (
    <Dialog
      title={t(planned ? "plan.done" : "plan.title")}
      closeLabel={t("app.close")}
      isOpen
      onClose={onClose}
    >
      {planned ? (
        <Planned meeting={planned} news={news} onClose={onClose} />
      ) : (
        <PlanForm
          usualTitle={usualTitle}
          onPlanned={(meeting, text) => {
            setPlanned(meeting);
            setNews(text);
            onPlanned();
          }}
        />
      )}
    </Dialog>
  );
}

function PlanForm(props: { usualTitle: string; onPlanned: (meeting: MeetingRecord, news?: string) => void }) {
  const { t, i18n } = useTranslation();
  const { usualTitle, onPlanned } = props;
  const [plan, setPlan] = useState<Plan>(() => ({
    title: "",
    when: "later",
    start: nextHour(Date.now()),
    minutes: 60,
    repeat: "never",
    times: "",
    invited: "",
    password: "",
    approval: false,
    direct: false,
  }));
  const [late, setLate] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const change = (patch: Partial<Plan>) => {
    setPlan((before) => ({ ...before, ...patch }));
    setLate(false);
  };

  const { addresses, wrong } = addressesIn(plan.invited);
  const wrongAddress = wrong !== undefined;

  /** The meeting stands even when the invitations do not go out: they can be sent again. */
  const invite = async (meeting: MeetingRecord): Promise<string | undefined> => {
    if (addresses.length === 0) return undefined;
    try {
      const locale = i18n.language === "zh" ? "zh" : "en";
      await parley.meetings.invite(meeting.meeting_id, addresses, locale);
      return t("plan.invited", { count: addresses.length });
    } catch (error) {
      return t("plan.inviteFailed", { reason: explain(t, asParleyError(error)).text });
    }
  };

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (plan.when === "later" && !isAhead(plan.start, Date.now())) return setLate(true);
    if (wrongAddress || !isTimes(plan.times)) return;
    setBusy(true);
    setFailure(undefined);
    try {
      const meeting = await parley.meetings.create(
        draftOf({ ...plan, title: plan.title.trim() || usualTitle }),
      );
      const told = await invite(meeting);
      if (plan.when === "now") navigate(`/m/${meeting.meeting_id}?new=1`);
      else onPlanned(meeting, told);
    } catch (error) {
      setFailure(asParleyError(error));
      setBusy(false);
    }
  };

  const failed = failure ? explain(t, failure) : undefined;
  return (
    <form className={styles["form"]} onSubmit={(event) => void submit(event)}>
      {failed ? (
        <Notice tone="danger" role="alert" icon={<CircleAlert size={18} aria-hidden="true" />}>
          {failed.text}
          {failed.reference ? ` ${t("app.reference")}: ${failed.reference}` : ""}
        </Notice>
      ) : null}
      <TextField
        label={t("plan.name")}
        placeholder={usualTitle}
        value={plan.title}
        onChange={(title) => change({ title })}
        maxLength={200}
        autoComplete="off"
        autoFocus
      />
      <Segments
        label={t("plan.when")}
        choices={[
          { id: "later", label: t("plan.later") },
          { id: "now", label: t("plan.now") },
        ]}
        value={plan.when}
        onChange={(when) => change({ when })}
      />
      {plan.when === "later" ? (
        <TextField
          label={t("plan.start")}
          type="datetime-local"
          value={plan.start}
          onChange={(start) => change({ start })}
          error={late ? t("plan.late") : undefined}
        />
      ) : null}
      {plan.when === "later" ? (
        <div className={styles["pair"]}>
          <Select
            label={t("plan.length")}
            showLabel
            icon={<Clock3 size={18} aria-hidden="true" />}
            placeholder={t("plan.length")}
            choices={LENGTHS.map((minutes) => ({
              id: String(minutes),
              label:
                minutes % 60 === 0
                  ? t("plan.hours", { count: minutes / 60 })
                  : t("plan.minutes", { count: minutes }),
            }))}
            value={String(plan.minutes)}
            onChange={(minutes) => change({ minutes: Number(minutes) })}
          />
          <Select
            label={t("plan.repeat")}
            showLabel
            icon={<CalendarClock size={18} aria-hidden="true" />}
            placeholder={t("plan.repeat")}
            choices={REPEATS.map((repeat) => ({ id: repeat, label: t(`plan.${repeat}`) }))}
            value={plan.repeat}
            onChange={(repeat) => change({ repeat: repeat as Repeat })}
          />
        </div>
      ) : null}
      {plan.when === "later" && plan.repeat !== "never" ? (
        <TextField
          label={t("plan.times")}
          hint={t("plan.timesHint")}
          inputMode="numeric"
          value={plan.times}
          onChange={(times) => change({ times })}
          maxLength={3}
          autoComplete="off"
          error={isTimes(plan.times) ? undefined : t("plan.timesWrong")}
        />
      ) : null}
      <TextField
        label={t("plan.invite")}
        hint={t("plan.inviteHint")}
        value={plan.invited}
        onChange={(invited) => change({ invited })}
        autoComplete="off"
        spellCheck="false"
        error={wrongAddress ? t("plan.inviteWrong", { address: wrong }) : undefined}
      />
      <TextField
        label={t("plan.password")}
        hint={t("plan.passwordHint")}
        value={plan.password}
        onChange={(password) => change({ password })}
        maxLength={128}
        autoComplete="off"
        spellCheck="false"
      />
      <Switch
        label={t("plan.approval")}
        hint={t("plan.approvalHint")}
        isOn={plan.approval}
        onChange={(approval) => change({ approval })}
      />
      <Switch
        label={t("plan.direct")}
        hint={t("plan.directHint")}
        isOn={plan.direct}
        onChange={(direct) => change({ direct })}
      />
      <div className={styles["submit"]}>
        <Button type="submit" variant="primary" size="large" wide busy={busy}>
          {t(plan.when === "now" ? "plan.startNow" : "plan.plan")}
        </Button>
      </div>
    </form>
  );
}

function Planned(props: { meeting: MeetingRecord; news: string | undefined; onClose: () => void }) {
  const { meeting, news, onClose } = props;
  const { t, i18n } = useTranslation();
  const at = timeOf(meeting).toLocaleString(localeOf(i18n.language), {
    dateStyle: "full",
    timeStyle: "short",
  });
  return (
    <div className={styles["form"]} role="status">
      <div>
        <strong className={styles["name"]}>{meeting.title}</strong>
        <p className={styles["soft"]}>{at}</p>
      </div>
      <MeetingLink code={meeting.meeting_id} />
      {news ? <p>{news}</p> : null}
      <CalendarButton meeting={meeting} />
      <p className={styles["soft"]}>{t("plan.doneText")}</p>
      <Button variant="primary" size="large" wide onPress={onClose} autoFocus>
        {t("plan.close")}
      </Button>
    </div>
  );
}
