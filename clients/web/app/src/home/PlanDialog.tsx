import { asParleyError, type MeetingRecord } from "@parley/client";
import { Button, Dialog, Notice, Segments, Switch, TextField } from "@parley/ui";
import { CircleAlert } from "lucide-react";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { localeOf } from "../i18n";
import { MeetingLink } from "../shell/MeetingLink";
import { navigate } from "../shell/router";
import { explain } from "../system/errors";
import { parley } from "../system/parley";
import { draftOf, isAhead, nextHour, timeOf, type Plan } from "./plan";
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
  return (
    <Dialog
      title={t(planned ? "plan.done" : "plan.title")}
      closeLabel={t("app.close")}
      isOpen
      onClose={onClose}
    >
      {planned ? (
        <Planned meeting={planned} onClose={onClose} />
      ) : (
        <PlanForm
          usualTitle={usualTitle}
          onPlanned={(meeting) => {
            setPlanned(meeting);
            onPlanned();
          }}
        />
      )}
    </Dialog>
  );
}

function PlanForm(props: { usualTitle: string; onPlanned: (meeting: MeetingRecord) => void }) {
  const { t } = useTranslation();
  const { usualTitle, onPlanned } = props;
  const [plan, setPlan] = useState<Plan>(() => ({
    title: "",
    when: "later",
    start: nextHour(Date.now()),
    password: "",
    approval: false,
  }));
  const [late, setLate] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const change = (patch: Partial<Plan>) => {
    setPlan((before) => ({ ...before, ...patch }));
    setLate(false);
  };

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (plan.when === "later" && !isAhead(plan.start, Date.now())) return setLate(true);
    setBusy(true);
    setFailure(undefined);
    try {
      const meeting = await parley.meetings.create(
        draftOf({ ...plan, title: plan.title.trim() || usualTitle }),
      );
      if (plan.when === "now") navigate(`/m/${meeting.meeting_id}?new=1`);
      else onPlanned(meeting);
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
      <Button type="submit" variant="primary" size="large" wide busy={busy}>
        {t(plan.when === "now" ? "plan.startNow" : "plan.plan")}
      </Button>
    </form>
  );
}

function Planned({ meeting, onClose }: { meeting: MeetingRecord; onClose: () => void }) {
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
      <p className={styles["soft"]}>{t("plan.doneText")}</p>
      <Button variant="primary" size="large" wide onPress={onClose} autoFocus>
        {t("plan.close")}
      </Button>
    </div>
  );
}
