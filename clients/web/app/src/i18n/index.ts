import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { preferences } from "../system/preferences";
import { en } from "./en";

export type Language = "en" | "zh";
export const LANGUAGES: readonly { id: Language; label: string }[] = [
  { id: "en", label: "English" },
  { id: "zh", label: "简体中文" },
];

export async function startLanguage(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: "en",
    fallbackLng: "en",
    resources: { en: { translation: en } },
    interpolation: { escapeValue: false },
    showSupportNotice: false,
  });
  const preferred = preferences.language ?? (navigator.language.startsWith("zh") ? "zh" : "en");
  await switchLanguage(preferred);
}

export async function switchLanguage(language: Language): Promise<void> {
  if (language === "zh" && !i18next.hasResourceBundle("zh", "translation")) {
    i18next.addResourceBundle("zh", "translation", (await import("./zh")).zh);
  }
  await i18next.changeLanguage(language);
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
}

/** BCP 47 name for dates and numbers. */
export const localeOf = (language: string): string => (language === "zh" ? "zh-CN" : "en");
