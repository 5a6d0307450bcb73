import type { WebhookAttempt, WebhookDelivery, WebhookRecord, Webhooks } from "@parley/client";
import { Button, Dialog, Skeleton } from "@parley/ui";
import { CircleAlert, CircleCheck, CircleSlash, Clock } from "lucide-react";
import { useCallback, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "../files/files.module.css";
import { ListFailed } from "../files/ListFailed";
import { localeOf } from "../i18n";
import { toasts } from "../shell/toasts";
import { explain } from "../system/errors";
import hooks from "./webhooks.module.css";
import { eventOf } from "./words";

/** Nothing tells a page that a delivery came further: it asks, while one is on its way. */
const LOOK_MILLIS = 3_000;

interface DeliveriesProps {
  webhooks: Webhooks;
  hook: WebhookRecord;
  /** Rises when something more was told. */
  told: number;
  /** What was on its way is not any more: the webhook itself may be different. */
  onSettled: () => void;
}

/** What a webhook was told, with what its server answered, and telling it again. */
export function Deliveries({ webhooks, hook, told, onSettled }: DeliveriesProps) {
  const { t } = useTranslation();
  const { id } = hook;
  const [list, setList] = useState<readonly WebhookDelivery[]>();
  const [next, setNext] = useState<string>();
  const [failure, setFailure] = useState<unknown>();
  const [open, setOpen] = useState<string>();
  const pending = list?.some(({ state }) => state === "pending") ?? false;
  const waited = useRef(false);

  const load = useCallback(() => {
    webhooks.deliveries(id).then((page) => {
      setFailure(undefined);
      setList((before = []) => {
        // Those further back that were shown stay.
        const first = new Set(page.list.map((one) => one.id));
        return [...page.list, ...before.slice(page.list.length).filter((one) => !first.has(one.id))];
      });
      setNext((before) => before ?? page.next);
    }, setFailure);
  }, [webhooks, id]);
  useEffect(load, [load, told]);
  useEffect(() => {
    if (waited.current && !pending) onSettled();
    waited.current = pending;
    if (!pending) return;
    const timer = setInterval(() => document.visibilityState === "visible" && load(), LOOK_MILLIS);
    return () => clearInterval(timer);
  }, [load, onSettled, pending]);

  const more = () =>
    webhooks.deliveries(id, next).then(
      (page) => {
        setList((before = []) => [...before, ...page.list]);
        setNext(page.next);
      },
      (error: unknown) => toasts.show(explain(t, error).text, "danger"),
    );
  const replay = (delivery: WebhookDelivery) => {
    setOpen(undefined);
    webhooks.replay(id, delivery.id).then(
      (again) => {
        toasts.show(t("webhooks.replayed"));
        setList((before) => before?.map((one) => (one.id === again.id ? again : one)));
      },
      (error: unknown) => toasts.show(explain(t, error).text, "danger"),
    );
  };
  const opened = list?.find((one) => one.id === open);
  return (
    <section className={styles["content"]} aria-labelledby="deliveries">
      <div>
        <h3 id="deliveries">{t("webhooks.deliveries")}</h3>
        <p className={styles["soft"]}>{t("webhooks.deliveriesText")}</p>
      </div>
      {failure && !list ? (
        <ListFailed said={t("webhooks.deliveriesFailed")} failure={failure} onAgain={load} />
      ) : !list ? (
        <Skeleton lines={3} />
      ) : list.length === 0 ? (
        <p className={styles["soft"]}>{t("webhooks.noDeliveries")}</p>
      ) : (
        <ul className={styles["rows"]} aria-label={t("webhooks.deliveries")}>
          {list.map((delivery) => (
            <li key={delivery.id} data-state={delivery.state}>
              <Row
                delivery={delivery}
                mayReplay={hook.status === "active"}
                onOpen={() => setOpen(delivery.id)}
                onReplay={() => replay(delivery)}
              />
            </li>
          ))}
        </ul>
      )}
      {next ? (
        <span>
          <Button variant="quiet" onPress={() => void more()}>
            {t("webhooks.more")}
          </Button>
        </span>
      ) : null}
      {opened ? (
        <DetailsDialog webhooks={webhooks} hook={id} delivery={opened} onClose={() => setOpen(undefined)} />
      ) : null}
    </section>
  );
}

function useTimes() {
  const { i18n } = useTranslation();
  return (time: string) =>
    new Date(time).toLocaleString(localeOf(i18n.language), { dateStyle: "short", timeStyle: "medium" });
}

function Row(props: {
  delivery: WebhookDelivery;
  mayReplay: boolean;
  onOpen: () => void;
  onReplay: () => void;
}) {
  const { t } = useTranslation();
  const at = useTimes();
  const { delivery, mayReplay, onOpen, onReplay } = props;
  const { state, attempts, next_attempt_at, meeting_id } = delivery;
  const event = eventOf(t, delivery.event);
  const time = at(delivery.created_at);
  const Icon = { pending: Clock, delivered: CircleCheck, failed: CircleAlert, skipped: CircleSlash }[state];
  const last = delivery.last_attempts?.at(-1);
  const said = [
    time,
    t(`webhooks.state.${state}`),
    ...(attempts > 0 ? [t("webhooks.tries", { count: attempts })] : []),
    ...(state === "pending" && attempts > 0 && next_attempt_at
      ? [t("webhooks.next", { time: at(next_attempt_at) })]
      : []),
    ...(meeting_id ? [meeting_id] : []),
  ];
  return (
    <>
      <span className={styles["row"]} data-state={state === "delivered" ? "done" : state}>
        <Icon size={20} aria-hidden="true" />
        <span className={styles["what"]}>
          <span className={styles["name"]}>{event}</span>
          <small>{said.join(" · ")}</small>
          {last ? (
            <small data-bad={last.error !== undefined || undefined}>
              <Answer of={last} />
            </small>
          ) : null}
        </span>
      </span>
      <span className={styles["acts"]}>
        <Button variant="quiet" aria-label={t("webhooks.detailsNamed", { event, time })} onPress={onOpen}>
          {t("webhooks.details")}
        </Button>
        {state === "pending" ? null : (
          <Button
            variant="quiet"
            isDisabled={!mayReplay}
            aria-label={t("webhooks.replayNamed", { event, time })}
            onPress={onReplay}
          >
            {t("webhooks.replay")}
          </Button>
        )}
      </span>
    </>
  );
}

/** What the server answered to one try. */
function Answer({ of: { status, error, took_ms } }: { of: WebhookAttempt }) {
  const { t } = useTranslation();
  return error
    ? t(`webhooks.error.${error}`, { status: status ?? "–" })
    : t("webhooks.answered", { status, millis: took_ms });
}

function DetailsDialog(props: {
  webhooks: Webhooks;
  hook: string;
  delivery: WebhookDelivery;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const at = useTimes();
  const { webhooks, hook, delivery, onClose } = props;
  const { id, last_attempts = [] } = delivery;
  const [payload, setPayload] = useState<string>();
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let gone = false;
    webhooks.delivery(hook, id).then(
      (whole) => !gone && setPayload(JSON.stringify(whole.payload, null, 2)),
      () => !gone && setFailed(true),
    );
    return () => void (gone = true);
  }, [webhooks, hook, id]);
  return (
    <Dialog
      title={`${eventOf(t, delivery.event)}: ${t(`webhooks.state.${delivery.state}`)}`}
      closeLabel={t("app.close")}
      isOpen
      onClose={onClose}
    >
      <div className={styles["form"]}>
        {last_attempts.length > 0 ? (
          <section aria-labelledby="attempts">
            <h3 id="attempts" className={hooks["part"]}>
              {t("webhooks.attempts")}
            </h3>
            <ol className={hooks["attempts"]}>
              {last_attempts.map((attempt) => (
                <li key={attempt.at}>
                  {at(attempt.at)}: <Answer of={attempt} />
                </li>
              ))}
            </ol>
          </section>
        ) : null}
        <section aria-labelledby="payload">
          <h3 id="payload" className={hooks["part"]}>
            {t("webhooks.payload")}
          </h3>
          {failed ? (
            <p className={styles["soft"]}>{t("webhooks.payloadFailed")}</p>
          ) : payload === undefined ? (
            <Skeleton lines={4} />
          ) : (
            <pre className={hooks["payload"]} tabIndex={0}>
              {payload}
            </pre>
          )}
        </section>
      </div>
    </Dialog>
  );
}
