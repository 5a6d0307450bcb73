import { Button, Notice, TextField } from "@parley/ui";
import { MailCheck } from "lucide-react";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { Header } from "../shell/Header";
import { Link, navigate } from "../shell/router";
import { toasts } from "../shell/toasts";
import { parley } from "../system/parley";
import styles from "./account.module.css";
import { Failure } from "./Failure";
import { useAct } from "./useAct";

/** A forgotten password: the address first, then the code of the mail. The mail's link brings both, behind the #. */
export default function PasswordPage({ path }: { path: "/forgot-password" | "/reset-password" }) {
  const { t } = useTranslation();
  const given = new URLSearchParams(location.hash.slice(1));
  const [email, setEmail] = useState(given.get("email") ?? "");
  const [code, setCode] = useState(given.get("code") ?? "");
  const [password, setPassword] = useState("");
  const [sent, setSent] = useState(false);
  const { busy, failure, act } = useAct();
  const hasCode = sent || path === "/reset-password";

  const send = () =>
    act(async () => {
      await parley.account.forgotPassword(email);
      setSent(true);
    });
  const set = () =>
    act(async () => {
      await parley.account.resetPassword(email, code, password);
      toasts.show(t("password.done"));
      navigate("/sign-in", true);
    });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void (hasCode ? set() : send());
  };

  return (
    <>
      <Header quiet />
      <main className={styles["page"]}>
        <form className={styles["card"]} onSubmit={submit} key={String(hasCode)}>
          <div>
            <h1 className={styles["title"]}>{t(hasCode ? "password.resetTitle" : "password.forgotTitle")}</h1>
            {hasCode ? null : <p className={styles["why"]}>{t("password.forgotText")}</p>}
          </div>
          {sent && !failure ? (
            <div role="status">
              <Notice icon={<MailCheck size={18} aria-hidden="true" />}>
                {t("password.sent", { email })}
              </Notice>
            </div>
          ) : null}
          <Failure of={failure} />
          {sent ? null : (
            <TextField
              label={t("account.email")}
              type="email"
              value={email}
              onChange={setEmail}
              isRequired
              autoFocus={!email}
              autoComplete="email"
            />
          )}
          {hasCode ? (
            <>
              <TextField
                label={t("password.code")}
                hint={t("password.codeHint")}
                value={code}
                onChange={setCode}
                isRequired
                maxLength={32}
                autoFocus={sent}
                autoComplete="one-time-code"
                spellCheck="false"
              />
              <TextField
                label={t("password.newPassword")}
                hint={t("account.passwordHint")}
                type="password"
                value={password}
                onChange={setPassword}
                isRequired
                minLength={8}
                autoComplete="new-password"
              />
            </>
          ) : null}
          <Button type="submit" variant="primary" size="large" wide busy={busy}>
            {t(hasCode ? "password.set" : "password.send")}
          </Button>
          {hasCode ? (
            <Button variant="quiet" wide isDisabled={!email} onPress={() => void send()}>
              {t("password.again")}
            </Button>
          ) : null}
          <p className={styles["other"]}>
            {t("password.remembered")} <Link to="/sign-in">{t("app.signIn")}</Link>
          </p>
        </form>
      </main>
    </>
  );
}
