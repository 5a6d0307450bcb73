import type { Meeting } from "@parley/client";
import { Button } from "@parley/ui";
import { Copy } from "lucide-react";
import { useLayoutEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { toasts } from "../shell/toasts";
import { linkOf } from "../system/parley";
import { arrange } from "./arrange";
import styles from "./meeting.module.css";
import type { MeetingState } from "./useMeeting";
import { VideoTile } from "./VideoTile";

interface StageProps {
  meeting: Meeting;
  state: MeetingState;
  layout: "grid" | "speaker";
  pinned: string | undefined;
  onPin: (key: string | undefined) => void;
  onPeople: () => void;
}

const VIDEO_SLOTS = 9;

/** Everyone who fits. It never scrolls. */
export function Stage({ meeting, state, layout, pinned, onPin, onPeople }: StageProps) {
  const { t } = useTranslation();
  const ref = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const element = ref.current!;
    const measure = () => setSize({ width: element.clientWidth, height: element.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const { participants, speaker, spokeAt } = state;
  const arrangement = arrange(participants, {
    layout,
    pinned,
    speaker,
    spokeAt,
    ...size,
    slots: VIDEO_SLOTS,
  });
  const alone = participants.length === 1 && participants[0]!.self;
  return (
    <div ref={ref} className={styles["stage"]} data-testid="stage">
      {size.width > 0
        ? arrangement.tiles.map((tile) => (
            <VideoTile
              key={tile.key}
              meeting={meeting}
              tile={tile}
              pinned={pinned === tile.key}
              onPin={onPin}
            />
          ))
        : null}
      {arrangement.hidden > 0 ? (
        <div className={styles["others"]}>
          <Button onPress={onPeople}>{t("meeting.moreOthers", { count: arrangement.hidden })}</Button>
        </div>
      ) : null}
      {alone ? (
        <div className={styles["alone"]}>
          <strong>{t("meeting.alone")}</strong>
          <span>{t("meeting.aloneText")}</span>
          <Button
            variant="primary"
            icon={<Copy size={18} aria-hidden="true" />}
            onPress={() =>
              void navigator.clipboard
                .writeText(linkOf(meeting.id))
                .then(() => toasts.show(t("meeting.linkCopied")))
            }
          >
            {t("meeting.copyLink")}
          </Button>
        </div>
      ) : null}
    </div>
  );
}
