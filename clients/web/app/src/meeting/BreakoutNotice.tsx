import type { Meeting } from "@parley/client";
import { Button } from "@parley/ui";
import { Split } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { toasts } from "../shell/toasts";
import { explain } from "../system/errors";
import styles from "./breakouts.module.css";
import { useBreakouts, useCountdown } from "./useBreakouts";

/** Which room the person is in, the way back, and how long the rooms stay open. */
export default function BreakoutNotice({ meeting, onOpen }: { meeting: Meeting; onOpen: () => void }) {
  const { t } = useTranslation();
  const { state, details } = useBreakouts(meeting);
  const [busy, setBusy] = useState(false);
  const left = useCountdown(state.closesAt);
  useEffect(() => void meeting.breakouts.refresh(), [meeting]);
  const attempt = (act: Promise<unknown>) => {
    setBusy(true);
    act
      .catch((error: unknown) => toasts.show(explain(t, error).text, "danger"))
      .finally(() => setBusy(false));
  };
  const own = state.rooms.find((room) => room.id === details?.assigned);
  const picks = !own && (state.choose || meeting.may("breakouts"));
  if (!state.room && !own && !picks && left === undefined) return null;

  return (
    <div className={styles["notice"]} role="status" data-breakout={state.room?.name ?? ""}>
      <Split size={18} aria-hidden="true" />
      <span className={styles["noticeText"]}>
        {state.room
          ? t("breakouts.youAreIn", { room: state.room.name })
          : own
            ? t("breakouts.belong", { room: own.name })
            : picks
              ? t("breakouts.pick")
              : null}{" "}
        {left === undefined ? null : <span aria-live="off">{t("breakouts.closes", { time: left })}</span>}
      </span>
      {state.room ? (
        <Button busy={busy} onPress={() => attempt(meeting.breakouts.leave())}>
          {t("breakouts.back")}
        </Button>
      ) : own ? (
        <Button busy={busy} onPress={() => attempt(meeting.breakouts.enter(own.id))}>
          {t("breakouts.enterOwn", { room: own.name })}
        </Button>
      ) : picks ? (
        <Button onPress={onOpen}>{t("breakouts.title")}</Button>
      ) : null}
    </div>
  );
}
