import { asParleyError } from "@parley/client";
import type { TFunction } from "i18next";

/** Words for a failure, by its stable code, and the reference a person can report. */
export function explain(
  t: TFunction,
  thrown: unknown,
): { text: string; reference: string | undefined; code: string } {
  const error = asParleyError(thrown);
  const key = `errors.${error.code.replaceAll(".", "_")}`;
  const text = t(key, { defaultValue: t("errors.unknown") });
  const known = text !== t("errors.unknown");
  return { text, reference: known ? undefined : (error.requestId ?? error.code), code: error.code };
}
