import type { WebhookRecord, Webhooks } from "@parley/client";
import { Button, Empty, Skeleton } from "@parley/ui";
import { Plus, Webhook } from "lucide-react";
import { useCallback, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "../files/files.module.css";
import { ListFailed } from "../files/ListFailed";
import { Header } from "../shell/Header";
import { Message } from "../shell/NotFound";
import { Link, navigate } from "../shell/router";
import { useUser } from "../system/parley";
import { SecretDialog } from "./SecretDialog";
import { useWebhooks } from "./useWebhooks";
import { WebhookDialog } from "./WebhookDialog";
import { WebhookPage } from "./WebhookPage";
import { Standing, wordsOf } from "./words";

/** Somebody's webhooks, or one of them with what it was told. */
export default function WebhooksPage({ id }: { id: string | undefined }) {
  const { t } = useTranslation();
  const user = useUser();
  const webhooks = useWebhooks();
  useEffect(() => {
    document.title = `${t("webhooks.title")} · Parley`;
    return () => void (document.title = "Parley");
  }, [t]);
  if (!user) {
    return (
      <Message title={t("webhooks.signedOut")} text={t("webhooks.signedOutText")}>
        <Button variant="primary" onPress={() => navigate(`/sign-in?then=${location.pathname}`)}>
          {t("app.signIn")}
        </Button>
      </Message>
    );
  }
  return (
    <>
      <Header />
      <main className={styles["page"]}>
        <h1 className={styles["title"]}>{t("webhooks.title")}</h1>
        {!webhooks ? (
          <Skeleton lines={5} />
        ) : id ? (
          <WebhookPage key={id} webhooks={webhooks} id={id} />
        ) : (
          <All webhooks={webhooks} />
        )}
      </main>
    </>
  );
}

function All({ webhooks }: { webhooks: Webhooks }) {
  const { t } = useTranslation();
  const [list, setList] = useState<readonly WebhookRecord[]>();
  const [failure, setFailure] = useState<unknown>();
  const [adding, setAdding] = useState(false);
  const [made, setMade] = useState<WebhookRecord>();
  const load = useCallback(() => {
    setFailure(undefined);
    webhooks.list().then(setList, setFailure);
  }, [webhooks]);
  useEffect(load, [load]);
  return (
    <section className={styles["list"]} aria-label={t("webhooks.title")}>
      <div className={styles["head"]}>
        <p className={styles["soft"]}>{t("webhooks.text")}</p>
        <Button
          variant="primary"
          icon={<Plus size={18} aria-hidden="true" />}
          onPress={() => setAdding(true)}
        >
          {t("webhooks.add")}
        </Button>
      </div>
      {failure ? (
        <ListFailed said={t("webhooks.listFailed")} failure={failure} onAgain={load} />
      ) : !list ? (
        <Skeleton lines={3} />
      ) : list.length === 0 ? (
        <Empty>
          <Webhook size={28} aria-hidden="true" />
          <strong>{t("webhooks.empty")}</strong>
          <span>{t("webhooks.emptyText")}</span>
        </Empty>
      ) : (
        <ul className={styles["rows"]} aria-label={t("webhooks.title")}>
          {list.map((hook) => (
            <li key={hook.id}>
              <Link to={`/webhooks/${hook.id}`} className={styles["pushed"] ?? ""}>
                <span className={styles["name"]}>{hook.description || hook.url}</span>
                <small>{[...(hook.description ? [hook.url] : []), wordsOf(t, hook)].join(" · ")}</small>
              </Link>
              <Standing hook={hook} />
            </li>
          ))}
        </ul>
      )}
      {adding ? (
        <WebhookDialog
          onSave={async (draft) => {
            const hook = await webhooks.create(draft);
            setAdding(false);
            setMade(hook);
          }}
          onClose={() => setAdding(false)}
        />
      ) : null}
      {made?.secret ? (
        <SecretDialog secret={made.secret} onClose={() => navigate(`/webhooks/${made.id}`)} />
      ) : null}
    </section>
  );
}
