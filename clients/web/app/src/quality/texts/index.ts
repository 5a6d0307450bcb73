import { addTexts, type Texts } from "../../i18n";

const texts: Texts = {
  en: async () => (await import("./en")).en,
  zh: async () => (await import("./zh")).zh,
};

/** Something of connection quality that is loaded when it is opened, with its texts. */
export async function withQuality<T>(part: Promise<T>): Promise<T> {
  const [found] = await Promise.all([part, addTexts(texts)]);
  return found;
}
