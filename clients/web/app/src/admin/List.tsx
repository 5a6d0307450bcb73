import { Button, Skeleton } from "@parley/ui";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { explain } from "../system/errors";
import styles from "./admin.module.css";
import type { Loaded } from "./useLoaded";

/** What was loaded, or that it is on its way, or why it did not come. */
export function Shown<T>({ loaded, children }: { loaded: Loaded<T>; children: (data: T) => ReactNode }) {
  const { t } = useTranslation();
  if (loaded.failure) {
    const { text, reference } = explain(t, loaded.failure);
    return (
      <div className={styles["empty"]} role="alert">
        <p>
          {t("admin.loadFailed")} {text}
          {reference ? ` ${t("app.reference")}: ${reference}` : ""}
        </p>
        <Button onPress={loaded.reload}>{t("app.tryAgain")}</Button>
      </div>
    );
  }
  return loaded.data === undefined ? <Skeleton lines={5} /> : <>{children(loaded.data)}</>;
}

export interface RowProps {
  title: ReactNode;
  lines: ReactNode[];
  badge?: { text: string; tone: "good" | "danger" | "plain" } | undefined;
  actions?: ReactNode;
}

/** One thing of a list: what it is, what is known of it, what can be done. */
export function Row({ title, lines, badge, actions }: RowProps) {
  return (
    <li className={styles["row"]}>
      <div className={styles["what"]}>
        <strong>
          <span className={styles["name"]}>{title}</span>
          {badge ? (
            <span className={styles["badge"]} data-tone={badge.tone}>
              {badge.text}
            </span>
          ) : null}
        </strong>
        {lines.filter(Boolean).map((line, number) => (
          <span key={number} className={styles["line"]}>
            {line}
          </span>
        ))}
      </div>
      {actions ? <div className={styles["actions"]}>{actions}</div> : null}
    </li>
  );
}

/** How much of a list is shown, and more of it. */
export function More(props: { shown: number; total: number; onMore: () => void }) {
  const { t } = useTranslation();
  const { shown, total, onMore } = props;
  return (
    <div className={styles["more"]}>
      <span>{t("admin.shown", { shown, total })}</span>
      {shown < total ? <Button onPress={onMore}>{t("admin.more")}</Button> : null}
    </div>
  );
}
