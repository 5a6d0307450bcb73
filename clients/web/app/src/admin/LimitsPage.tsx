import { asParleyError, type LimitRecord } from "@parley/client";
import { Button, TextField } from "@parley/ui";
import { useCallback, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { toasts } from "../shell/toasts";
import { explain } from "../system/errors";
import { parley } from "../system/parley";
import styles from "./admin.module.css";
import { Shown } from "./List";
import { useLoaded } from "./useLoaded";

/** How much the system allows; what is changed here holds for everybody within seconds. */
export function LimitsPage() {
  const { t } = useTranslation();
  const limits = useLoaded(useCallback(async () => (await parley.admin()).limits(), []));
  return (
    <>
      <p className={styles["note"]}>{t("admin.limitsText")}</p>
      <Shown loaded={limits}>
        {(list) => (
          <ul className={styles["rows"]}>
            {list.map((limit) => (
              <LimitRow key={`${limit.name} ${limit.value}`} limit={limit} onChanged={limits.reload} />
            ))}
          </ul>
        )}
      </Shown>
    </>
  );
}

function LimitRow({ limit, onChanged }: { limit: LimitRecord; onChanged: () => void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(String(limit.value));
  const [busy, setBusy] = useState(false);
  const name = t(`admin.limit.${limit.name}`, { defaultValue: limit.name });
  const value = Number(typed);
  const fits = /^[0-9]+$/.test(typed.trim()) && value >= limit.least && value <= limit.most;
  const change = async (to: number | null) => {
    setBusy(true);
    try {
      await (await parley.admin()).changeLimits({ [limit.name]: to });
      toasts.show(t("admin.limitDone", { name }));
      onChanged();
    } catch (error) {
      toasts.show(explain(t, asParleyError(error)).text, "danger");
    }
    setBusy(false);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (fits && value !== limit.value) void change(value);
  };
  const range = t("admin.limitRange", { least: limit.least, most: limit.most, usual: limit.usual });
  return (
    <li className={styles["limit"]}>
      <form onSubmit={submit}>
        <TextField
          label={
            limit.seconds === undefined
              ? name
              : `${name} (${t("admin.limitEvery", { count: limit.seconds })})`
          }
          hint={range}
          error={fits ? undefined : range}
          inputMode="numeric"
          value={typed}
          onChange={setTyped}
          maxLength={6}
          autoComplete="off"
        />
        <Button type="submit" busy={busy} isDisabled={!fits || value === limit.value}>
          {t("admin.limitSave")}
        </Button>
        {limit.value === limit.usual ? null : (
          <Button variant="quiet" busy={busy} onPress={() => void change(null)}>
            {t("admin.limitUsual")}
          </Button>
        )}
      </form>
    </li>
  );
}
