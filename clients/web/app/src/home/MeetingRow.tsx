import { asParleyError, type MeetingRecord } from "@parley/client";
import { Button, Dialog, IconButton } from "@parley/ui";
import { CalendarClock, DoorOpen, LockKeyhole, Repeat, Trash2 } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { localeOf } from "../i18n";
import { withMore } from "../i18n/more";
import { CopyLink } from "../shell/MeetingLink";
import { Link, navigate } from "../shell/router";
import { toasts } from "../shell/toasts";
import { explain } from "../system/errors";
import { parley } from "../system/parley";
import { isPast, timeOf } from "./plan";
import styles from "./row.module.css";

const MeetingDialog = lazy(() => withMore(import("./MeetingDialog")));

interface MeetingRowProps {
  meeting: MeetingRecord;
  own: boolean;
  onCancelled: () => void;
}

/** One meeting of the list, and what can be done with it. */
export function MeetingRow({ meeting, own, onCancelled }: MeetingRowProps) {
  const { t, i18n } = useTranslation();
  const [asking, setAsking] = useState(false);
  const [looking, setLooking] = useState(false);
  const { meeting_id: code, title, status } = meeting;
  const locale = localeOf(i18n.language);
  const time = timeOf(meeting);
  const past = isPast(meeting);
  const untimed = status === "scheduled" && !meeting.start_time;
  return (
    <li className={styles["row"]}>
      <Link to={`/m/${code}`} className={styles["open"] ?? ""}>
        <span className={styles["when"]}>
          <b>
            {untimed
              ? t("home.anyTime")
              : time.toLocaleTimeString(locale, { hour: "2-digit", minute: "2-digit" })}
          </b>
          {untimed ? "" : time.toLocaleDateString(locale, { month: "short", day: "numeric" })}
        </span>
        <span className={styles["what"]}>
          <strong>{title}</strong>
          <span className={styles["code"]}>
            {code}
            {meeting.has_password ? (
              <LockKeyhole size={14} role="img" aria-label={t("home.hasPassword")} />
            ) : null}
            {meeting.settings?.require_approval ? (
              <DoorOpen size={14} role="img" aria-label={t("home.hasLobby")} />
            ) : null}
            {meeting.recurrence ? <Repeat size={14} role="img" aria-label={t("home.repeats")} /> : null}
          </span>
        </span>
        {status === "active" ? <span className={styles["live"]}>{t("home.live")}</span> : null}
        {status === "cancelled" ? <span className={styles["over"]}>{t("home.cancelled")}</span> : null}
      </Link>
      {past ? (
        status === "ended" ? (
          <span className={styles["acts"]}>
            <IconButton label={t("home.detailsNamed", { title })} onPress={() => setLooking(true)}>
              <CalendarClock size={18} aria-hidden="true" />
            </IconButton>
          </span>
        ) : null
      ) : (
        <span className={styles["acts"]}>
          {own && status === "scheduled" ? (
            <span className={styles["start"]}>
              <Button onPress={() => navigate(`/m/${code}`)} aria-label={t("home.startNamed", { title })}>
                {t("home.start")}
              </Button>
            </span>
          ) : null}
          {status === "scheduled" && (own || meeting.start_time) ? (
            <IconButton label={t("home.detailsNamed", { title })} onPress={() => setLooking(true)}>
              <CalendarClock size={18} aria-hidden="true" />
            </IconButton>
          ) : null}
          <CopyLink code={code} about={t("home.copyNamed", { title })} />
          {own && status === "scheduled" ? (
            <IconButton label={t("home.cancelNamed", { title })} onPress={() => setAsking(true)}>
              <Trash2 size={18} aria-hidden="true" />
            </IconButton>
          ) : null}
        </span>
      )}
      {looking ? (
        <Suspense fallback={null}>
          <MeetingDialog meeting={meeting} own={own} onClose={() => setLooking(false)} />
        </Suspense>
      ) : null}
      {asking ? (
        <CancelDialog meeting={meeting} onCancelled={onCancelled} onClose={() => setAsking(false)} />
      ) : null}
    </li>
  );
}

function CancelDialog(props: { meeting: MeetingRecord; onCancelled: () => void; onClose: () => void }) {
  const { t } = useTranslation();
  const { meeting, onCancelled, onClose } = props;
  const [busy, setBusy] = useState(false);
  const cancel = async () => {
    setBusy(true);
    try {
      await parley.meetings.cancel(meeting.meeting_id);
      toasts.show(t("home.cancelDone", { title: meeting.title }));
      onCancelled();
    } catch (error) {
      toasts.show(explain(t, asParleyError(error)).text, "danger");
    }
    onClose();
  };
  return (
    <Dialog
      title={t("home.cancelTitle", { title: meeting.title })}
      closeLabel={t("app.close")}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose} autoFocus>
            {t("home.cancelKeep")}
          </Button>
          <Button variant="danger" busy={busy} onPress={() => void cancel()}>
            {t("home.cancelDo")}
          </Button>
        </>
      }
    >
      <p>{t("home.cancelText")}</p>
    </Dialog>
  );
}
