import type { MeetingRecord } from "@parley/client";
import { Button, Skeleton } from "@parley/ui";
import { useCallback, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { localeOf } from "../i18n";
import { Link } from "../shell/router";
import { explain } from "../system/errors";
import { parley } from "../system/parley";
import styles from "./home.module.css";

type Tab = "upcoming" | "past";

/** The signed-in person's meetings, upcoming or past. */
export default function MeetingList() {
  const { t } = useTranslation();
  const [tab, setTab] = useState<Tab>("upcoming");
  const [meetings, setMeetings] = useState<MeetingRecord[]>();
  const [failure, setFailure] = useState<unknown>();

  const load = useCallback(() => {
    setFailure(undefined);
    parley.meetings.list({ pageSize: 50 }).then((page) => setMeetings(page.list), setFailure);
  }, []);
  useEffect(load, [load]);

  const shown = meetings?.filter((meeting) => isPast(meeting) === (tab === "past")).sort(byTime(tab));
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
          <div className={styles["empty"]}>
            <p>
              {t("home.listFailed")} {explain(t, failure).text}
            </p>
            <Button onPress={load}>{t("app.tryAgain")}</Button>
          </div>
        ) : shown === undefined ? (
          <Skeleton />
        ) : shown.length === 0 ? (
          <p className={styles["empty"]}>{t(tab === "past" ? "home.noPast" : "home.noUpcoming")}</p>
        ) : (
          <ul className={styles["rows"]}>
            {shown.slice(0, 6).map((meeting) => (
              <Row key={meeting.meeting_id} meeting={meeting} />
            ))}
          </ul>
        )}
      </div>
    </section>
  );
}

function Row({ meeting }: { meeting: MeetingRecord }) {
  const { t, i18n } = useTranslation();
  const locale = localeOf(i18n.language);
  const time = timeOf(meeting);
  const live = meeting.status === "active";
  return (
    <li>
      <Link to={`/m/${meeting.meeting_id}`} className={styles["row"] ?? ""}>
        <span className={styles["when"]}>
          <b>{time.toLocaleTimeString(locale, { hour: "2-digit", minute: "2-digit" })}</b>
          {time.toLocaleDateString(locale, { month: "short", day: "numeric" })}
        </span>
        <span className={styles["what"]}>
          <strong>{meeting.title}</strong>
          <span>{meeting.meeting_id}</span>
        </span>
        {live ? <span className={styles["live"]}>{t("home.live")}</span> : null}
      </Link>
    </li>
  );
}

const isPast = (meeting: MeetingRecord) => meeting.status === "ended" || meeting.status === "cancelled";

const timeOf = (meeting: MeetingRecord) =>
  new Date(meeting.ended_at ?? meeting.start_time ?? meeting.started_at ?? meeting.created_at ?? Date.now());

const byTime = (tab: Tab) => (a: MeetingRecord, b: MeetingRecord) => {
  const order = timeOf(a).getTime() - timeOf(b).getTime();
  return tab === "past" ? -order : Number(b.status === "active") - Number(a.status === "active") || order;
};
