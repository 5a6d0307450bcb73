import type { WebhookRecord, Webhooks } from "@parley/client";
import { Button, Dialog, Notice, Skeleton } from "@parley/ui";
import { ArrowLeft, CircleAlert, KeyRound, Pencil, Send, Trash2 } from "lucide-react";
import { useCallback, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "../files/files.module.css";
import { ListFailed } from "../files/ListFailed";
import { localeOf } from "../i18n";
import { navigate } from "../shell/router";
import { toasts } from "../shell/toasts";
import { explain } from "../system/errors";
import { Deliveries } from "./Deliveries";
import { SecretDialog } from "./SecretDialog";
import { WebhookDialog } from "./WebhookDialog";
import hooks from "./webhooks.module.css";
import { Standing, wordsOf } from "./words";

/** One webhook: what it hears of, whether that arrives, and what can be done with it. */
export function WebhookPage({ webhooks, id }: { webhooks: Webhooks; id: string }) {
  const { t, i18n } = useTranslation();
  const [hook, setHook] = useState<WebhookRecord>();
  const [failure, setFailure] = useState<unknown>();
  const [dialog, setDialog] = useState<"edit" | "rotate" | "delete">();
  const [fresh, setFresh] = useState<{ secret: string; previous_until: string }>();
  const [told, setTold] = useState(0);
  const load = useCallback(() => {
    setFailure(undefined);
    webhooks.get(id).then(setHook, setFailure);
  }, [webhooks, id]);
  useEffect(load, [load]);

  if (failure) return <ListFailed said={t("webhooks.oneFailed")} failure={failure} onAgain={load} />;
  if (!hook) return <Skeleton lines={5} />;
  const attempt = (act: Promise<unknown>, done: string) => {
    setDialog(undefined);
    act.then(
      () => toasts.show(done),
      (error: unknown) => toasts.show(explain(t, error).text, "danger"),
    );
  };
  const active = hook.status === "active";
  const turn = () =>
    attempt(
      webhooks.change(id, { status: active ? "disabled" : "active" }).then(setHook),
      t(active ? "webhooks.disabledDone" : "webhooks.enabledDone"),
    );
  const test = () =>
    attempt(
      webhooks.test(id).then(() => setTold((count) => count + 1)),
      t("webhooks.tested"),
    );
  const icon = { size: 16, "aria-hidden": true } as const;
  const since =
    hook.failing_since &&
    new Date(hook.failing_since).toLocaleString(localeOf(i18n.language), {
      dateStyle: "medium",
      timeStyle: "short",
    });
  return (
    <div className={styles["list"]}>
      <Button
        variant="quiet"
        icon={<ArrowLeft size={18} aria-hidden="true" />}
        onPress={() => navigate("/webhooks")}
      >
        {t("webhooks.back")}
      </Button>
      <div className={styles["head"]}>
        <div className={styles["what"]}>
          <h2 className={styles["heading"]}>{hook.description || hook.url}</h2>
          {hook.description ? <span className={styles["note"]}>{hook.url}</span> : null}
          <small>{wordsOf(t, hook)}</small>
        </div>
        <Standing hook={hook} />
      </div>
      {hook.disabled_reason || since ? (
        <Notice
          tone={hook.disabled_reason === "owner" ? "info" : "danger"}
          icon={<CircleAlert size={18} aria-hidden="true" />}
        >
          {hook.disabled_reason ? t(`webhooks.why.${hook.disabled_reason}`) : null}{" "}
          {since ? t("webhooks.failing", { time: since }) : null}
        </Notice>
      ) : null}
      <div className={hooks["acts"]}>
        <Button
          variant={active ? "primary" : "secondary"}
          isDisabled={!active}
          icon={<Send {...icon} />}
          onPress={test}
        >
          {t("webhooks.test")}
        </Button>
        <Button variant={active ? "secondary" : "primary"} onPress={turn}>
          {t(active ? "webhooks.disable" : "webhooks.enable")}
        </Button>
        <Button icon={<Pencil {...icon} />} onPress={() => setDialog("edit")}>
          {t("webhooks.edit")}
        </Button>
        <Button icon={<KeyRound {...icon} />} onPress={() => setDialog("rotate")}>
          {t("webhooks.rotate")}
        </Button>
        <Button variant="quiet" icon={<Trash2 {...icon} />} onPress={() => setDialog("delete")}>
          {t("webhooks.delete")}
        </Button>
      </div>
      <Deliveries webhooks={webhooks} hook={hook} told={told} onSettled={load} />
      {dialog === "edit" ? (
        <WebhookDialog
          hook={hook}
          onSave={async ({ url, events, description = "" }) => {
            setHook(await webhooks.change(id, { url, events, description }));
            setDialog(undefined);
            toasts.show(t("webhooks.saved"));
          }}
          onClose={() => setDialog(undefined)}
        />
      ) : null}
      {dialog === "rotate" ? (
        <Asking
          title={t("webhooks.rotateTitle")}
          text={t("webhooks.rotateText")}
          yes={t("webhooks.rotateDo")}
          no={t("app.cancel")}
          onYes={() => {
            setDialog(undefined);
            webhooks
              .rotate(id)
              .then(setFresh, (error: unknown) => toasts.show(explain(t, error).text, "danger"));
          }}
          onClose={() => setDialog(undefined)}
        />
      ) : null}
      {dialog === "delete" ? (
        <Asking
          danger
          title={t("webhooks.deleteTitle")}
          text={t("webhooks.deleteText", { url: hook.url })}
          yes={t("webhooks.deleteDo")}
          no={t("webhooks.keep")}
          onYes={() =>
            attempt(
              webhooks.remove(id).then(() => navigate("/webhooks")),
              t("webhooks.deleted"),
            )
          }
          onClose={() => setDialog(undefined)}
        />
      ) : null}
      {fresh ? (
        <SecretDialog
          secret={fresh.secret}
          previousUntil={fresh.previous_until}
          onClose={() => setFresh(undefined)}
        />
      ) : null}
    </div>
  );
}

function Asking(props: {
  title: string;
  text: string;
  yes: string;
  no: string;
  danger?: boolean;
  onYes: () => void;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  return (
    <Dialog
      title={props.title}
      closeLabel={t("app.close")}
      isOpen
      onClose={props.onClose}
      actions={
        <>
          <Button onPress={props.onClose} autoFocus>
            {props.no}
          </Button>
          <Button variant={props.danger ? "danger" : "primary"} onPress={props.onYes}>
            {props.yes}
          </Button>
        </>
      }
    >
      <p>{props.text}</p>
    </Dialog>
  );
}
