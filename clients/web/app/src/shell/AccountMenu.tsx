import { forgetUnsent } from "@parley/client";
import { Avatar, Menu } from "@parley/ui";
import { LogOut, ShieldCheck, UserRound } from "lucide-react";
import { Button } from "react-aria-components/Button";
import { useTranslation } from "react-i18next";
import { parley, useUser } from "../system/parley";
import { preferences } from "../system/preferences";
import styles from "./header.module.css";
import { navigate } from "./router";

async function signOut(): Promise<void> {
  forgetUnsent();
  if (preferences.all.browser) {
    const { leave } = await import("../notifications/browser");
    await leave().catch(() => undefined);
  }
  await parley.account.logout();
}

/** Who is signed in, and the way out. */
export default function AccountMenu({ name, picture }: { name: string; picture: string | undefined }) {
  const { t } = useTranslation();
  const role = useUser()?.role;
  const mayLookAfter = role === "admin" || role === "moderator";
  return (
    <Menu
      label={t("app.account")}
      actions={[
        ...(mayLookAfter
          ? [
              {
                id: "admin",
                label: t("app.admin"),
                icon: <ShieldCheck size={16} aria-hidden="true" />,
                onAction: () => navigate("/admin"),
              },
            ]
          : []),
        {
          id: "account",
          label: t("app.account"),
          icon: <UserRound size={16} aria-hidden="true" />,
          onAction: () => navigate("/account"),
        },
        {
          id: "out",
          label: t("app.signOut"),
          icon: <LogOut size={16} aria-hidden="true" />,
          onAction: () => void signOut().finally(() => navigate("/")),
        },
      ]}
    >
      <Button className={styles["person"] ?? ""} aria-label={`${t("app.account")}: ${name}`}>
        <Avatar name={name} picture={picture} />
      </Button>
    </Menu>
  );
}
