import type { Notifications, PhoneRecord } from "@parley/client";
import { Button, TextField } from "@parley/ui";
import { useEffect, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import files from "../files/files.module.css";
import { toasts } from "../shell/toasts";
import { explain } from "../system/errors";
import styles from "./notifications.module.css";

/** The number that text messages go to, and confirming it by the code that was sent there. */
export function Telephone({ notifications }: { notifications: Notifications }) {
  const { t } = useTranslation();
  const [phone, setPhone] = useState<PhoneRecord>();
  const [number, setNumber] = useState("");
  const [code, setCode] = useState("");
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    notifications.phone().then(setPhone, () => undefined);
  }, [notifications]);
  if (!phone) return null;

  const act = (done: Promise<PhoneRecord>) => {
    setBusy(true);
    done
      .then(
        (found) => {
          setPhone(found);
          setNumber("");
          setCode("");
        },
        (error: unknown) => toasts.show(explain(t, error).text, "danger"),
      )
      .finally(() => setBusy(false));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    act(phone.pending ? notifications.confirmPhone(code) : notifications.beginPhone(number));
  };
  const remove = () => act(notifications.removePhone().then(() => ({})));
  return (
    <section className={`${files["content"]} ${styles["apart"]}`} aria-labelledby="telephone">
      <div>
        <h2 id="telephone">{t("notifications.phone")}</h2>
        <p className={files["soft"]}>
          {phone.pending
            ? t("notifications.phonePending", { phone: phone.pending })
            : phone.phone
              ? t("notifications.phoneIs", { phone: phone.phone })
              : t("notifications.phoneNone")}
        </p>
      </div>
      {phone.phone && !phone.pending ? (
        <span>
          <Button onPress={remove} busy={busy}>
            {t("notifications.phoneRemove")}
          </Button>
        </span>
      ) : (
        <form className={styles["hours"]} onSubmit={submit}>
          {phone.pending ? (
            <TextField
              label={t("notifications.phoneCode")}
              value={code}
              onChange={setCode}
              inputMode="numeric"
              autoComplete="one-time-code"
              isRequired
            />
          ) : (
            <TextField
              label={t("notifications.phoneNumber")}
              hint={t("notifications.phoneHint")}
              type="tel"
              value={number}
              onChange={setNumber}
              autoComplete="tel"
              isRequired
            />
          )}
          <Button type="submit" busy={busy}>
            {t(phone.pending ? "notifications.phoneConfirm" : "notifications.phoneSend")}
          </Button>
          {phone.pending ? (
            <Button variant="quiet" onPress={remove}>
              {t("notifications.phoneOther")}
            </Button>
          ) : null}
        </form>
      )}
    </section>
  );
}
