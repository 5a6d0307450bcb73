import { Folder } from "lucide-react";
import { useTranslation } from "react-i18next";
import styles from "../chats/link.module.css";
import { Link } from "../shell/router";

/** The way to the files. */
export function FilesLink() {
  const { t } = useTranslation();
  return (
    <Link to="/files" className={styles["link"] ?? ""}>
      <Folder size={20} aria-hidden="true" />
      <span className={styles["words"]}>{t("files.title")}</span>
    </Link>
  );
}
