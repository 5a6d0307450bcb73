import { forgetUnsent } from "@parley/client";
import { Button, Dialog, TextField } from "@parley/ui";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { navigate } from "../shell/router";
import { toasts } from "../shell/toasts";
import { parley } from "../system/parley";
import { Failure } from "./Failure";
import { Section } from "./Section";
import styles from "./settings.module.css";
import { useAct } from "./useAct";

/** The end of the account, behind the password. */
export function DeleteSection() {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <Section id="delete" title={t("settings.delete")} text={t("settings.deleteText")}>
      <div className={styles["acts"]}>
        <Button variant="danger" onPress={() => setOpen(true)}>
          {t("settings.delete")}
        </Button>
      </div>
      {open ? <DeleteDialog onClose={() => setOpen(false)} /> : null}
    </Section>
  );
}

function DeleteDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [password, setPassword] = useState("");
  const { busy, failure, act } = useAct();

  const remove = (event: FormEvent) => {
    event.preventDefault();
    void act(async () => {
      await parley.account.deleteAccount(password);
      forgetUnsent();
      toasts.show(t("settings.deleted"));
      navigate("/", true);
    });
  };
  return (
    <Dialog title={t("settings.deleteTitle")} closeLabel={t("app.close")} isOpen onClose={onClose}>
      <form className={styles["form"]} onSubmit={remove}>
        <p>{t("settings.deleteText")}</p>
        <Failure of={failure} />
        <TextField
          label={t("settings.deleteConfirm")}
          type="password"
          value={password}
          onChange={setPassword}
          isRequired
          autoFocus
          autoComplete="current-password"
        />
        <Button type="submit" variant="danger" size="large" wide busy={busy} isDisabled={!password}>
          {t("settings.deleteDo")}
        </Button>
      </form>
    </Dialog>
  );
}
