import { loadChat } from "../../chat/texts";
import { addTexts, type Texts } from "../../i18n";

const texts: Texts = {
  en: async () => (await import("./en")).en,
  zh: async () => (await import("./zh")).zh,
};

/** Something of search that is loaded when it is opened, with its texts and those of what it finds. */
export async function withSearch<T>(part: Promise<T>): Promise<T> {
  const [found] = await Promise.all([part, addTexts(texts), loadChat()]);
  return found;
}
