import type { Attaching, Upload } from "@parley/client";
import { IconButton } from "@parley/ui";
import { RotateCcw, X } from "lucide-react";
import { useEffect, useReducer, useState } from "react";
import { useTranslation } from "react-i18next";
import { localeOf } from "../i18n";
import { explain } from "../system/errors";
import { percentOf, sizeOf } from "./bytes";
import styles from "./chip.module.css";
import { FileIcon } from "./FileIcon";

/** Renders again whenever the upload is further. */
export function useUploads(uploads: readonly Attaching[]): void {
  const [, render] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    const stops = uploads.map((upload) => (upload as Upload).on("change", render));
    return () => {
      for (const stop of stops) stop();
    };
  }, [uploads]);
}

interface UploadChipProps {
  upload: Attaching;
  /** After it was cancelled. */
  onRemove?: () => void;
}

/** One file on its way: name, size, how far it is, and what can be done about it. */
export function UploadChip({ upload, onRemove }: UploadChipProps) {
  const { t, i18n } = useTranslation();
  const locale = localeOf(i18n.language);
  const { name, size, state, type, progress, error } = upload as Upload;
  const bad = state === "failed" || state === "refused";
  const moving = state === "hashing" || state === "sending" || state === "waiting";
  return (
    <div className={styles["chip"]} data-bad={bad || undefined}>
      <FileIcon type={type} />
      <span className={styles["what"]}>
        <span className={styles["name"]}>{name}</span>
        <small role={bad ? "alert" : undefined}>
          {sizeOf(size, locale)}
          {" · "}
          {bad ? explain(t, error).text : t(`files.${state}`, { percent: percentOf(progress, 1, locale) })}
        </small>
        {moving || state === "checking" ? (
          <progress className={styles["bar"]} value={progress} max={1} aria-label={name} />
        ) : null}
      </span>
      {state === "failed" ? (
        <IconButton
          size="small"
          label={t("files.retryNamed", { name })}
          tooltip={false}
          onPress={() => upload.retry()}
        >
          <RotateCcw size={16} aria-hidden="true" />
        </IconButton>
      ) : null}
      {state === "ready" && !onRemove ? null : (
        <IconButton
          size="small"
          label={t("files.removeNamed", { name })}
          tooltip={false}
          onPress={() => {
            upload.cancel();
            onRemove?.();
          }}
        >
          <X size={16} aria-hidden="true" />
        </IconButton>
      )}
    </div>
  );
}

/** A chip that keeps up with its upload by itself. */
export function WatchedChip({ upload }: { upload: Attaching }) {
  const [one] = useState([upload]);
  useUploads(one);
  return <UploadChip upload={upload} />;
}
