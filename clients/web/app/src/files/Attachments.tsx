import type { AttachmentRecord } from "@parley/client";
import { Button, Dialog, IconButton } from "@parley/ui";
import { Download } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { localeOf } from "../i18n";
import { toasts } from "../shell/toasts";
import { explain } from "../system/errors";
import { isPicture, sizeOf } from "./bytes";
import styles from "./chip.module.css";
import { FileIcon } from "./FileIcon";
import { saveFile } from "./save";
import { useFiles } from "./useFiles";

/** Larger pictures are loaded when somebody asks for them. */
const PREVIEW_BYTES = 8 << 20;
const KEPT = 40;
/** Pictures that were loaded stay as they scroll in and out. */
const pictures = new Map<string, string>();

/** The files of a message: a picture is shown, everything is saved by a button. */
export default function Attachments({ attachments }: { attachments: readonly AttachmentRecord[] }) {
  const { t } = useTranslation();
  return (
    <ul className={styles["attachments"]} aria-label={t("files.attached")}>
      {attachments.map((file) => (
        <li key={file.file_id}>
          {isPicture(file.type) && file.size <= PREVIEW_BYTES ? <Picture file={file} /> : null}
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

/** Loaded when it comes into view, verified, and shown as what its type says and nothing else. */
function Picture({ file }: { file: AttachmentRecord }) {
  const { t } = useTranslation();
  const files = useFiles();
  const place = useRef<HTMLDivElement>(null);
  const { file_id, type, name } = file;
  const [address, setAddress] = useState(() => pictures.get(file_id));
  useEffect(() => {
    if (address || !files || !place.current) return;
    const stop = new AbortController();
    const watch = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      watch.disconnect();
      files.read(file_id, type, stop.signal).then(
        (blob) => setAddress(keep(file_id, blob)),
        () => undefined,
      );
    });
    watch.observe(place.current);
    return () => {
      watch.disconnect();
      stop.abort();
    };
  }, [address, files, file_id, type]);
  return (
    <div ref={place} className={styles["picture"]}>
      {address ? <img src={address} alt={t("files.previewNamed", { name })} /> : null}
    </div>
  );
}

function keep(id: string, blob: Blob): string {
  const address = URL.createObjectURL(blob);
  pictures.set(id, address);
  const [oldest] = pictures;
  if (pictures.size > KEPT && oldest) {
    pictures.delete(oldest[0]);
    URL.revokeObjectURL(oldest[1]);
  }
  return address;
}
