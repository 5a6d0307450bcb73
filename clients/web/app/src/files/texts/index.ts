import { addTexts, type Texts } from "../../i18n";

const texts: Texts = {
  en: async () => (await import("./en")).en,
  zh: async () => (await import("./zh")).zh,
};

/** Adds the texts of files. */
export const loadFiles = (): Promise<void> => addTexts(texts);

/** Something of files that is loaded when it is opened, with its texts. */
export async function withFiles<T>(part: Promise<T>): Promise<T> {
  const [found] = await Promise.all([part, loadFiles()]);
  return found;
}
