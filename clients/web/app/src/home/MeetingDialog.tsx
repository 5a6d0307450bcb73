import { asParleyError, type InvitationRecord, type MeetingRecord } from "@parley/client";
import { Button, Dialog, IconButton, Skeleton, TextField } from "@parley/ui";
import { CalendarPlus, ChartNoAxesColumn, X } from "lucide-react";
import { useCallback, useEffect, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { localeOf } from "../i18n";
import { navigate } from "../shell/router";
import { toasts } from "../shell/toasts";
import { explain } from "../system/errors";
import { parley } from "../system/parley";
import { saveCalendar } from "./calendar";
import { addressesIn, timeOf } from "./plan";
import styles from "./plan.module.css";

interface MeetingDialogProps {
  meeting: MeetingRecord;
  own: boolean;
  onClose: () => void;
}

/** When a planned meeting is, for the calendar, and who is invited to it; of one that is over, the way to what is kept of it. */
export default function MeetingDialog({ meeting, own, onClose }: MeetingDialogProps) {
  const { t, i18n } = useTranslation();
  const at = timeOf(meeting).toLocaleString(localeOf(i18n.language), {
    dateStyle: "full",
    timeStyle: "short",
  });
  const over = meeting.status === "ended";
  const timed = over || meeting.start_time !== undefined;
  return (
    <Dialog title={meeting.title} closeLabel={t("app.close")} isOpen onClose={onClose}>
      <div className={styles["form"]}>
        {timed ? (
          <>
            <p className={styles["soft"]}>
              {at}
              {meeting.recurrence ? ` · ${t("home.repeats")}` : ""}
            </p>
            {over ? null : <CalendarButton meeting={meeting} />}
          </>
        ) : null}
        {over || meeting.recurrence ? (
          <Button
            icon={<ChartNoAxesColumn size={18} aria-hidden="true" />}
            onPress={() => navigate(`/quality/${meeting.meeting_id}`)}
          >
            {t("toQuality.link")}
          </Button>
        ) : null}
        {own && !over ? <Invitations meeting={meeting} /> : null}
      </div>
    </Dialog>
  );
}

/** Saves a planned meeting as a file that calendars take. */
export function CalendarButton({ meeting }: { meeting: MeetingRecord }) {
  const { t } = useTranslation();
  const save = () => {
    saveCalendar(meeting).catch((error: unknown) => toasts.show(explain(t, error).text, "danger"));
  };
  return (
    <Button icon={<CalendarPlus size={18} aria-hidden="true" />} onPress={save}>
      {t("plan.calendar")}
    </Button>
  );
}

function Invitations({ meeting }: { meeting: MeetingRecord }) {
  const { t, i18n } = useTranslation();
  const code = meeting.meeting_id;
  const [invited, setInvited] = useState<readonly InvitationRecord[]>();
  const [typed, setTyped] = useState("");
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const load = useCallback(() => {
    setFailure(undefined);
    parley.meetings.invitations(code).then(setInvited, setFailure);
  }, [code]);
  useEffect(load, [load]);
  const { addresses, wrong } = addressesIn(typed);

  const attempt = async (act: () => Promise<unknown>, done: string) => {
    setBusy(true);
    try {
      await act();
      toasts.show(done);
      load();
    } catch (error) {
      toasts.show(explain(t, asParleyError(error)).text, "danger");
    }
    setBusy(false);
  };
  const invite = async (event: FormEvent) => {
    event.preventDefault();
    if (wrong !== undefined || addresses.length === 0) return;
    const locale = i18n.language === "zh" ? "zh" : "en";
    await attempt(
      () => parley.meetings.invite(code, addresses, locale),
      t("plan.invited", { count: addresses.length }),
    );
    setTyped("");
  };

  return (
    <>
      <section aria-labelledby="invited-people">
        <h3 id="invited-people" className={styles["name"]}>
          {t("plan.people")}
        </h3>
        {failure ? (
          <p className={styles["soft"]}>
            {explain(t, failure).text} <Button onPress={load}>{t("app.tryAgain")}</Button>
          </p>
        ) : invited === undefined ? (
          <Skeleton />
        ) : invited.length === 0 ? (
          <p className={styles["soft"]}>{t("plan.nobody")}</p>
        ) : (
          <ul className={styles["invited"]}>
            {invited.map(({ id, email }) => (
              <li key={id}>
                <span>{email}</span>
                <IconButton
                  size="small"
                  label={t("plan.withdraw", { address: email })}
                  isDisabled={busy}
                  onPress={() =>
                    void attempt(
                      () => parley.meetings.withdraw(code, id),
                      t("plan.withdrawn", { address: email }),
                    )
                  }
                >
                  <X size={18} aria-hidden="true" />
                </IconButton>
              </li>
            ))}
          </ul>
        )}
      </section>
      <form className={styles["form"]} onSubmit={(event) => void invite(event)}>
        <TextField
          label={t("plan.invite")}
          hint={t("plan.inviteHint")}
          value={typed}
          onChange={setTyped}
          autoComplete="off"
          spellCheck="false"
          error={wrong === undefined ? undefined : t("plan.inviteWrong", { address: wrong })}
        />
        <Button type="submit" variant="primary" busy={busy} isDisabled={addresses.length === 0}>
          {t("plan.sendInvitations")}
        </Button>
      </form>
    </>
  );
}
