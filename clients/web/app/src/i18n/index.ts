import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { preferences } from "../system/preferences";
import { en } from "./en";

export type Language = "en" | "zh";
export const LANGUAGES: readonly { id: Language; label: string }[] = [
  { id: "en", label: "English" },
  { id: "zh", label: "简体中文" },
];

/** Texts of screens that few people open: loaded with the screen, in the language it is shown in. */
export type Texts = Record<Language, () => Promise<object>>;
const parts = new Set<Texts>();
const loaded = new Set<() => Promise<object>>();

export async function addTexts(texts: Texts): Promise<void> {
  parts.add(texts);
  await load(texts, "en");
  await load(texts, i18next.language as Language);
}

async function load(texts: Texts, language: Language): Promise<void> {
  if (loaded.has(texts[language])) return;
  loaded.add(texts[language]);
  i18next.addResourceBundle(language, "translation", await texts[language](), true);
}

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
  await Promise.all([...parts].map((texts) => load(texts, language)));
  await i18next.changeLanguage(language);
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
}

/** BCP 47 name for dates and numbers. */
export const localeOf = (language: string): string => (language === "zh" ? "zh-CN" : "en");
