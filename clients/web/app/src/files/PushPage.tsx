import type { DeliveryRecord, Files, PushRecord } from "@parley/client";
import { Button, Dialog, Skeleton } from "@parley/ui";
import { ArrowLeft, CircleAlert, CircleCheck, Clock, Download } from "lucide-react";
import { useCallback, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { localeOf } from "../i18n";
import { navigate } from "../shell/router";
import { toasts } from "../shell/toasts";
import { explain } from "../system/errors";
import { percentOf, sizeOf } from "./bytes";
import chips from "./chip.module.css";
import styles from "./files.module.css";
import { ListFailed } from "./ListFailed";
import { Counts } from "./Pushes";

/** Frames tell at once; what they miss is seen by asking. */
const LOOK_MILLIS = 5_000;
const MOST = 100;

/** One push, with how far each device is, as it happens. */
export function PushPage({ files, id }: { files: Files; id: string }) {
  const { t, i18n } = useTranslation();
  const locale = localeOf(i18n.language);
  const [push, setPush] = useState<PushRecord & { deliveries: { list: DeliveryRecord[] } }>();
  const [failure, setFailure] = useState<unknown>();
  const [asking, setAsking] = useState(false);
  const load = useCallback(() => {
    files.getPush(id, { pageSize: MOST }).then((found) => {
      setFailure(undefined);
      setPush(found);
    }, setFailure);
  }, [files, id]);
  const settled =
    push?.called_back_at !== undefined ||
    (push !== undefined &&
      push.people_without_device === 0 &&
      push.counts.waiting + push.counts.notified + push.counts.downloading === 0);
  useEffect(load, [load]);
  useEffect(() => files.on("push", ({ push_id }) => push_id === id && load()), [files, id, load]);
  useEffect(() => {
    if (settled) return;
    const timer = setInterval(load, LOOK_MILLIS);
    return () => clearInterval(timer);
  }, [load, settled]);

  const callBack = () => {
    setAsking(false);
    files.callBack(id).then(load, (error: unknown) => toasts.show(explain(t, error).text, "danger"));
  };
  if (failure && !push) return <ListFailed said={t("push.notFound")} failure={failure} onAgain={load} />;
  if (!push) return <Skeleton lines={5} />;
  return (
    <div className={styles["list"]}>
      <Button
        variant="quiet"
        icon={<ArrowLeft size={18} aria-hidden="true" />}
        onPress={() => navigate("/files/pushes")}
      >
        {t("push.back")}
      </Button>
      <div className={styles["head"]}>
        <div className={styles["what"]}>
          <h2 className={styles["heading"]}>{push.name}</h2>
          <small>
            {sizeOf(push.size, locale)}
            {" · "}
            {new Date(push.created_at).toLocaleString(locale, { dateStyle: "medium", timeStyle: "short" })}
            {push.called_back_at ? ` · ${t("push.calledBack")}` : null}
          </small>
          {push.note ? <span className={styles["note"]}>{push.note}</span> : null}
        </div>
        {push.called_back_at || settled ? null : (
          <Button onPress={() => setAsking(true)}>{t("push.callBack")}</Button>
        )}
      </div>
      <p aria-live="polite">
        <Counts push={push} />
      </p>
      {push.people_without_device > 0 ? (
        <p className={styles["soft"]}>{t("push.withoutDevice", { count: push.people_without_device })}</p>
      ) : null}
      {push.deliveries.list.length === 0 ? (
        <p className={styles["soft"]}>{t("push.noDevice")}</p>
      ) : (
        <ul className={styles["rows"]} aria-label={t("push.deliveries")}>
          {push.deliveries.list.map((delivery) => (
            <li key={delivery.device_id} data-state={delivery.state}>
              <Delivery delivery={delivery} size={push.size} />
            </li>
          ))}
        </ul>
      )}
      {asking ? (
        <Dialog
          title={t("push.callBackTitle", { name: push.name })}
          closeLabel={t("app.close")}
          isOpen
          onClose={() => setAsking(false)}
          actions={
            <>
              <Button onPress={() => setAsking(false)}>{t("app.cancel")}</Button>
              <Button variant="danger" onPress={callBack}>
                {t("push.callBackDo")}
              </Button>
            </>
          }
        >
          <p>{t("push.callBackText")}</p>
        </Dialog>
      ) : null}
    </div>
  );
}

function Delivery({ delivery, size }: { delivery: DeliveryRecord; size: number }) {
  const { t, i18n } = useTranslation();
  const locale = localeOf(i18n.language);
  const { device_name, user_name, state, bytes, attempt, reason } = delivery;
  const Icon =
    state === "done"
      ? CircleCheck
      : state === "failed"
        ? CircleAlert
        : state === "downloading"
          ? Download
          : Clock;
  const why =
    reason === "cancelled"
      ? t("push.cancelled")
      : reason && t(`errors.${reason.replaceAll(".", "_")}`, { defaultValue: reason });
  return (
    <span className={styles["row"]} data-state={state}>
      <Icon size={20} aria-hidden="true" />
      <span className={styles["what"]}>
        <span className={styles["name"]}>
          {device_name}
          {user_name ? ` · ${user_name}` : ""}
        </span>
        <small data-bad={state === "failed" || undefined}>
          {state === "failed" && why
            ? t("push.reason", { reason: why })
            : t(`push.${state}`, { percent: percentOf(bytes, size, locale) })}
          {attempt > 1 ? ` · ${t("push.attempt", { number: attempt })}` : ""}
        </small>
        {state === "downloading" ? (
          <progress className={chips["bar"]} value={bytes} max={size} aria-label={device_name} />
        ) : null}
      </span>
    </span>
  );
}
