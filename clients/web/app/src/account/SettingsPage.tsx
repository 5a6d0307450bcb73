import { Button } from "@parley/ui";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { withFiles } from "../files/texts";
import { Header } from "../shell/Header";
import { Message } from "../shell/NotFound";
import { Link, navigate } from "../shell/router";
import { useUser } from "../system/parley";
import { DeleteSection } from "./DeleteSection";
import { PasswordSection } from "./PasswordSection";
import { ProfileSection } from "./ProfileSection";
import { Section } from "./Section";
import { SessionsSection } from "./SessionsSection";
import styles from "./settings.module.css";

const DevicesSection = lazy(() => withFiles(import("../devices/DevicesSection")));

/** The signed-in person's profile, password, sessions and devices, and the end of the account. */
export default function SettingsPage() {
  const { t } = useTranslation();
  const user = useUser();
  if (!user) {
    return (
      <Message title={t("settings.signedOut")} text={t("settings.signedOutText")}>
        <Button variant="primary" onPress={() => navigate("/sign-in?then=/account")}>
          {t("app.signIn")}
        </Button>
      </Message>
    );
  }
  return (
    <>
      <Header />
      <main className={styles["page"]}>
        <h1 className={styles["title"]}>{t("settings.title")}</h1>
        <ProfileSection user={user} key={user.id} />
        <PasswordSection />
        <SessionsSection />
        <Suspense fallback={null}>
          <DevicesSection />
        </Suspense>
        <Section id="webhooks" title={t("settings.webhooks")} text={t("settings.webhooksText")}>
          <Link to="/webhooks">{t("settings.webhooksOpen")}</Link>
        </Section>
        <DeleteSection />
      </main>
    </>
  );
}
