import type { NotificationKind, NotificationRecord, Notifications } from "@parley/client";
import { Button, Empty, IconButton, Skeleton } from "@parley/ui";
import { AtSign, Bell, CalendarDays, Check, FileDown, MessageSquare, UserRound, Video } from "lucide-react";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import files from "../files/files.module.css";
import { ListFailed } from "../files/ListFailed";
import { localeOf } from "../i18n";
import { Header } from "../shell/Header";
import { Message } from "../shell/NotFound";
import { Link, navigate } from "../shell/router";
import { toasts } from "../shell/toasts";
import { explain } from "../system/errors";
import { useUser } from "../system/parley";
import { Choices } from "./Choices";
import { Sent } from "./Sent";
import { Telephone } from "./Telephone";
import styles from "./notifications.module.css";
import { useNotifications } from "./useNotifications";
import { sentenceOf } from "./words";

const ICONS: Record<NotificationKind, typeof Bell> = {
  message: MessageSquare,
  mention: AtSign,
  invitation: CalendarDays,
  meeting: Video,
  file: FileDown,
  account: UserRound,
};

/** What somebody was not there to see, and how they want to be told. */
export default function NotificationsPage({ area }: { area: string | undefined }) {
  const { t } = useTranslation();
  const user = useUser();
  const notifications = useNotifications();
  useEffect(() => {
    document.title = `${t("notifications.title")} · Parley`;
    return () => void (document.title = "Parley");
  }, [t]);
  if (!user) {
    return (
      <Message title={t("notifications.signedOut")} text={t("notifications.signedOutText")}>
        <Button variant="primary" onPress={() => navigate("/sign-in?then=/notifications")}>
          {t("app.signIn")}
        </Button>
      </Message>
    );
  }
  const act = (done: Promise<void>) =>
    void done.catch((error: unknown) => toasts.show(explain(t, error).text, "danger"));
  return (
    <>
      <Header />
      <main className={files["page"]}>
        {area === "choices" ? (
          <>
            <Choices notifications={notifications} />
            {notifications ? <Telephone notifications={notifications} /> : null}
            {notifications ? <Sent notifications={notifications} /> : null}
          </>
        ) : (
          <>
            <div className={styles["head"]}>
              <h1 className={files["title"]}>{t("notifications.title")}</h1>
              {notifications && notifications.unread > 0 ? (
                <Button
                  variant="quiet"
                  icon={<Check size={18} aria-hidden="true" />}
                  onPress={() => act(notifications.readAll())}
                >
                  {t("notifications.readAll")}
                </Button>
              ) : null}
            </div>
            <Listed notifications={notifications} act={act} />
            <p>
              <Link to="/notifications/choices">{t("notifications.choices")}</Link>
            </p>
          </>
        )}
      </main>
    </>
  );
}

function Listed(props: { notifications: Notifications | undefined; act: (done: Promise<void>) => void }) {
  const { t } = useTranslation();
  const { notifications, act } = props;
  if (notifications?.error && !notifications.loaded) {
    return (
      <ListFailed
        said={t("notifications.failed")}
        failure={notifications.error}
        onAgain={() => void notifications.refresh()}
      />
    );
  }
  if (!notifications?.loaded) return <Skeleton lines={5} />;
  if (notifications.all.length === 0) {
    return (
      <Empty>
        <Bell size={28} aria-hidden="true" />
        <strong>{t("notifications.empty")}</strong>
        <span>{t("notifications.emptyText")}</span>
      </Empty>
    );
  }
  return (
    <div className={files["list"]}>
      <ul className={styles["rows"]} aria-label={t("notifications.title")}>
        {notifications.all.map((one) => (
          <Row key={one.id} one={one} onRead={() => act(notifications.read(one.id))} />
        ))}
      </ul>
      {notifications.more ? (
        <Button onPress={() => act(notifications.older())}>{t("notifications.more")}</Button>
      ) : null}
    </div>
  );
}

function Row({ one, onRead }: { one: NotificationRecord; onRead: () => void }) {
  const { t, i18n } = useTranslation();
  const locale = localeOf(i18n.language);
  const Icon = ICONS[one.kind] ?? Bell;
  const text = sentenceOf(t, one, locale);
  const unread = !one.read_at;
  return (
    <li className={styles["row"]} data-unread={unread || undefined}>
      <Icon size={20} aria-hidden="true" />
      <span className={styles["what"]} onClick={() => unread && onRead()}>
        <Link to={one.link}>{text}</Link>
        <small>
          {new Date(one.at).toLocaleString(locale, { dateStyle: "medium", timeStyle: "short" })}
          {unread ? ` · ${t("notifications.isNew")}` : ""}
        </small>
      </span>
      {unread ? (
        <IconButton label={t("notifications.readNamed", { text })} onPress={onRead}>
          <Check size={18} aria-hidden="true" />
        </IconButton>
      ) : null}
    </li>
  );
}
