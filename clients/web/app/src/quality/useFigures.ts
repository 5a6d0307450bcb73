import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { localeOf } from "../i18n";

export interface Figures {
  percent: (ratio: number) => string;
  millis: (value: number | undefined) => string;
  rate: (bps: number) => string;
}

/** Numbers as the person's language writes them. */
export function useFigures(): Figures {
  const { t, i18n } = useTranslation();
  return useMemo(() => {
    const locale = localeOf(i18n.language);
    const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 });
    const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
    const fine = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
    return {
      percent: (ratio) => percent.format(ratio),
      millis: (value) =>
        value === undefined ? t("quality.unknown") : t("quality.millis", { value: whole.format(value) }),
      rate: (bps) => (bps >= 1e6 ? `${fine.format(bps / 1e6)} Mbit/s` : `${whole.format(bps / 1e3)} kbit/s`),
    };
  }, [t, i18n.language]);
}
