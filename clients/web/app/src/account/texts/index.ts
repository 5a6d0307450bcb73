import { addTexts, type Texts } from "../../i18n";

export const accountTexts: Texts = {
  en: async () => (await import("./en")).en,
  zh: async () => (await import("./zh")).zh,
};

/** A page of this folder, with its words. */
export async function withTexts<T>(page: Promise<T>): Promise<T> {
  await addTexts(accountTexts);
  return page;
}
