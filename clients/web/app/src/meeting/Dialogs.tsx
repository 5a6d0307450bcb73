import { Devices, type DeviceList, type Meeting } from "@parley/client";
import { Dialog } from "@parley/ui";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import DevicePickers from "../before/DevicePickers";
import { toasts } from "../shell/toasts";
import { explain } from "../system/errors";
import { preferences } from "../system/preferences";
import styles from "./meeting.module.css";

export function ShortcutsDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const rows: [string, string][] = [
    ["Ctrl D", t("shortcuts.mic")],
    ["Ctrl E", t("shortcuts.cam")],
    [t("shortcuts.space"), t("shortcuts.talk")],
    ["H", t("shortcuts.hand")],
    ["C", t("shortcuts.chat")],
    ["P", t("shortcuts.people")],
    ["F", t("shortcuts.full")],
    ["?", t("shortcuts.help")],
  ];
  return (
    <Dialog title={t("shortcuts.title")} closeLabel={t("app.close")} isOpen={isOpen} onClose={onClose}>
      <dl className={styles["shortcuts"]}>
        {rows.map(([keys, what]) => (
          <div key={keys}>
            <dt>{what}</dt>
            <dd>
              {keys.split(" ").map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}

export function DevicesDialog(props: { meeting: Meeting; isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const { meeting, isOpen, onClose } = props;
  const [list, setList] = useState<DeviceList>({ microphones: [], cameras: [], speakers: [] });
  useEffect(() => {
    if (!isOpen) return;
    const devices = new Devices();
    devices.on("change", setList);
    void devices.refresh();
    return () => devices.close();
  }, [isOpen]);
  const choose = (kind: "microphone" | "camera" | "speaker", id: string) => {
    preferences.remember({ [kind]: id });
    const done = kind === "speaker" ? meeting.useSpeaker(id) : meeting.useDevice(kind, id);
    done.catch((error: unknown) => toasts.show(explain(t, error).text, "danger"));
  };
  return (
    <Dialog title={t("meeting.settings")} closeLabel={t("app.close")} isOpen={isOpen} onClose={onClose}>
      <DevicePickers devices={list} onChoose={choose} />
    </Dialog>
  );
}
