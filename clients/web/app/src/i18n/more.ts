import { addTexts, type Texts } from ".";

const texts: Texts = {
  en: async () => (await import("./more.en")).moreEn,
  zh: async () => (await import("./more.zh")).moreZh,
};

/** Adds the texts of what is opened later. */
export const loadMore = (): Promise<void> => addTexts(texts);

/** A lazily loaded component with its texts. */
export const withMore = async <T>(component: Promise<T>): Promise<T> => {
  const [found] = await Promise.all([component, loadMore()]);
  return found;
};
