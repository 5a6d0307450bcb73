import { Avatar, Button } from "@parley/ui";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { LANGUAGES, switchLanguage } from "../i18n";
import { useUser } from "../system/parley";
import { preferences } from "../system/preferences";
import styles from "./header.module.css";
import { Link, navigate } from "./router";

const ChatsLink = lazy(() => import("../chats/pages").then(({ chatsLink }) => chatsLink()));
const AccountMenu = lazy(() => import("./AccountMenu"));

export function Logo() {
  return (
    <svg className={styles["logo"]} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="9" fill="#3450d2" />
      <path
        d="M25.5 18.6c0 1.8-.9 3.4-2.3 4.3v3.3l-3.4-2.6h-3.3a5.2 5.2 0 0 1 0-10.4h3.8a5.2 5.2 0 0 1 5.2 5.4z"
        fill="#b3c0ff"
      />
      <path
        d="M6.5 12.3a5.6 5.6 0 0 1 5.6-5.6h4.1a5.6 5.6 0 0 1 0 11.2h-3.4L9 20.8v-3.9a5.6 5.6 0 0 1-2.5-4.6z"
        fill="#fff"
        stroke="#3450d2"
        strokeWidth="1.6"
        strokeLinejoin="round"
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
        {user && !quiet ? (
          <Suspense fallback={null}>
            <ChatsLink />
          </Suspense>
        ) : null}
        <LanguageSwitch />
        {user ? (
          <Suspense fallback={<Avatar name={name} picture={user.avatar} />}>
            <AccountMenu name={name} picture={user.avatar} />
          </Suspense>
        ) : quiet ? null : (
          <Button
            variant="quiet"
            onPress={() =>
              navigate(`/sign-in?then=${encodeURIComponent(location.pathname + location.search)}`)
            }
          >
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
