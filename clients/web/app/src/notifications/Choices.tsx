import type {
  KindPreference,
  NotificationChannel,
  NotificationPreferences,
  Notifications,
} from "@parley/client";
import { Button, Segments, Skeleton, Switch, TextField } from "@parley/ui";
import { ArrowLeft } from "lucide-react";
import { useCallback, useEffect, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import files from "../files/files.module.css";
import { ListFailed } from "../files/ListFailed";
import { LANGUAGES } from "../i18n";
import { navigate } from "../shell/router";
import { toasts } from "../shell/toasts";
import { explain } from "../system/errors";
import styles from "./notifications.module.css";
import { ThisBrowser } from "./ThisBrowser";

const CHANNELS: readonly NotificationChannel[] = ["in_app", "mail", "push", "sms"];
const NIGHT = { from: "22:00", until: "07:00" };

/** Which channels are on for which kind, when nobody is to be disturbed, and in which language mail is written. */
export function Choices({ notifications }: { notifications: Notifications | undefined }) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<NotificationPreferences>();
  const [failure, setFailure] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const load = useCallback(() => {
    notifications?.preferences().then((found) => {
      setFailure(undefined);
      setChosen(found);
    }, setFailure);
  }, [notifications]);
  useEffect(load, [load]);

  const save = (event: FormEvent) => {
    event.preventDefault();
    if (!notifications || !chosen) return;
    setBusy(true);
    notifications
      .choose(chosen)
      .then(
        (saved) => {
          setChosen(saved);
          toasts.show(t("notifications.saved"));
        },
        (error: unknown) => toasts.show(explain(t, error).text, "danger"),
      )
      .finally(() => setBusy(false));
  };
  const turn = (kind: KindPreference, channel: NotificationChannel, on: boolean) =>
    setChosen({
      ...chosen!,
      kinds: chosen!.kinds.map((one) =>
        one.kind === kind.kind
          ? {
              ...one,
              channels: CHANNELS.filter((each) => (each === channel ? on : one.channels.includes(each))),
            }
          : one,
      ),
    });

  const back = (
    <Button
      variant="quiet"
      icon={<ArrowLeft size={18} aria-hidden="true" />}
      onPress={() => navigate("/notifications")}
    >
      {t("notifications.title")}
    </Button>
  );
  if (failure && !chosen) {
    return <ListFailed said={t("notifications.choicesFailed")} failure={failure} onAgain={load} />;
  }
  if (!chosen) return <Skeleton lines={6} />;
  const { quiet_hours: quiet, ...awake } = chosen;
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <form className={files["content"]} onSubmit={save}>
      <div>{back}</div>
      <h1 className={files["title"]}>{t("notifications.choices")}</h1>
      {notifications ? <ThisBrowser notifications={notifications} /> : null}
      {chosen.kinds.map((one) => (
        <fieldset key={one.kind} className={styles["kind"]}>
          <legend>{t(`notifications.kinds.${one.kind}`)}</legend>
          {CHANNELS.filter((channel) => one.offered?.includes(channel)).map((channel) => (
            <label key={channel}>
              <input
                type="checkbox"
                checked={one.channels.includes(channel)}
                onChange={(event) => turn(one, channel, event.target.checked)}
              />
              {t(`notifications.channels.${channel}`)}
            </label>
          ))}
        </fieldset>
      ))}
      <Switch
        label={t("notifications.quiet")}
        hint={t("notifications.quietHint")}
        isOn={quiet !== undefined}
        onChange={(on) => setChosen(on ? { ...awake, quiet_hours: { ...NIGHT, time_zone: zone } } : awake)}
      />
      {quiet ? (
        <div className={styles["hours"]}>
          {(["from", "until"] as const).map((end) => (
            <TextField
              key={end}
              label={t(`notifications.${end}`)}
              type="time"
              value={quiet[end]}
              onChange={(time) => setChosen({ ...chosen, quiet_hours: { ...quiet, [end]: time } })}
              isRequired
            />
          ))}
          <small>{t("notifications.zone", { zone: quiet.time_zone })}</small>
        </div>
      ) : null}
      <Segments
        label={t("notifications.language")}
        choices={LANGUAGES}
        value={chosen.language as (typeof LANGUAGES)[number]["id"]}
        onChange={(language) => setChosen({ ...chosen, language })}
      />
      <div>
        <Button type="submit" variant="primary" busy={busy}>
          {t("notifications.save")}
        </Button>
      </div>
    </form>
  );
}
