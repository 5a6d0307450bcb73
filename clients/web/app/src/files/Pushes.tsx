import type { Files, PushRecord } from "@parley/client";
import { Button, Empty, Skeleton } from "@parley/ui";
import { Send } from "lucide-react";
import { useCallback, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { localeOf } from "../i18n";
import { Link } from "../shell/router";
import { sizeOf } from "./bytes";
import styles from "./files.module.css";
import { ListFailed } from "./ListFailed";
import { usePages } from "./usePages";

/** What this person pushed, and how far it is. */
export function Pushes({ files }: { files: Files }) {
  const { t, i18n } = useTranslation();
  const locale = localeOf(i18n.language);
  const { list, more, failure, reload, next } = usePages(
    useCallback((page: number) => files.pushes({ page }), [files]),
  );
  useEffect(() => files.on("push", reload), [files, reload]);
  if (failure && !list) {
    return <ListFailed said={t("push.failedList")} failure={failure} onAgain={reload} />;
  }
  if (!list) return <Skeleton lines={5} />;
  if (list.length === 0) {
    return (
      <Empty>
        <Send size={28} aria-hidden="true" />
        <strong>{t("push.empty")}</strong>
        <span>{t("push.emptyText")}</span>
      </Empty>
    );
  }
  return (
    <>
      <ul className={styles["rows"]} aria-label={t("files.pushes")}>
        {list.map((push) => (
          <li key={push.push_id}>
            <Link to={`/files/pushes/${push.push_id}`} className={styles["pushed"] ?? ""}>
              <span className={styles["name"]}>{push.name}</span>
              <small>
                {sizeOf(push.size, locale)}
                {" · "}
                {new Date(push.created_at).toLocaleString(locale, {
                  dateStyle: "medium",
                  timeStyle: "short",
                })}
                {" · "}
                {push.called_back_at ? t("push.calledBack") : <Counts push={push} />}
              </small>
            </Link>
          </li>
        ))}
      </ul>
      {more ? (
        <Button variant="quiet" onPress={() => void next()}>
          {t("files.more")}
        </Button>
      ) : null}
    </>
  );
}

/** On how many of its devices a push arrived. */
export function Counts({ push }: { push: PushRecord }) {
  const { t } = useTranslation();
  const count = Object.values(push.counts).reduce((sum, one) => sum + one, 0);
  return t("push.doneOf", { done: push.counts.done, count });
}
