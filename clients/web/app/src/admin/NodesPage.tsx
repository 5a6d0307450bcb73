import type { MediaNode } from "@parley/client";
import { Button } from "@parley/ui";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { parley } from "../system/parley";
import styles from "./admin.module.css";
import { Row, Shown } from "./List";
import { useLoaded } from "./useLoaded";

const admissionText: Record<string, string> = {
  open: "admin.admissionOpen",
  guarded: "admin.admissionGuarded",
  full: "admin.admissionFull",
};

/** The media servers and how loaded they are, and what the API stands on. */
export function NodesPage() {
  const { t } = useTranslation();
  const nodes = useLoaded(useCallback(async () => (await parley.admin()).nodes(), []));
  const health = useLoaded(useCallback(async () => (await parley.admin()).health(), []));
  const refresh = () => {
    nodes.reload();
    health.reload();
  };
  return (
    <>
      <div className={styles["tools"]}>
        <Button onPress={refresh}>{t("admin.refresh")}</Button>
      </div>
      <Shown loaded={nodes}>
        {(list) =>
          list.length === 0 ? (
            <p className={styles["empty"]}>{t("admin.noNodes")}</p>
          ) : (
            <ul className={styles["rows"]}>
              {list.map((node) => (
                <NodeRow key={node.node_id} node={node} />
              ))}
            </ul>
          )
        }
      </Shown>
      <h2 className={styles["subtitle"]}>{t("admin.health")}</h2>
      <Shown loaded={health}>
        {({ parts }) => (
          <ul className={styles["rows"]}>
            {parts.map((part) => (
              <Row
                key={part.name}
                title={t(`admin.${part.name}`, { defaultValue: part.name })}
                lines={[part.error ?? t("admin.partOk", { ms: part.latency_ms })]}
                badge={
                  part.status === "ok"
                    ? { text: t("admin.nodeLive"), tone: "good" }
                    : { text: t("admin.partFailing"), tone: "danger" }
                }
              />
            ))}
          </ul>
        )}
      </Shown>
    </>
  );
}

function NodeRow({ node }: { node: MediaNode }) {
  const { t } = useTranslation();
  const percent = Math.round(Math.min(1, Math.max(0, node.stress)) * 100);
  return (
    <Row
      title={node.node_id}
      badge={
        node.live
          ? { text: t("admin.nodeLive"), tone: "good" }
          : { text: t("admin.nodeGone"), tone: "danger" }
      }
      lines={[
        `${node.region}, ${node.media_host}`,
        t("admin.nodeLoad", { rooms: node.rooms, people: node.participants }),
        node.state === "draining"
          ? t("admin.nodeDraining")
          : t(admissionText[node.admission] ?? "admin.admissionOpen"),
        <span key="load" className={styles["load"]}>
          <meter min={0} max={100} value={percent} aria-label={t("admin.stress", { node: node.node_id })} />
          {`${percent} %`}
        </span>,
      ]}
    />
  );
}
