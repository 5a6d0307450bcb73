import { asParleyError, type WebhookDraft, type WebhookRecord } from "@parley/client";
import { Button, Dialog, Switch, TextField } from "@parley/ui";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { Failure } from "../account/Failure";
import { useAct } from "../account/useAct";
import styles from "../files/files.module.css";
import { useUser } from "../system/parley";
import { EVENTS, eventOf } from "./words";

const ALL = "*";
const LONGEST_ADDRESS = 1000;
const LONGEST_DESCRIPTION = 200;

interface WebhookDialogProps {
  /** The one to change; absent to make one. */
  hook?: WebhookRecord;
  onSave: (draft: WebhookDraft) => Promise<void>;
  onClose: () => void;
}

/** Where a webhook leads, and what it is told. */
export function WebhookDialog({ hook, onSave, onClose }: WebhookDialogProps) {
  const { t } = useTranslation();
  const isAdmin = useUser()?.role === "admin";
  const [url, setUrl] = useState(hook?.url ?? "");
  const [description, setDescription] = useState(hook?.description ?? "");
  const [events, setEvents] = useState<ReadonlySet<string>>(new Set(hook?.events ?? [ALL]));
  const [every, setEvery] = useState(false);
  const [tried, setTried] = useState(false);
  const { busy, failure, act } = useAct();
  const refusal = failure === undefined ? undefined : asParleyError(failure);
  const everything = events.has(ALL);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (url.trim() === "" || events.size === 0) return;
    void act(() =>
      onSave({
        url: url.trim(),
        events: everything ? [ALL] : [...events],
        description: description.trim(),
        ...(every && !hook ? { every_meeting: true } : {}),
      }),
    );
  };
  const choose = (type: string, wanted: boolean) => {
    const next = new Set(events);
    if (wanted) next.add(type);
    else next.delete(type);
    setEvents(next);
  };
  return (
    <Dialog
      title={t(hook ? "webhooks.edit" : "webhooks.add")}
      closeLabel={t("app.close")}
      isOpen
      onClose={onClose}
    >
      <form className={styles["form"]} onSubmit={submit} noValidate>
        <TextField
          label={t("webhooks.url")}
          hint={t("webhooks.urlHint")}
          type="url"
          placeholder="https://"
          value={url}
          onChange={setUrl}
          maxLength={LONGEST_ADDRESS}
          autoComplete="off"
          autoFocus
          error={
            tried && url.trim() === ""
              ? t("webhooks.urlMissing")
              : refusal?.code === "request.invalid"
                ? t("webhooks.urlWrong")
                : undefined
          }
        />
        <TextField
          label={t("webhooks.description")}
          value={description}
          onChange={setDescription}
          maxLength={LONGEST_DESCRIPTION}
          autoComplete="off"
        />
        <fieldset className={styles["devices"]}>
          <legend>{t("webhooks.events")}</legend>
          {[ALL, ...EVENTS].map((type) => (
            <label key={type}>
              <input
                type="checkbox"
                checked={type === ALL ? everything : everything || events.has(type)}
                disabled={type !== ALL && everything}
                onChange={({ target }) => choose(type, target.checked)}
              />
              <span>{type === ALL ? t("webhooks.all") : eventOf(t, type)}</span>
            </label>
          ))}
        </fieldset>
        {tried && events.size === 0 ? (
          <p className={styles["missing"]} role="alert">
            {t("webhooks.eventsMissing")}
          </p>
        ) : null}
        {isAdmin && !hook ? <Switch label={t("webhooks.every")} isOn={every} onChange={setEvery} /> : null}
        <Failure of={refusal?.code === "request.invalid" ? undefined : failure} />
        <Button type="submit" variant="primary" busy={busy} wide>
          {t(hook ? "webhooks.save" : "webhooks.create")}
        </Button>
      </form>
    </Dialog>
  );
}
