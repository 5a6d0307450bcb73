import { useTranslation } from "react-i18next";
import { usePath } from "../shell/router";
import { ArrivalRow } from "./ArrivalRow";
import styles from "./files.module.css";
import { useFiles } from "./useFiles";
import { useInbox } from "./useInbox";

const SHOWN = 3;

/** Tells on whichever page what was pushed to this person, and offers to save it. */
export default function InboxNotice() {
  const { t } = useTranslation();
  const inbox = useInbox(useFiles());
  const path = usePath();
  const arrivals = path.startsWith("/files/received") ? [] : (inbox?.arrivals ?? []);
  return (
    <div className={styles["notices"]} role="region" aria-live="polite" aria-label={t("inbox.title")}>
      {arrivals.slice(0, SHOWN).map((arrival) => (
        <div key={arrival.pushId} className={styles["notice"]}>
          <ArrivalRow inbox={inbox!} arrival={arrival} />
        </div>
      ))}
    </div>
  );
}
