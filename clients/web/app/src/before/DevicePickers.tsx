import type { DeviceList } from "@parley/client";
import { Select } from "@parley/ui";
import { Mic, Video, Volume2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { preferences } from "../system/preferences";
import styles from "./before.module.css";

type Kind = "microphone" | "camera" | "speaker";

/** Camera, microphone and speaker; what was chosen is remembered, what is plugged in appears. */
export default function DevicePickers(props: {
  devices: DeviceList;
  onChoose: (kind: Kind, id: string) => void;
}) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState(preferences.all);
  const pick = (kind: Kind) => (id: string) => {
    setChosen({ ...chosen, [kind]: id });
    props.onChoose(kind, id);
  };
  const { cameras, microphones, speakers } = props.devices;
  const rows = [
    {
      kind: "camera" as const,
      list: cameras,
      icon: <Video size={18} aria-hidden="true" />,
      none: t("before.noCamera"),
    },
    {
      kind: "microphone" as const,
      list: microphones,
      icon: <Mic size={18} aria-hidden="true" />,
      none: t("before.noMicrophone"),
    },
    {
      kind: "speaker" as const,
      list: speakers,
      icon: <Volume2 size={18} aria-hidden="true" />,
      none: t("before.defaultDevice"),
    },
  ];
  return (
    <div className={styles["pickers"]}>
      {rows.map(({ kind, list, icon, none }) => (
        <Select
          key={kind}
          compact
          label={t(`before.${kind}`)}
          icon={icon}
          choices={list.map((device, index) => ({
            id: device.deviceId,
            label: device.label || `${t(`before.${kind}`)} ${index + 1}`,
          }))}
          value={
            list.some((device) => device.deviceId === chosen[kind])
              ? chosen[kind]!
              : (list[0]?.deviceId ?? null)
          }
          onChange={pick(kind)}
          placeholder={none}
          isDisabled={list.length === 0}
        />
      ))}
    </div>
  );
}
