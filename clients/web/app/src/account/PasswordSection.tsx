import { Button, TextField } from "@parley/ui";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { toasts } from "../shell/toasts";
import { parley } from "../system/parley";
import { Failure } from "./Failure";
import { Section } from "./Section";
import styles from "./settings.module.css";
import { useAct } from "./useAct";

/** Changing the password, which signs out everywhere else. */
export function PasswordSection() {
  const { t } = useTranslation();
  const [present, setPresent] = useState("");
  const [next, setNext] = useState("");
  const { busy, failure, act } = useAct();

  const change = (event: FormEvent) => {
    event.preventDefault();
    void act(async () => {
      await parley.account.changePassword(present, next);
      setPresent("");
      setNext("");
      toasts.show(t("settings.passwordChanged"));
    });
  };
  return (
    <Section id="password" title={t("settings.passwordTitle")}>
      <form className={styles["form"]} onSubmit={change}>
        <Failure of={failure} />
        <TextField
          label={t("settings.oldPassword")}
          type="password"
          value={present}
          onChange={setPresent}
          isRequired
          autoComplete="current-password"
        />
        <TextField
          label={t("password.newPassword")}
          hint={t("account.passwordHint")}
          type="password"
          value={next}
          onChange={setNext}
          isRequired
          minLength={8}
          autoComplete="new-password"
        />
        <div className={styles["acts"]}>
          <Button type="submit" busy={busy}>
            {t("settings.changePassword")}
          </Button>
        </div>
      </form>
    </Section>
  );
}
