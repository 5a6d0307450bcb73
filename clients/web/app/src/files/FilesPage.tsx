import { Button, Empty, Skeleton } from "@parley/ui";
import { Inbox as InboxIcon } from "lucide-react";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import type { Files } from "@parley/client";
import { Header } from "../shell/Header";
import { Message } from "../shell/NotFound";
import { Link, navigate } from "../shell/router";
import { useUser } from "../system/parley";
import { ArrivalRow } from "./ArrivalRow";
import { FileList } from "./FileList";
import { FilePage } from "./FilePage";
import styles from "./files.module.css";
import { PushPage } from "./PushPage";
import { Pushes } from "./Pushes";
import { useFiles } from "./useFiles";
import { useInbox } from "./useInbox";

const AREAS = [
  { id: "list", to: "/files", text: "files.list" },
  { id: "pushes", to: "/files/pushes", text: "files.pushes" },
  { id: "received", to: "/files/received", text: "files.received" },
] as const;

/** Somebody's files, what they pushed, and what was pushed to them. */
export default function FilesPage({ area, id }: { area: string; id: string | undefined }) {
  const { t } = useTranslation();
  const user = useUser();
  const files = useFiles();
  useEffect(() => {
    document.title = `${t("files.title")} · Parley`;
    return () => void (document.title = "Parley");
  }, [t]);
  if (!user) {
    return (
      <Message title={t("files.signedOut")} text={t("files.signedOutText")}>
        <Button variant="primary" onPress={() => navigate(`/sign-in?then=${location.pathname}`)}>
          {t("app.signIn")}
        </Button>
      </Message>
    );
  }
  return (
    <>
      <Header />
      <main className={styles["page"]}>
        <h1 className={styles["title"]}>{t("files.title")}</h1>
        <nav className={styles["areas"]} aria-label={t("files.areas")}>
          {AREAS.map((one) => (
            <span key={one.id} className={styles["area"]} data-current={one.id === area || undefined}>
              <Link to={one.to}>{t(one.text)}</Link>
            </span>
          ))}
        </nav>
        <section
          className={styles["content"]}
          aria-label={t((AREAS.find((one) => one.id === area) ?? AREAS[0]).text)}
        >
          {!files ? (
            <Skeleton lines={5} />
          ) : area === "pushes" ? (
            id ? (
              <PushPage key={id} files={files} id={id} />
            ) : (
              <Pushes files={files} />
            )
          ) : area === "received" ? (
            <Received files={files} />
          ) : area === "file" && id ? (
            <FilePage key={id} files={files} id={id} />
          ) : (
            <FileList files={files} />
          )}
        </section>
      </main>
    </>
  );
}

function Received({ files }: { files: Files }) {
  const { t } = useTranslation();
  const inbox = useInbox(files)!;
  if (inbox.arrivals.length === 0) {
    return (
      <Empty>
        <InboxIcon size={28} aria-hidden="true" />
        <strong>{t("files.receivedEmpty")}</strong>
        <span>{t("files.receivedText")}</span>
      </Empty>
    );
  }
  return (
    <ul className={styles["rows"]}>
      {inbox.arrivals.map((arrival) => (
        <li key={arrival.pushId}>
          <ArrivalRow inbox={inbox} arrival={arrival} />
        </li>
      ))}
    </ul>
  );
}
