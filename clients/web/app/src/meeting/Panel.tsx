import { IconButton } from "@parley/ui";
import { X } from "lucide-react";
import { useEffect, useRef, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import styles from "./panel.module.css";

/** A panel beside the stage, or over it on phones. Escape closes it. */
export function Panel({
  title,
  onClose,
  children,
}: {
  title: string;
  onClose: () => void;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  const ref = useRef<HTMLElement>(null);
  useEffect(() => {
    const close = (event: KeyboardEvent) => {
      if (event.key === "Escape" && !event.defaultPrevented) onClose();
    };
    const element = ref.current;
    element?.addEventListener("keydown", close);
    return () => element?.removeEventListener("keydown", close);
  }, [onClose]);
  return (
    <aside ref={ref} className={styles["panel"]} aria-label={title}>
      <header className={styles["head"]}>
        <h2>{title}</h2>
        <IconButton label={t("app.close")} tooltip={false} onPress={onClose}>
          <X size={20} aria-hidden="true" />
        </IconButton>
      </header>
      {children}
    </aside>
  );
}
