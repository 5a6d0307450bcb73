import { Button, Dialog } from "@parley/ui";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { toasts } from "../shell/toasts";
import { explain } from "../system/errors";
import styles from "./admin.module.css";

export interface Act {
  title: string;
  text: string;
  label: string;
  done: string;
  body?: ReactNode;
  run: () => Promise<unknown>;
}

/** Asks before something that others feel; tells what became of it. */
export function ActDialog({ act, onClose }: { act: Act; onClose: (done: boolean) => void }) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const run = async () => {
    setBusy(true);
    let done = true;
    try {
      await act.run();
      toasts.show(act.done);
    } catch (error) {
      done = false;
      toasts.show(explain(t, error).text, "danger");
    }
    onClose(done);
  };
  return (
    <Dialog
      title={act.title}
      closeLabel={t("app.close")}
      isOpen
      onClose={() => onClose(false)}
      actions={
        <>
          <Button onPress={() => onClose(false)} autoFocus>
            {t("admin.keep")}
          </Button>
          <Button variant="danger" busy={busy} onPress={() => void run()}>
            {act.label}
          </Button>
        </>
      }
    >
      <div className={styles["content"]}>
        <p>{act.text}</p>
        {act.body}
      </div>
    </Dialog>
  );
}
