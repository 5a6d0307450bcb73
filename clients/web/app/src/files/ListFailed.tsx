import { Button, Empty } from "@parley/ui";
import { useTranslation } from "react-i18next";
import { explain } from "../system/errors";

/** A list could not be read: why, the reference to report, and trying again. */
export function ListFailed(props: { said: string; failure: unknown; onAgain: () => void }) {
  const { t } = useTranslation();
  const { text, reference } = explain(t, props.failure);
  return (
    <Empty role="alert">
      <span>
        {props.said} {text}
        {reference ? ` ${t("app.reference")}: ${reference}` : ""}
      </span>
      <Button onPress={props.onAgain}>{t("app.tryAgain")}</Button>
    </Empty>
  );
}
