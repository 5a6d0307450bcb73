import { forgetUnsent, type LoginSession } from "@parley/client";
import { Button, Skeleton } from "@parley/ui";
import { Monitor, Smartphone } from "lucide-react";
import { useCallback, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { localeOf } from "../i18n";
import { navigate } from "../shell/router";
import { toasts } from "../shell/toasts";
import { explain } from "../system/errors";
import { parley } from "../system/parley";
import { Failure } from "./Failure";
import { Section } from "./Section";
import styles from "./settings.module.css";
import { useAct } from "./useAct";

const PHONES = ["Android", "iPhone", "iPad"];

/** Where this account is signed in, and signing out from afar. */
export function SessionsSection() {
  const { t } = useTranslation();
  const [sessions, setSessions] = useState<LoginSession[]>();
  const [failure, setFailure] = useState<unknown>();
  const { failure: refusal, act } = useAct();

  const load = useCallback(() => {
    setFailure(undefined);
    parley.account.sessions().then(setSessions, setFailure);
  }, []);
  useEffect(load, [load]);

  const end = (session: LoginSession, device: string) =>
    act(async () => {
      await parley.account.endSession(session);
      if (session.current) {
        forgetUnsent();
        return navigate("/");
      }
      toasts.show(t("settings.signedOutOf", { device }));
      load();
    });
  return (
    <Section id="sessions" title={t("settings.sessions")} text={t("settings.sessionsText")}>
      <Failure of={refusal} />
      {failure ? (
        <div className={styles["form"]}>
          <p>
            {t("settings.sessionsFailed")} {explain(t, failure).text}
          </p>
          <div className={styles["acts"]}>
            <Button onPress={load}>{t("app.tryAgain")}</Button>
          </div>
        </div>
      ) : sessions === undefined ? (
        <Skeleton />
      ) : (
        <ul className={styles["sessions"]}>
          {sessions.map((session) => (
            <SessionRow key={session.id} session={session} onEnd={end} />
          ))}
        </ul>
      )}
    </Section>
  );
}

function SessionRow(props: {
  session: LoginSession;
  onEnd: (session: LoginSession, device: string) => void;
}) {
  const { t, i18n } = useTranslation();
  const { session, onEnd } = props;
  const at = (time: string) =>
    new Date(time).toLocaleString(localeOf(i18n.language), { dateStyle: "medium", timeStyle: "short" });
  const { client, system } = session;
  const device =
    client && system ? t("settings.on", { client, system }) : client || system || t("settings.unknownDevice");
  const seen = at(session.last_seen);
  const Icon = PHONES.includes(system) ? Smartphone : Monitor;
  return (
    <li className={styles["session"]}>
      <Icon size={24} aria-hidden="true" />
      <div className={styles["what"]}>
        <strong>{device}</strong>
        <span className={styles["soft"]}>
          {session.address} · {t("settings.since", { time: at(session.created_at) })}
        </span>
        <span className={styles["soft"]}>
          {session.current ? t("settings.thisOne") : t("settings.lastSeen", { time: seen })}
        </span>
      </div>
      <Button
        variant="quiet"
        aria-label={t("settings.signOutNamed", { device, time: seen })}
        onPress={() => onEnd(session, device)}
      >
        {t("settings.signOut")}
      </Button>
    </li>
  );
}
