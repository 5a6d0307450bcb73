import type { Meeting } from "@parley/client";
import { Button } from "@parley/ui";
import { Split } from "lucide-react";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import styles from "./breakouts.module.css";
import { useAttempt } from "./useAttempt";
import { useBreakouts, useCountdown } from "./useBreakouts";

/** Which room the person is in, the way back, and how long the rooms stay open. */
export default function BreakoutNotice({ meeting, onOpen }: { meeting: Meeting; onOpen: () => void }) {
  const { t } = useTranslation();
  const { state, details } = useBreakouts(meeting);
  const { isBusy, attempt } = useAttempt();
  const left = useCountdown(state.closesAt);
  useEffect(() => void meeting.breakouts.refresh(), [meeting]);
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
        <Button busy={isBusy("leave")} onPress={() => attempt("leave", meeting.breakouts.leave())}>
          {t("breakouts.back")}
        </Button>
      ) : own ? (
        <Button busy={isBusy("enter")} onPress={() => attempt("enter", meeting.breakouts.enter(own.id))}>
          {t("breakouts.enterOwn", { room: own.name })}
        </Button>
      ) : picks ? (
        <Button onPress={onOpen}>{t("breakouts.title")}</Button>
      ) : null}
    </div>
  );
}
