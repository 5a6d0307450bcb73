import type { NotificationDelivery, Notifications } from "@parley/client";
import { Button, Skeleton } from "@parley/ui";
import { CircleAlert, CircleCheck, CircleSlash, Clock } from "lucide-react";
import { useCallback, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import files from "../files/files.module.css";
import { ListFailed } from "../files/ListFailed";
import { localeOf } from "../i18n";
import { toasts } from "../shell/toasts";
import { explain } from "../system/errors";
import styles from "./notifications.module.css";

const ICONS = {
  pending: Clock,
  sent: Clock,
  delivered: CircleCheck,
  failed: CircleAlert,
  skipped: CircleSlash,
} as const;

/** What somebody was told elsewhere than in the app, what became of it, and sending it again. */
export function Sent({ notifications }: { notifications: Notifications }) {
  const { t } = useTranslation();
  const [list, setList] = useState<readonly NotificationDelivery[]>();
  const [next, setNext] = useState<string>();
  const [failure, setFailure] = useState<unknown>();
  const load = useCallback(() => {
    notifications.deliveries().then((page) => {
      setFailure(undefined);
      setList(page.list);
      setNext(page.next);
    }, setFailure);
  }, [notifications]);
  useEffect(load, [load]);
  const failed = (error: unknown) => toasts.show(explain(t, error).text, "danger");

  const more = () =>
    notifications.deliveries(next).then((page) => {
      setList((before = []) => [...before, ...page.list]);
      setNext(page.next);
    }, failed);
  const replay = (id: string) =>
    notifications.replay(id).then((again) => {
      toasts.show(t("notifications.replayed"));
      setList((before) => before?.map((one) => (one.id === again.id ? again : one)));
    }, failed);
  return (
    <section className={`${files["content"]} ${styles["apart"]}`} aria-labelledby="sent">
      <div>
        <h2 id="sent">{t("notifications.sent")}</h2>
        <p className={files["soft"]}>{t("notifications.sentText")}</p>
      </div>
      {failure && !list ? (
        <ListFailed said={t("notifications.sentFailed")} failure={failure} onAgain={load} />
      ) : !list ? (
        <Skeleton lines={3} />
      ) : list.length === 0 ? (
        <p className={files["soft"]}>{t("notifications.nothingSent")}</p>
      ) : (
        <ul className={files["rows"]} aria-label={t("notifications.sent")}>
          {list.map((one) => (
            <li key={one.id}>
              <Row one={one} onReplay={() => void replay(one.id)} />
            </li>
          ))}
        </ul>
      )}
      {next ? (
        <span>
          <Button variant="quiet" onPress={() => void more()}>
            {t("notifications.more")}
          </Button>
        </span>
      ) : null}
    </section>
  );
}

function Row({ one, onReplay }: { one: NotificationDelivery; onReplay: () => void }) {
  const { t, i18n } = useTranslation();
  const { channel, state, attempts } = one;
  const Icon = ICONS[state];
  const what = t(`notifications.channel.${channel}`);
  const time = new Date(one.delivered_at ?? one.created_at).toLocaleString(localeOf(i18n.language), {
    dateStyle: "medium",
    timeStyle: "short",
  });
  const said = [
    time,
    t("notifications.about", { count: one.notification_ids.length }),
    t(`notifications.state.${state}`),
    ...(attempts > 1 ? [t("notifications.tries", { count: attempts })] : []),
  ];
  return (
    <>
      <span className={files["row"]} data-state={state === "delivered" ? "done" : state}>
        <Icon size={20} aria-hidden="true" />
        <span className={files["what"]}>
          <span className={files["name"]}>{what}</span>
          <small>{said.join(" · ")}</small>
        </span>
      </span>
      {state === "pending" ? null : (
        <span className={files["acts"]}>
          <Button
            variant="quiet"
            aria-label={t("notifications.againNamed", { what, time })}
            onPress={onReplay}
          >
            {t("notifications.again")}
          </Button>
        </span>
      )}
    </>
  );
}
