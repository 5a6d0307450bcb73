import { asParleyError, type Arrival, type Inbox } from "@parley/client";
import { Button } from "@parley/ui";
import { useTranslation } from "react-i18next";
import { localeOf } from "../i18n";
import { toasts } from "../shell/toasts";
import { explain } from "../system/errors";
import { percentOf, sizeOf } from "./bytes";
import chips from "./chip.module.css";
import { FileIcon } from "./FileIcon";
import styles from "./files.module.css";
import { receive, useBrowserName } from "./useInbox";

/** One file that was pushed to this person: from whom, how far it is here, and saving it. */
export function ArrivalRow({ inbox, arrival }: { inbox: Inbox; arrival: Arrival }) {
  const { t, i18n } = useTranslation();
  const locale = localeOf(i18n.language);
  const browser = useBrowserName();
  const { name, size, bytes, from, note, state, pushId, error, type } = arrival;
  const moving = state === "loading" || state === "waiting";
  const save = () =>
    receive(inbox, arrival, browser).catch((thrown: unknown) => {
      const failure = asParleyError(thrown);
      if (failure.code !== "client.aborted") toasts.show(explain(t, failure).text, "danger");
    });
  const said =
    state === "offered"
      ? sizeOf(size, locale)
      : state === "failed"
        ? t("inbox.failed", { reason: explain(t, error).text })
        : t(`inbox.${state}`, { percent: percentOf(bytes, size, locale) });
  return (
    <>
      <span className={styles["row"]}>
        <FileIcon type={type} />
        <span className={styles["what"]}>
          <span className={styles["name"]}>{t("inbox.from", { from: from.name, name })}</span>
          {note ? <span className={styles["note"]}>{note}</span> : null}
          <small data-bad={state === "failed" || undefined}>{said}</small>
          {moving ? <progress className={chips["bar"]} value={bytes} max={size} aria-label={name} /> : null}
        </span>
      </span>
      <span className={styles["acts"]}>
        {moving ? (
          <Button variant="quiet" onPress={() => inbox.cancel(pushId)}>
            {t("inbox.stop")}
          </Button>
        ) : state === "done" ? null : (
          <Button variant="primary" onPress={() => void save()}>
            {t(state === "failed" ? "inbox.again" : "inbox.save")}
          </Button>
        )}
        {moving ? null : (
          <Button variant="quiet" onPress={() => inbox.putAway(pushId)}>
            {t(state === "done" ? "app.close" : "inbox.putAway")}
          </Button>
        )}
      </span>
    </>
  );
}
