import { IconButton } from "@parley/ui";
import { Copy, Link2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { linkOf } from "../system/parley";
import styles from "./link.module.css";
import { toasts } from "./toasts";

/** A meeting's link, to read and to copy. */
export function MeetingLink({ code }: { code: string }) {
  return (
    <div className={styles["link"]}>
      <Link2 size={18} aria-hidden="true" />
      <span>{linkOf(code).replace(/^https?:\/\//, "")}</span>
      <CopyLink code={code} />
    </div>
  );
}

/** Copies a meeting's link. */
export function CopyLink({ code, about }: { code: string; about?: string }) {
  const { t } = useTranslation();
  const copy = () => navigator.clipboard.writeText(linkOf(code)).then(() => toasts.show(t("app.copied")));
  return (
    <IconButton label={about ?? t("before.copyLink")} onPress={() => void copy()}>
      <Copy size={18} aria-hidden="true" />
    </IconButton>
  );
}
