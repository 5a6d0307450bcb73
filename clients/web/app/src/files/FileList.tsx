import type { FileRecord, Files, Upload } from "@parley/client";
import { Button, Dialog, Empty, IconButton, Menu, Skeleton } from "@parley/ui";
import { Download, EllipsisVertical, Folder, Send, Trash2, Upload as UploadIcon } from "lucide-react";
import { useCallback, useEffect, useRef, useState, type DragEvent } from "react";
import { useTranslation } from "react-i18next";
import { localeOf } from "../i18n";
import { toasts } from "../shell/toasts";
import { explain } from "../system/errors";
import { ProgramDialog } from "./Attachments";
import { sizeOf } from "./bytes";
import chips from "./chip.module.css";
import { FileIcon } from "./FileIcon";
import styles from "./files.module.css";
import { ListFailed } from "./ListFailed";
import { PushDialog } from "./PushDialog";
import { saveFile } from "./save";
import { UploadChip, useUploads } from "./UploadChip";
import { usePages } from "./usePages";

/** Uploads go on while other pages are looked at. */
const begun = new WeakMap<Files, readonly Upload[]>();

/** The files of who is signed in: uploading, saving, pushing, deleting. */
export function FileList({ files }: { files: Files }) {
  const { t } = useTranslation();
  const { list, more, failure, reload, next } = usePages(
    useCallback((page: number) => files.list({ page }), [files]),
  );
  const [uploads, setUploads] = useState(() => begun.get(files) ?? []);
  const [pushed, setPushed] = useState<FileRecord>();
  const [deleted, setDeleted] = useState<FileRecord>();
  const chooser = useRef<HTMLInputElement>(null);
  useUploads(uploads);
  useEffect(() => void begun.set(files, uploads), [files, uploads]);
  const waiting = uploads.filter(({ state }) => state !== "ready" && state !== "cancelled");
  const done = uploads.length - waiting.length;
  useEffect(reload, [done, reload]);
  useEffect(() => files.on("file", reload), [files, reload]);

  const upload = (chosen: readonly File[]) =>
    setUploads([...uploads, ...chosen.map((file) => files.upload(file))]);
  const remove = (file: FileRecord) => {
    setDeleted(undefined);
    files.remove(file.file_id).then(
      () => {
        toasts.show(t("files.deleted", { name: file.name }));
        reload();
      },
      (error: unknown) => toasts.show(explain(t, error).text, "danger"),
    );
  };
  const shown = list?.filter(
    (file) => !waiting.some((one) => one.file?.file_id === file.file_id) && file.state !== "removed",
  );
  return (
    <div
      className={styles["list"]}
      onDragOver={(event: DragEvent) => event.preventDefault()}
      onDrop={(event: DragEvent) => {
        event.preventDefault();
        upload([...event.dataTransfer.files]);
      }}
    >
      <div className={styles["head"]}>
        <input
          ref={chooser}
          type="file"
          multiple
          hidden
          onChange={(event) => {
            upload([...(event.target.files ?? [])]);
            event.target.value = "";
          }}
        />
        <Button
          variant="primary"
          icon={<UploadIcon size={18} aria-hidden="true" />}
          onPress={() => chooser.current?.click()}
        >
          {t("files.upload")}
        </Button>
      </div>
      <ul className={chips["chips"]} aria-label={t("files.uploads")}>
        {waiting.map((one, index) => (
          <li key={index}>
            <UploadChip upload={one} onRemove={() => setUploads(uploads.filter((other) => other !== one))} />
          </li>
        ))}
      </ul>
      {failure && !list ? (
        <ListFailed said={t("files.listFailed")} failure={failure} onAgain={reload} />
      ) : !shown ? (
        <Skeleton lines={5} />
      ) : shown.length === 0 && waiting.length === 0 ? (
        <Empty>
          <Folder size={28} aria-hidden="true" />
          <strong>{t("files.empty")}</strong>
          <span>{t("files.emptyText")}</span>
        </Empty>
      ) : (
        <ul className={styles["rows"]} aria-label={t("files.list")}>
          {shown.map((file) => (
            <li key={file.file_id}>
              <Row file={file} files={files} onPush={setPushed} onDelete={setDeleted} />
            </li>
          ))}
        </ul>
      )}
      {more ? (
        <Button variant="quiet" onPress={() => void next()}>
          {t("files.more")}
        </Button>
      ) : null}
      {pushed ? <PushDialog files={files} file={pushed} onClose={() => setPushed(undefined)} /> : null}
      {deleted ? (
        <Dialog
          title={t("files.deleteTitle", { name: deleted.name })}
          closeLabel={t("app.close")}
          isOpen
          onClose={() => setDeleted(undefined)}
          actions={
            <>
              <Button onPress={() => setDeleted(undefined)}>{t("files.keep")}</Button>
              <Button variant="danger" onPress={() => remove(deleted)}>
                {t("files.deleteDo")}
              </Button>
            </>
          }
        >
          <p>{t("files.deleteText")}</p>
        </Dialog>
      ) : null}
    </div>
  );
}

interface RowProps {
  file: FileRecord;
  files: Files;
  onPush: (file: FileRecord) => void;
  onDelete: (file: FileRecord) => void;
}

function Row({ file, files, onPush, onDelete }: RowProps) {
  const { t, i18n } = useTranslation();
  const locale = localeOf(i18n.language);
  const [ask, setAsk] = useState<(yes: boolean) => void>();
  const { name, size, state, conversations = [] } = file;
  const ready = state === "ready";
  const save = () => {
    const asked = () => new Promise<boolean>((resolve) => setAsk(() => resolve));
    saveFile(files, file.file_id, asked).catch((error: unknown) =>
      toasts.show(explain(t, error).text, "danger"),
    );
  };
  const said = [
    sizeOf(size, locale),
    new Date(file.created_at).toLocaleDateString(locale, { dateStyle: "medium" }),
    ...(conversations.length > 0 ? [t("files.shared", { count: conversations.length })] : []),
    ...(ready ? [] : [t(`files.${state}`)]),
    ...(file.reason ? [t(`errors.file_refused_${file.reason}`, { defaultValue: "" })] : []),
  ].filter(Boolean);
  const icon = { size: 16, "aria-hidden": true } as const;
  return (
    <>
      <span className={styles["row"]}>
        <FileIcon type={file.type ?? file.declared_type ?? ""} />
        <span className={styles["what"]}>
          <span className={styles["name"]}>{name}</span>
          <small data-bad={state === "refused" || undefined}>{said.join(" · ")}</small>
        </span>
      </span>
      <span className={styles["acts"]}>
        {ready ? (
          <>
            <Button
              variant="quiet"
              icon={<Send {...icon} />}
              aria-label={t("files.pushNamed", { name })}
              onPress={() => onPush(file)}
            >
              {t("files.push")}
            </Button>
            <IconButton label={t("files.saveNamed", { name })} tooltip={false} onPress={save}>
              <Download size={18} aria-hidden="true" />
            </IconButton>
          </>
        ) : null}
        <Menu
          label={t("files.actions", { name })}
          actions={[
            {
              id: "delete",
              label: t("files.delete"),
              icon: <Trash2 {...icon} />,
              danger: true,
              onAction: () => onDelete(file),
            },
          ]}
        >
          <IconButton label={t("files.actions", { name })} tooltip={false}>
            <EllipsisVertical size={18} aria-hidden="true" />
          </IconButton>
        </Menu>
      </span>
      {ask ? (
        <ProgramDialog
          name={name}
          onAnswer={(yes) => {
            ask(yes);
            setAsk(undefined);
          }}
        />
      ) : null}
    </>
  );
}
