import { Button, Notice, TextField } from "@parley/ui";
import { CircleAlert } from "lucide-react";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { Header } from "../shell/Header";
import { Link, navigate } from "../shell/router";
import { explain } from "../system/errors";
import { parley } from "../system/parley";
import styles from "./account.module.css";

/** Signing in, and creating an account. */
export default function AccountPage({ mode }: { mode: "in" | "up" }) {
  const { t } = useTranslation();
  const then = new URLSearchParams(location.search).get("then");
  const [username, setUsername] = useState("");
  const [email, setEmail] = useState("");
  const [nickname, setNickname] = useState("");
  const [password, setPassword] = useState("");
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>();

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setFailure(undefined);
    try {
      if (mode === "up") {
        await parley.account.register({ username, email, password, ...(nickname ? { nickname } : {}) });
      }
      await parley.account.login(username, password);
      navigate(
        then === "new"
          ? "/?start=1"
          : then && /^\/(?:m\/|admin\b|chats\b|files\b|webhooks\b|notifications\b|account$)/.test(then)
            ? then
            : "/",
        true,
      );
    } catch (error) {
      setFailure(error);
      setBusy(false);
    }
  };

  const failed = failure ? explain(t, failure) : undefined;
  const suffix = then ? `?then=${encodeURIComponent(then)}` : "";
  return (
    <>
      <Header quiet />
      <main className={styles["page"]}>
        <form className={styles["card"]} onSubmit={(event) => void submit(event)} key={mode}>
          <div>
            <h1 className={styles["title"]}>
              {t(mode === "in" ? "account.signInTitle" : "account.signUpTitle")}
            </h1>
            {then === "new" ? <p className={styles["why"]}>{t("account.toStart")}</p> : null}
          </div>
          {failed ? (
            <Notice tone="danger" role="alert" icon={<CircleAlert size={18} aria-hidden="true" />}>
              {failed.text}
              {failed.reference ? ` ${t("app.reference")}: ${failed.reference}` : ""}
            </Notice>
          ) : null}
          <TextField
            label={t(mode === "in" ? "account.usernameOrEmail" : "account.username")}
            value={username}
            onChange={setUsername}
            isRequired
            autoFocus
            autoComplete="username"
            {...(mode === "up" ? { hint: t("account.usernameHint"), pattern: "[A-Za-z0-9_]{3,20}" } : {})}
          />
          {mode === "up" ? (
            <>
              <TextField
                label={t("account.email")}
                type="email"
                value={email}
                onChange={setEmail}
                isRequired
                autoComplete="email"
              />
              <TextField
                label={t("account.nickname")}
                value={nickname}
                onChange={setNickname}
                maxLength={50}
                autoComplete="name"
              />
            </>
          ) : null}
          <TextField
            label={t("account.password")}
            type="password"
            value={password}
            onChange={setPassword}
            isRequired
            minLength={mode === "up" ? 8 : 1}
            autoComplete={mode === "in" ? "current-password" : "new-password"}
            {...(mode === "up" ? { hint: t("account.passwordHint") } : {})}
          />
          {mode === "in" ? (
            <p className={styles["aside"]}>
              <Link to="/forgot-password">{t("account.forgot")}</Link>
            </p>
          ) : null}
          <Button type="submit" variant="primary" size="large" wide busy={busy}>
            {t(mode === "in" ? "app.signIn" : "app.signUp")}
          </Button>
          <p className={styles["other"]}>
            {t(mode === "in" ? "account.noAccount" : "account.haveAccount")}{" "}
            <Link to={(mode === "in" ? "/sign-up" : "/sign-in") + suffix}>
              {t(mode === "in" ? "app.signUp" : "app.signIn")}
            </Link>
          </p>
        </form>
      </main>
    </>
  );
}
