import type { EndOfMeeting } from "@parley/client";
import { Button } from "@parley/ui";
import { useTranslation } from "react-i18next";
import { localeOf } from "../i18n";
import { Message } from "../shell/NotFound";
import { navigate } from "../shell/router";

/** What happened, how long it was, and the way back. */
export default function LeavePage(props: {
  code: string;
  end: EndOfMeeting;
  seconds: number;
  onRejoin: () => void;
}) {
  const { t, i18n } = useTranslation();
  const { reason, error } = props.end;
  const mayReturn = reason === "left" || reason === "failed" || reason === "replaced";
  const reference = reason === "failed" ? (error?.requestId ?? error?.code) : undefined;
  return (
    <Message
      title={t(`after.${reason}`)}
      text={
        <>
          {t(`after.${reason}Text`)}{" "}
          {t("after.duration", { duration: inWords(props.seconds, localeOf(i18n.language)) })}
          {reference ? ` ${t("app.reference")}: ${reference}` : ""}
        </>
      }
    >
      {mayReturn ? (
        <Button size="large" onPress={props.onRejoin}>
          {t("after.rejoin")}
        </Button>
      ) : null}
      <Button size="large" variant="primary" onPress={() => navigate("/")}>
        {t("after.toHome")}
      </Button>
    </Message>
  );
}

function inWords(seconds: number, locale: string): string {
  const unit = seconds < 60 ? "second" : seconds < 3600 ? "minute" : "hour";
  const value = Math.max(1, Math.round(seconds / { second: 1, minute: 60, hour: 3600 }[unit]));
  return new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "long" }).format(value);
}
