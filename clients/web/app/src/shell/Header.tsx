import { Avatar, Button } from "@parley/ui";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { LANGUAGES, switchLanguage } from "../i18n";
import { useUser } from "../system/parley";
import { preferences } from "../system/preferences";
import styles from "./header.module.css";
import { Link, navigate } from "./router";

const AccountMenu = lazy(() => import("./AccountMenu"));

export function Logo() {
  return (
    <svg className={styles["logo"]} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="9" fill="#3450d2" />
      <path d="M8 13.5A5.5 5.5 0 0 1 13.5 8h1a5.5 5.5 0 0 1 0 11H12l-4 3.5z" fill="#fff" />
      <path
        d="M24 17.5a5 5 0 0 0-3.6-4.8 7.6 7.6 0 0 1-5.6 8.3A5 5 0 0 0 19 22.5h1.8L24 25z"
        fill="#b9c5ff"
      />
    </svg>
  );
}

export function Header({ quiet }: { quiet?: boolean }) {
  const { t } = useTranslation();
  const user = useUser();
  const name = user?.nickname || user?.username || "";
  return (
    <header className={styles["header"]}>
      <Link to="/" className={styles["brand"] ?? ""}>
        <Logo />
        Parley
      </Link>
      <div className={styles["right"]}>
        <LanguageSwitch />
        {user ? (
          <Suspense fallback={<Avatar name={name} />}>
            <AccountMenu name={name} />
          </Suspense>
        ) : quiet ? null : (
          <Button variant="quiet" onPress={() => navigate("/sign-in")}>
            {t("app.signIn")}
          </Button>
        )}
      </div>
    </header>
  );
}

/** Two languages: the button is the name of the other one, in that language. */
function LanguageSwitch() {
  const { i18n } = useTranslation();
  const other = LANGUAGES.find(({ id }) => id !== i18n.language) ?? LANGUAGES[0]!;
  return (
    <span lang={other.id === "zh" ? "zh-CN" : "en"}>
      <Button
        variant="quiet"
        onPress={() => {
          preferences.remember({ language: other.id });
          void switchLanguage(other.id);
        }}
      >
        {other.label}
      </Button>
    </span>
  );
}
