import type { AuditCheck, AuditEntry } from "@parley/client";
import { Button, Notice, TextField } from "@parley/ui";
import { Download, ShieldCheck, ShieldX } from "lucide-react";
import { useCallback, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { localeOf } from "../i18n";
import { toasts } from "../shell/toasts";
import { explain } from "../system/errors";
import { parley } from "../system/parley";
import styles from "./admin.module.css";
import { More, Row, Shown } from "./List";
import { useLoaded } from "./useLoaded";

const PAGE = 20;
const faultText = {
  missing: "admin.faultMissing",
  altered: "admin.faultAltered",
  unlinked: "admin.faultUnlinked",
  rewritten: "admin.faultRewritten",
  cut_off: "admin.faultCutOff",
};

/** What administrators, moderators and hosts did; whether the log holds; the log to take away. */
export function AuditPage() {
  const { t } = useTranslation();
  const [typed, setTyped] = useState({ act: "", who: "" });
  const [filter, setFilter] = useState(typed);
  const [count, setCount] = useState(PAGE);
  const load = useCallback(async () => {
    const admin = await parley.admin();
    const { act, who } = filter;
    const pageSize = Math.min(count, 100);
    const of = await admin.audit({ act, pageSize, ...(who ? { subject: who } : {}) });
    return who && of.total === 0 ? admin.audit({ act, pageSize, actor: who }) : of;
  }, [filter, count]);
  const entries = useLoaded(load);
  const search = (event: FormEvent) => {
    event.preventDefault();
    setFilter({ act: typed.act.trim(), who: typed.who.trim() });
    setCount(PAGE);
  };
  return (
    <>
      <Tools />
      <form className={styles["filter"]} role="search" onSubmit={search}>
        <TextField
          label={t("admin.filterAct")}
          placeholder="account.ban"
          value={typed.act}
          maxLength={100}
          onChange={(act) => setTyped({ ...typed, act })}
        />
        <TextField
          label={t("admin.filterWho")}
          value={typed.who}
          maxLength={100}
          onChange={(who) => setTyped({ ...typed, who })}
        />
        <Button type="submit">{t("admin.find")}</Button>
      </form>
      <Shown loaded={entries}>
        {(page) =>
          page.list.length === 0 ? (
            <p className={styles["empty"]}>{t("admin.noEntries")}</p>
          ) : (
            <>
              <ul className={styles["rows"]}>
                {page.list.map((entry) => (
                  <EntryRow key={entry.seq} entry={entry} />
                ))}
              </ul>
              <More
                shown={page.list.length}
                total={Math.min(page.total, 100)}
                onMore={() => setCount(count + PAGE)}
              />
            </>
          )
        }
      </Shown>
    </>
  );
}

function Tools() {
  const { t } = useTranslation();
  const [check, setCheck] = useState<AuditCheck>();
  const [busy, setBusy] = useState<"verify" | "export">();
  const during = async (what: "verify" | "export", work: () => Promise<void>) => {
    setBusy(what);
    try {
      await work();
    } catch (error) {
      toasts.show(explain(t, error).text, "danger");
    }
    setBusy(undefined);
  };
  const verify = () => during("verify", async () => setCheck(await (await parley.admin()).verifyAudit()));
  const take = () =>
    during("export", async () => {
      const text = await (await parley.admin()).exportAudit();
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([text], { type: "application/x-ndjson" }));
      link.download = `audit-${new Date().toISOString().slice(0, 10)}.ndjson`;
      link.click();
      URL.revokeObjectURL(link.href);
      toasts.show(t("admin.exportDone"));
    });
  return (
    <>
      <div className={styles["tools"]}>
        <Button busy={busy === "verify"} onPress={() => void verify()}>
          {t("admin.verify")}
        </Button>
        <Button
          busy={busy === "export"}
          icon={<Download size={16} aria-hidden="true" />}
          onPress={() => void take()}
        >
          {t("admin.export")}
        </Button>
      </div>
      <div role="status">
        {check === undefined ? null : check.fault ? (
          <Notice tone="danger" icon={<ShieldX size={18} aria-hidden="true" />}>
            {t("admin.verifyFault", { seq: check.fault.seq, kind: t(faultText[check.fault.kind]) })}
          </Notice>
        ) : (
          <Notice icon={<ShieldCheck size={18} aria-hidden="true" />}>
            {t("admin.verifyHolds", { count: check.until })}
          </Notice>
        )}
      </div>
    </>
  );
}

function EntryRow({ entry }: { entry: AuditEntry }) {
  const { t, i18n } = useTranslation();
  const failed = entry.outcome.startsWith("failed: ");
  const at = new Date(entry.at).toLocaleString(localeOf(i18n.language), {
    dateStyle: "short",
    timeStyle: "medium",
  });
  const who = entry.actor_id === "operator" ? t("admin.operator") : entry.actor_id;
  const names = [...new Set([...Object.keys(entry.before), ...Object.keys(entry.after)])].sort();
  return (
    <Row
      title={`${entry.seq} ${entry.act}`}
      badge={
        failed
          ? { text: t("admin.outcomeFailed", { why: entry.outcome.slice(8) }), tone: "danger" }
          : entry.outcome === "attempted"
            ? { text: t("admin.outcomeAttempted"), tone: "plain" }
            : undefined
      }
      lines={[
        `${at}, ${t("admin.by", { who })}, ${t("admin.from", { where: entry.source_ip })}`,
        t("admin.on", { what: entry.subject }),
        names
          .map((name) => {
            const [before, after] = [entry.before[name], entry.after[name] ?? "–"];
            return before === undefined
              ? t("admin.told", { name, value: after })
              : t("admin.changed", { name, before, after });
          })
          .join(", "),
      ]}
    />
  );
}
