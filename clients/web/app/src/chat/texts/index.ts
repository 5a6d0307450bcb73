import { loadFiles } from "../../files/texts";
import { addTexts, type Texts } from "../../i18n";

const texts: Texts = {
  en: async () => (await import("./en")).en,
  zh: async () => (await import("./zh")).zh,
};

/** Adds the texts of chats, in which there are files too. */
export const loadChat = async (): Promise<void> => void (await Promise.all([addTexts(texts), loadFiles()]));

/** Something of chats that is loaded when it is opened, with its texts. */
export async function withChat<T>(part: Promise<T>): Promise<T> {
  const [found] = await Promise.all([part, loadChat()]);
  return found;
}
