import { Bell } from "lucide-react";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import styles from "../chats/link.module.css";
import { localeOf } from "../i18n";
import { Link, usePath } from "../shell/router";
import { toasts } from "../shell/toasts";
import { useNotifications } from "./useNotifications";
import { sentenceOf } from "./words";

const COUNTED = 99;

/** The way to the notifications, with how many are unread; tells of a new one while another page is open. */
export function NotificationsLink() {
  const { t, i18n } = useTranslation();
  const path = usePath();
  const notifications = useNotifications();
  const unread = notifications?.unread ?? 0;
  const shown = path === "/notifications";

  useEffect(() => {
    if (!notifications || shown) return;
    return notifications.on("arrival", (one) => {
      // Files that come are offered by themselves.
      if (one.kind !== "file") toasts.show(sentenceOf(t, one, localeOf(i18n.language)));
    });
  }, [notifications, shown, t, i18n]);

  return (
    <Link to="/notifications" className={styles["link"] ?? ""}>
      <Bell size={20} aria-hidden="true" />
      <span className="visually-hidden">{t("notifications.title")}</span>
      {unread > 0 ? (
        <span className={styles["badge"]}>
          <span aria-hidden="true">{unread > COUNTED ? `${COUNTED}+` : unread}</span>
          <span className="visually-hidden">
            {unread > COUNTED ? t("notifications.manyUnread") : t("notifications.unread", { count: unread })}
          </span>
        </span>
      ) : null}
    </Link>
  );
}
