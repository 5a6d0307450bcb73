import { Button } from "@parley/ui";
import i18next from "i18next";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Header } from "../shell/Header";
import { Message } from "../shell/NotFound";
import { Link, navigate } from "../shell/router";
import { useUser } from "../system/parley";
import styles from "./admin.module.css";
import { AuditPage } from "./AuditPage";
import { LimitsPage } from "./LimitsPage";
import { NodesPage } from "./NodesPage";
import { RoomsPage } from "./RoomsPage";
import { adminEn, adminZh } from "./texts";
import { UsersPage } from "./UsersPage";

i18next.addResourceBundle("en", "translation", adminEn, true);
i18next.addResourceBundle("zh", "translation", adminZh, true);

const AREAS = [
  { id: "users", text: "admin.users", forModerators: true, Page: UsersPage },
  { id: "meetings", text: "admin.meetings", forModerators: true, Page: RoomsPage },
  { id: "nodes", text: "admin.nodes", forModerators: false, Page: NodesPage },
  { id: "limits", text: "admin.limits", forModerators: false, Page: LimitsPage },
  { id: "audit", text: "admin.audit", forModerators: false, Page: AuditPage },
] as const;

/** On a phone not all areas are in sight. */
const intoView = (area: HTMLElement | null) => area?.scrollIntoView({ block: "nearest", inline: "center" });

/** Looking after the installation: what a person may not do is not shown. */
export default function AdminPage({ area }: { area: string }) {
  const { t } = useTranslation();
  const user = useUser();
  useEffect(() => {
    if (!user) navigate("/sign-in?then=/admin", true);
  }, [user]);
  if (!user) return null;

  const allowed = AREAS.filter(
    (one) => user.role === "admin" || (user.role === "moderator" && one.forModerators),
  );
  const shown = allowed.find((one) => one.id === area) ?? (area ? undefined : allowed[0]);
  if (!shown) {
    return (
      <Message title={t("admin.title")} text={t("admin.notYours")}>
        <Button variant="primary" onPress={() => navigate("/")}>
          {t("app.toHome")}
        </Button>
      </Message>
    );
  }
  return (
    <>
      <Header />
      <main className={styles["page"]}>
        <h1 className={styles["title"]}>{t("admin.title")}</h1>
        <nav className={styles["areas"]} aria-label={t("admin.title")}>
          {allowed.map((one) => (
            <span
              key={one.id}
              ref={one === shown ? intoView : null}
              className={styles["area"]}
              data-current={one === shown || undefined}
            >
              <Link to={`/admin/${one.id}`}>{t(one.text)}</Link>
            </span>
          ))}
        </nav>
        <section className={styles["content"]} aria-label={t(shown.text)}>
          <shown.Page />
        </section>
      </main>
    </>
  );
}
