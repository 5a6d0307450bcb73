import type { RoomStats } from "@parley/client";
import { Button } from "@parley/ui";
import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { localeOf } from "../i18n";
import { parley } from "../system/parley";
import { ActDialog, type Act } from "./ActDialog";
import styles from "./admin.module.css";
import { More, Row, Shown } from "./List";
import { useLoaded } from "./useLoaded";

const PAGE = 20;

/** The meetings that go on now, and ending one. */
export function RoomsPage() {
  const { t } = useTranslation();
  const [count, setCount] = useState(PAGE);
  const [act, setAct] = useState<Act>();
  const load = useCallback(
    async () => (await parley.admin()).rooms({ pageSize: Math.min(count, 100) }),
    [count],
  );
  const rooms = useLoaded(load);
  return (
    <>
      <div className={styles["tools"]}>
        <Button onPress={rooms.reload}>{t("admin.refresh")}</Button>
      </div>
      <Shown loaded={rooms}>
        {(page) =>
          page.list.length === 0 ? (
            <p className={styles["empty"]}>{t("admin.noMeetings")}</p>
          ) : (
            <>
              <ul className={styles["rows"]}>
                {page.list.map((room) => (
                  <RoomRow key={room.meeting_id} room={room} onAct={setAct} />
                ))}
              </ul>
              <More
                shown={page.list.length}
                total={Math.min(page.total, 100)}
                onMore={() => setCount(count + PAGE)}
              />
            </>
          )
        }
      </Shown>
      {act ? (
        <ActDialog
          act={act}
          onClose={(done) => {
            setAct(undefined);
            if (done) rooms.reload();
          }}
        />
      ) : null}
    </>
  );
}

function RoomRow({ room, onAct }: { room: RoomStats; onAct: (act: Act) => void }) {
  const { t, i18n } = useTranslation();
  const { title } = room;
  const end = () =>
    onAct({
      title: t("admin.endTitle", { title }),
      text: t("admin.endText"),
      label: t("admin.end"),
      done: t("admin.endDone", { title }),
      run: () => parley.meetings.end(room.meeting_id),
    });
  const started = room.started_at
    ? t("admin.started", {
        time: new Date(room.started_at).toLocaleString(localeOf(i18n.language), {
          dateStyle: "short",
          timeStyle: "short",
        }),
      })
    : "";
  return (
    <Row
      title={title}
      badge={room.locked ? { text: t("admin.locked"), tone: "plain" } : undefined}
      lines={[
        `${room.meeting_id}, ${t("admin.host", { name: room.host_name })}`,
        [
          t("admin.people", { count: room.participants, max: room.max_participants }),
          room.node_id ? t("admin.onNode", { node: room.node_id }) : t("admin.notPlaced"),
          started,
        ]
          .filter(Boolean)
          .join(", "),
      ]}
      actions={
        <Button onPress={end} aria-label={t("admin.endNamed", { title })}>
          {t("admin.end")}
        </Button>
      }
    />
  );
}
