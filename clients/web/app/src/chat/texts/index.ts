import { addTexts, type Texts } from "../../i18n";

const texts: Texts = {
  en: async () => (await import("./en")).en,
  zh: async () => (await import("./zh")).zh,
};

/** Adds the texts of chats. */
export const loadChat = (): Promise<void> => addTexts(texts);

/** Something of chats that is loaded when it is opened, with its texts. */
export async function withChat<T>(part: Promise<T>): Promise<T> {
  const [found] = await Promise.all([part, loadChat()]);
  return found;
}
