import { Button, Empty, Select, Skeleton } from "@parley/ui";
import { Activity, Clock } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import files from "../files/files.module.css";
import { ListFailed } from "../files/ListFailed";
import { localeOf } from "../i18n";
import { Header } from "../shell/Header";
import { Message } from "../shell/NotFound";
import { Link, navigate } from "../shell/router";
import { parley, useUser } from "../system/parley";
import { PersonQuality } from "./PersonQuality";
import styles from "./quality.module.css";
import { byPerson, sittingsOf, type Sitting } from "./timeline";
import { useQuality, wasNotIn, type QualityState } from "./useQuality";

/** How people's connections did in a meeting, a timeline for each. */
export default function QualityPage({ code }: { code: string }) {
  const { t } = useTranslation();
  const user = useUser();
  useEffect(() => {
    document.title = `${t("quality.title")} · Parley`;
    return () => void (document.title = "Parley");
  }, [t]);
  if (!user) {
    return (
      <Message title={t("quality.signedOut")} text={t("quality.signedOutText")}>
        <Button variant="primary" onPress={() => navigate(`/sign-in?then=${location.pathname}`)}>
          {t("app.signIn")}
        </Button>
      </Message>
    );
  }
  return <Known code={code} />;
}

function Known({ code }: { code: string }) {
  const { t } = useTranslation();
  const { state, failure, again } = useQuality(code);
  const title = useTitle(code);
  if (failure && wasNotIn(failure)) {
    return (
      <Message title={t("quality.notIn")} text={t("quality.notInText")}>
        <Button variant="primary" onPress={() => navigate("/")}>
          {t("app.toHome")}
        </Button>
      </Message>
    );
  }
  return (
    <>
      <Header />
      <main className={files["page"]}>
        <h1 className={files["title"]}>{t("quality.title")}</h1>
        <p className={styles["meeting"]}>
          <Link to={`/m/${code}`}>{title ?? code}</Link>
        </p>
        {failure ? (
          <ListFailed said={t("quality.failed")} failure={failure} onAgain={again} />
        ) : !state ? (
          <Skeleton lines={6} />
        ) : (
          <Shown state={state} />
        )}
      </main>
    </>
  );
}

function Shown({ state }: { state: QualityState }) {
  const { t, i18n } = useTranslation();
  const { samples, people, bucketMillis } = state;
  const sittings = useMemo(() => sittingsOf(samples, bucketMillis), [samples, bucketMillis]);
  // By its beginning: the one that is chosen may go on.
  const [chosen, setChosen] = useState<number>();
  const sitting = sittings.find(({ fromMillis }) => fromMillis === chosen) ?? sittings.at(-1);
  const lines = useMemo(() => (sitting ? byPerson(samples, sitting) : undefined), [samples, sitting]);
  if (!sitting || !lines) {
    return (
      <Empty>
        <Activity size={28} aria-hidden="true" />
        <strong>{t("quality.none")}</strong>
        <span>{t("quality.noneText")}</span>
      </Empty>
    );
  }
  const locale = localeOf(i18n.language);
  const when = ({ fromMillis, toMillis }: Sitting) =>
    new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" }).formatRange(
      fromMillis,
      toMillis,
    );
  const shown = people
    .filter(({ participant_id }) => lines.has(participant_id))
    .sort((a, b) => a.name.localeCompare(b.name, locale));
  return (
    <>
      <p className={files["soft"]}>
        {t(people.length > 1 ? "quality.text" : "quality.own", { count: bucketMillis / 1_000 })}{" "}
        {t("quality.kept")}
      </p>
      {sittings.length > 1 ? (
        <Select
          label={t("quality.sitting")}
          icon={<Clock size={18} aria-hidden="true" />}
          choices={sittings.toReversed().map((one) => ({ id: String(one.fromMillis), label: when(one) }))}
          value={String(sitting.fromMillis)}
          onChange={(id) => setChosen(Number(id))}
          placeholder={t("quality.sitting")}
        />
      ) : (
        <p className={styles["when"]}>{when(sitting)}</p>
      )}
      {state.more ? <p className={files["soft"]}>{t("quality.more")}</p> : null}
      <ul className={styles["people"]}>
        {shown.map(({ participant_id, name }) => (
          <li key={participant_id}>
            <PersonQuality
              name={name || t("quality.nobody")}
              samples={lines.get(participant_id) ?? []}
              sitting={sitting}
              bucketMillis={bucketMillis}
            />
          </li>
        ))}
      </ul>
    </>
  );
}

/** What the meeting is called; its code where that cannot be read. */
function useTitle(code: string): string | undefined {
  const [title, setTitle] = useState<string>();
  useEffect(() => {
    let gone = false;
    parley.meetings.get(code).then(
      (meeting) => !gone && setTitle(meeting.title),
      () => undefined,
    );
    return () => void (gone = true);
  }, [code]);
  return title;
}
