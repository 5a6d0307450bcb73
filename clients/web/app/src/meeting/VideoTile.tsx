import type { Meeting, View, ViewState } from "@parley/client";
import { Avatar, IconButton, Tile } from "@parley/ui";
import { Hand, MicOff, Pin, PinOff, ScreenShare } from "lucide-react";
import { memo, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { PlacedTile } from "./arrange";
import styles from "./meeting.module.css";

interface VideoTileProps {
  meeting: Meeting;
  tile: PlacedTile;
  pinned: boolean;
  onPin: (key: string | undefined) => void;
}

/** One person, or one screen, on the stage. */
export const VideoTile = memo(function VideoTile({ meeting, tile, pinned, onPin }: VideoTileProps) {
  const { t } = useTranslation();
  const { participant, source, stage, box } = tile;
  const video = useRef<HTMLVideoElement>(null);
  const view = useRef<View>(undefined);
  const [state, setState] = useState<ViewState>("waiting");
  const [why, setWhy] = useState<string>();
  const published = source === "camera" ? participant.camera : participant.screen;

  useEffect(() => {
    const element = video.current;
    if (!published || !element) return;
    const opened = meeting.view(element, participant.id, source, { stage });
    view.current = opened;
    setState(opened.state);
    const stop = opened.on("state", (next) => {
      setWhy(opened.why);
      setState(next);
    });
    return () => {
      stop();
      opened.close();
      view.current = undefined;
      setState("waiting");
    };
  }, [meeting, participant.id, source, published]);

  useEffect(() => {
    if (view.current) view.current.stage = stage;
  }, [stage]);

  const shown = published && state === "live";
  const screen = source === "screen";
  const own = participant.self;
  const name = screen
    ? own
      ? t("meeting.yourScreen")
      : t("meeting.screenOf", { name: participant.name })
    : own
      ? t("meeting.you")
      : participant.name;
  const muted = !screen && !participant.microphone;
  const label = [name, muted ? t("meeting.muted") : "", participant.hand ? t("meeting.handUp") : ""]
    .filter(Boolean)
    .join(", ");
  return (
    <div
      className={styles["place"]}
      data-floating={tile.floating || undefined}
      data-participant={participant.id}
      data-source={source}
      data-published={published || undefined}
      data-state={state}
      style={{ transform: `translate(${box.x}px, ${box.y}px)`, width: box.width, height: box.height }}
    >
      <Tile
        label={label}
        name={name}
        speaking={participant.speaking && !screen}
        marks={
          <>
            {screen ? (
              <ScreenShare size={16} aria-hidden="true" />
            ) : (
              <Bars connection={participant.connection} />
            )}
            {muted ? <MicOff size={16} aria-hidden="true" /> : null}
          </>
        }
        corner={
          <>
            {participant.hand && !screen ? (
              <span className={styles["hand"]}>
                <Hand size={16} aria-hidden="true" />
              </span>
            ) : null}
            {published && state === "paused" ? (
              <span className={styles["why"]}>{t(reasonKey(why))}</span>
            ) : null}
          </>
        }
        actions={
          <IconButton
            label={pinned ? t("meeting.unpin") : t("meeting.pin", { name })}
            variant="control"
            size="small"
            onPress={() => onPin(pinned ? undefined : tile.key)}
          >
            {pinned ? <PinOff size={16} aria-hidden="true" /> : <Pin size={16} aria-hidden="true" />}
          </IconButton>
        }
      >
        {shown ? null : <Avatar name={participant.name} size="fill" />}
        <video
          ref={video}
          className={styles["video"]}
          data-shown={shown || undefined}
          data-mirrored={(own && !screen) || undefined}
          data-screen={screen || undefined}
          aria-hidden="true"
        />
      </Tile>
    </div>
  );
});

function reasonKey(why: string | undefined) {
  if (why === "bandwidth") return "meeting.pausedBandwidth" as const;
  if (why === "capacity") return "meeting.pausedCapacity" as const;
  return "meeting.pausedPublisher" as const;
}

/** Connection bars; a good connection shows none. */
function Bars({ connection }: { connection: "good" | "poor" | "lost" }) {
  const { t } = useTranslation();
  if (connection === "good") return null;
  return (
    <svg
      className={styles["bars"]}
      data-connection={connection}
      viewBox="0 0 16 16"
      role="img"
      aria-label={t("meeting.connection", { quality: t(`meeting.quality.${connection}`) })}
    >
      <rect x="1" y="10" width="3.5" height="5" rx="1" />
      <rect x="6.2" y="6" width="3.5" height="9" rx="1" />
      <rect x="11.5" y="2" width="3.5" height="13" rx="1" />
    </svg>
  );
}
