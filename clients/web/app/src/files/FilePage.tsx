import type { FileRecord, Files } from "@parley/client";
import { Button, Skeleton } from "@parley/ui";
import { Send } from "lucide-react";
import { useCallback, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { localeOf } from "../i18n";
import { Link } from "../shell/router";
import Attachments from "./Attachments";
import styles from "./files.module.css";
import { ListFailed } from "./ListFailed";
import { PushDialog } from "./PushDialog";

/** One file, by its own address: what it is, where it is shared, and how it is saved. */
export function FilePage({ files, id }: { files: Files; id: string }) {
  const { t, i18n } = useTranslation();
  const [file, setFile] = useState<FileRecord>();
  const [failure, setFailure] = useState<unknown>();
  const [pushing, setPushing] = useState(false);
  const load = useCallback(() => {
    setFailure(undefined);
    files.get(id).then(setFile, setFailure);
  }, [files, id]);
  useEffect(load, [load]);

  if (failure) return <ListFailed said={t("files.fileFailed")} failure={failure} onAgain={load} />;
  if (!file) return <Skeleton lines={3} />;
  const { name, size, state, created_at, conversations = [] } = file;
  const ready = state === "ready";
  const added = new Date(created_at).toLocaleString(localeOf(i18n.language), {
    dateStyle: "medium",
    timeStyle: "short",
  });
  return (
    <article className={styles["list"]} aria-labelledby="file-name">
      <div className={styles["head"]}>
        <h2 id="file-name" className={styles["heading"]}>
          {name}
        </h2>
        {ready ? (
          <Button
            icon={<Send size={16} aria-hidden="true" />}
            aria-label={t("files.pushNamed", { name })}
            onPress={() => setPushing(true)}
          >
            {t("files.push")}
          </Button>
        ) : null}
      </div>
      <p className={styles["soft"]}>
        {[added, ...(file.mine ? [t("files.yours")] : []), ...(ready ? [] : [t(`files.${state}`)])].join(
          " · ",
        )}
      </p>
      {ready ? (
        <Attachments attachments={[{ file_id: id, name, size, type: file.type ?? "" }]} />
      ) : file.reason ? (
        <p>{t(`errors.file_refused_${file.reason}`, { defaultValue: "" })}</p>
      ) : null}
      {conversations.map((conversation, index) => (
        <Link key={conversation} to={`/chats/${conversation}`}>
          {t("files.openChat", { number: index + 1, count: conversations.length })}
        </Link>
      ))}
      <Link to="/files">{t("files.all")}</Link>
      {pushing ? <PushDialog files={files} file={file} onClose={() => setPushing(false)} /> : null}
    </article>
  );
}
