import { useState } from "react";
import { useTranslation } from "react-i18next";
import { toasts } from "../shell/toasts";
import { explain } from "../system/errors";

export interface Attempts {
  /** Whether this is under way. */
  isBusy: (what: string) => boolean;
  /** Notes that something is under way until it is done, and says what went wrong. */
  attempt: (what: string, act: Promise<unknown>) => void;
}

/** What the buttons of a panel are doing. One that waits for its answer keeps none of the others from being pressed. */
export function useAttempt(): Attempts {
  const { t } = useTranslation();
  const [busy, setBusy] = useState<readonly string[]>([]);
  return {
    isBusy: (what) => busy.includes(what),
    attempt: (what, act) => {
      setBusy((before) => [...before, what]);
      act
        .catch((error: unknown) => toasts.show(explain(t, error).text, "danger"))
        .finally(() => setBusy((before) => before.filter((one) => one !== what)));
    },
  };
}
