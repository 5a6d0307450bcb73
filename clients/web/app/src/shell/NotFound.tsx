import { Button } from "@parley/ui";
import { useTranslation } from "react-i18next";
import { Header } from "./Header";
import styles from "./message.module.css";
import { navigate } from "./router";

export function NotFound() {
  const { t } = useTranslation();
  return (
    <Message title={t("app.notFoundTitle")} text={t("app.notFoundText")}>
      <Button variant="primary" onPress={() => navigate("/")}>
        {t("app.toHome")}
      </Button>
    </Message>
  );
}

/** A page that says one thing and offers what to do next. */
export function Message(props: {
  title: string;
  text: React.ReactNode;
  children?: React.ReactNode;
  picture?: React.ReactNode;
}) {
  return (
    <>
      <Header quiet />
      <main className={styles["message"]}>
        {props.picture}
        <h1 className={styles["title"]}>{props.title}</h1>
        <p className={styles["text"]}>{props.text}</p>
        <div className={styles["actions"]}>{props.children}</div>
      </main>
    </>
  );
}
