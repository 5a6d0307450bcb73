import type { MeetingRecord } from "@parley/client";
import { Button, Empty, Skeleton } from "@parley/ui";
import { CalendarDays } from "lucide-react";
import { useCallback, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { explain } from "../system/errors";
import { parley, useUser } from "../system/parley";
import styles from "./home.module.css";
import { MeetingRow } from "./MeetingRow";
import { inOrder } from "./plan";

type Tab = "upcoming" | "past";
const SHOWN_FIRST = 6;

/** The signed-in person's meetings, upcoming or past; a new `revision` loads them again. */
export default function MeetingList({ revision }: { revision: number }) {
  const { t } = useTranslation();
  const user = useUser();
  const [tab, setTab] = useState<Tab>("upcoming");
  const [meetings, setMeetings] = useState<MeetingRecord[]>();
  const [failure, setFailure] = useState<unknown>();
  const [all, setAll] = useState(false);

  const load = useCallback(() => {
    setFailure(undefined);
    parley.meetings.list({ pageSize: 50 }).then((page) => setMeetings(page.list), setFailure);
  }, []);
  useEffect(load, [load, revision]);

  const shown = meetings && inOrder(meetings, tab === "past");
  return (
    <section className={styles["list"]} aria-labelledby="your-meetings">
      <div className={styles["listHead"]}>
        <h2 id="your-meetings" className={styles["listTitle"]}>
          {t("home.yours")}
        </h2>
        <div role="tablist" className={styles["tabs"]} aria-labelledby="your-meetings">
          {(["upcoming", "past"] as const).map((name) => (
            <button
              key={name}
              type="button"
              role="tab"
              id={`tab-${name}`}
              aria-selected={tab === name}
              aria-controls="meeting-rows"
              className={styles["tab"]}
              onClick={() => setTab(name)}
            >
              {t(`home.${name}`)}
            </button>
          ))}
        </div>
      </div>
      <div id="meeting-rows" role="tabpanel" aria-labelledby={`tab-${tab}`} className={styles["panel"]}>
        {failure ? (
          <Empty role="alert">
            <span>
              {t("home.listFailed")} {explain(t, failure).text}
            </span>
            <Button onPress={load}>{t("app.tryAgain")}</Button>
          </Empty>
        ) : shown === undefined ? (
          <Skeleton />
        ) : shown.length === 0 ? (
          <Empty>
            <CalendarDays size={28} aria-hidden="true" />
            <span>{t(tab === "past" ? "home.noPast" : "home.noUpcoming")}</span>
          </Empty>
        ) : (
          <>
            <ul className={styles["rows"]}>
              {shown.slice(0, all ? undefined : SHOWN_FIRST).map((meeting) => (
                <MeetingRow
                  key={meeting.meeting_id}
                  meeting={meeting}
                  own={meeting.host_id === user?.id}
                  onCancelled={load}
                />
              ))}
            </ul>
            {!all && shown.length > SHOWN_FIRST ? (
              <span className={styles["all"]}>
                <Button variant="quiet" onPress={() => setAll(true)}>
                  {t("home.showAll", { count: shown.length })}
                </Button>
              </span>
            ) : null}
          </>
        )}
      </div>
    </section>
  );
}
