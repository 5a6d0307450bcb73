import type { AttachmentRecord } from "@parley/client";
import { Button, Dialog, IconButton } from "@parley/ui";
import { Download } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { localeOf } from "../i18n";
import { toasts } from "../shell/toasts";
import { explain } from "../system/errors";
import { isPicture, sizeOf } from "./bytes";
import styles from "./chip.module.css";
import { FileIcon } from "./FileIcon";
import { Picture, PICTURE_BYTES } from "./Picture";
import { saveFile } from "./save";
import { useFiles } from "./useFiles";

/** The files of a message: a picture is shown, everything is saved by a button. */
export default function Attachments({ attachments }: { attachments: readonly AttachmentRecord[] }) {
  const { t } = useTranslation();
  return (
    <ul className={styles["attachments"]} aria-label={t("files.attached")}>
      {attachments.map((file) => (
        <li key={file.file_id}>
          {isPicture(file.type) && file.size <= PICTURE_BYTES ? (
            <Picture key={file.file_id} file={file} />
          ) : null}
          <Attachment file={file} />
        </li>
      ))}
    </ul>
  );
}

function Attachment({ file }: { file: AttachmentRecord }) {
  const { t, i18n } = useTranslation();
  const files = useFiles();
  const [ask, setAsk] = useState<(yes: boolean) => void>();
  const { name, size, type, file_id } = file;
  const save = () => {
    if (!files) return;
    const asked = () => new Promise<boolean>((resolve) => setAsk(() => resolve));
    saveFile(files, file_id, asked).catch((error: unknown) => toasts.show(explain(t, error).text, "danger"));
  };
  const answer = (yes: boolean) => {
    ask?.(yes);
    setAsk(undefined);
  };
  return (
    <div className={styles["chip"]}>
      <FileIcon type={type} />
      <span className={styles["what"]}>
        <span className={styles["name"]} title={name}>
          {name}
        </span>
        <small>{sizeOf(size, localeOf(i18n.language))}</small>
      </span>
      <IconButton
        size="small"
        label={t("files.saveNamed", { name })}
        tooltip={false}
        isDisabled={!files}
        onPress={save}
      >
        <Download size={18} aria-hidden="true" />
      </IconButton>
      {ask ? <ProgramDialog name={name} onAnswer={answer} /> : null}
    </div>
  );
}

/** A program does what it likes once it is opened: that is said before. */
export function ProgramDialog({ name, onAnswer }: { name: string; onAnswer: (yes: boolean) => void }) {
  const { t } = useTranslation();
  return (
    <Dialog
      title={t("files.programTitle")}
      closeLabel={t("app.close")}
      isOpen
      onClose={() => onAnswer(false)}
      actions={
        <>
          <Button onPress={() => onAnswer(false)}>{t("app.cancel")}</Button>
          <Button variant="primary" onPress={() => onAnswer(true)}>
            {t("files.save")}
          </Button>
        </>
      }
    >
      <p>{t("files.programText", { name })}</p>
    </Dialog>
  );
}
