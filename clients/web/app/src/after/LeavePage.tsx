import type { EndOfMeeting } from "@parley/client";
import { Button } from "@parley/ui";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { localeOf } from "../i18n";
import { loadMore } from "../i18n/more";
import { Message } from "../shell/NotFound";
import { navigate } from "../shell/router";
import { useUser } from "../system/parley";

/** What happened, how long it was, and the way back. */
export default function LeavePage(props: {
  code: string;
  end: EndOfMeeting;
  seconds: number;
  onRejoin: () => void;
}) {
  const { t, i18n } = useTranslation();
  const user = useUser();
  const [more, setMore] = useState(false);
  useEffect(() => {
    // Without its texts there is no way on from here; everything else is there.
    loadMore().then(
      () => setMore(true),
      () => undefined,
    );
  }, []);
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
      {user && more && reason !== "kicked" ? (
        <Button size="large" variant="quiet" onPress={() => navigate(`/quality/${props.code}`)}>
          {t("toQuality.link")}
        </Button>
      ) : null}
    </Message>
  );
}

function inWords(seconds: number, locale: string): string {
  const unit = seconds < 60 ? "second" : seconds < 3600 ? "minute" : "hour";
  const value = Math.max(1, Math.round(seconds / { second: 1, minute: 60, hour: 3600 }[unit]));
  return new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "long" }).format(value);
}
