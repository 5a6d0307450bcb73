import type { AttachmentRecord } from "@parley/client";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { parley } from "../system/parley";
import styles from "./chip.module.css";
import { useFiles } from "./useFiles";

/** Larger pictures are not shown, but saved. */
export const PICTURE_BYTES = 8 << 20;

const KEPT = 40;
/** Pictures that were loaded stay as they scroll in and out: those of the person who is here, and gone when somebody else is. */
const pictures = new Map<string, string>();
let whose: string | undefined;

/** Loaded when it comes into view, verified, and shown as what its type says and nothing else. */
export function Picture({ file }: { file: AttachmentRecord }) {
  const { t } = useTranslation();
  const files = useFiles();
  const place = useRef<HTMLDivElement>(null);
  const { file_id, type, name } = file;
  const [address, setAddress] = useState(() => kept().get(file_id));
  useEffect(() => {
    if (address || !files || !place.current) return;
    const stop = new AbortController();
    const watch = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      watch.disconnect();
      files.read(file_id, type, stop.signal).then(
        (blob) => !stop.signal.aborted && setAddress(keep(file_id, blob)),
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
      {address ? (
        // What says that it is a picture and cannot be drawn is there to be saved.
        <img
          src={address}
          alt={t("files.previewNamed", { name })}
          decoding="async"
          onError={({ currentTarget }) => void (currentTarget.hidden = true)}
        />
      ) : null}
    </div>
  );
}

function kept(): Map<string, string> {
  const here = parley.account.user?.id;
  if (whose !== here) {
    for (const address of pictures.values()) URL.revokeObjectURL(address);
    pictures.clear();
    whose = here;
  }
  return pictures;
}

function keep(id: string, blob: Blob): string {
  const address = URL.createObjectURL(blob);
  kept().set(id, address);
  const [oldest] = pictures;
  if (pictures.size > KEPT && oldest) {
    pictures.delete(oldest[0]);
    URL.revokeObjectURL(oldest[1]);
  }
  return address;
}
