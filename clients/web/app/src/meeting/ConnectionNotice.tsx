import type { Meeting } from "@parley/client";
import { Button } from "@parley/ui";
import { CloudOff, Volume2, WifiOff } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./meeting.module.css";
import type { MeetingState } from "./useMeeting";

const PATIENCE_MILLIS = 700;

/** What is wrong with the connection, and what still works. A short hitch is not worth a word. */
export function ConnectionNotice({ meeting, state }: { meeting: Meeting; state: MeetingState }) {
  const { t } = useTranslation();
  const { media, signaling } = state.connection;
  const trouble =
    media === "reconnecting" || media === "interrupted" || media === "connecting"
      ? media
      : signaling === "waiting"
        ? "chat"
        : undefined;
  const [shown, setShown] = useState<typeof trouble>();
  useEffect(() => {
    if (!trouble) return setShown(undefined);
    if (shown) return setShown(trouble);
    const timer = setTimeout(() => setShown(trouble), PATIENCE_MILLIS);
    return () => clearTimeout(timer);
  }, [trouble]);
  return (
    <div className={styles["notices"]} role="status">
      {shown === "chat" ? (
        <p className={styles["noticeLine"]}>
          <CloudOff size={18} aria-hidden="true" /> {t("meeting.chatWaits")}
        </p>
      ) : shown ? (
        <p className={styles["noticeLine"]} data-strong={shown !== "connecting" || undefined}>
          <WifiOff size={18} aria-hidden="true" />
          <span>
            <strong>{t(`meeting.${shown}`)}</strong>{" "}
            {shown === "reconnecting" ? t("meeting.reconnectingText") : null}
          </span>
        </p>
      ) : null}
      {state.soundBlocked ? (
        <p className={styles["noticeLine"]}>
          <Volume2 size={18} aria-hidden="true" /> {t("meeting.soundBlocked")}
          <Button variant="primary" onPress={() => meeting.resumePlayback()}>
            {t("meeting.playSound")}
          </Button>
        </p>
      ) : null}
    </div>
  );
}
