import { describe, expect, it } from "vitest";
import { en } from "../src/i18n/en";
import { zh } from "../src/i18n/zh";
import { en as accountEn } from "../src/account/texts/en";
import { zh as accountZh } from "../src/account/texts/zh";
import { en as chatEn } from "../src/chat/texts/en";
import { zh as chatZh } from "../src/chat/texts/zh";
import { en as filesEn } from "../src/files/texts/en";
import { zh as filesZh } from "../src/files/texts/zh";
import { en as notificationsEn } from "../src/notifications/texts/en";
import { zh as notificationsZh } from "../src/notifications/texts/zh";
import { en as qualityEn } from "../src/quality/texts/en";
import { zh as qualityZh } from "../src/quality/texts/zh";
import { en as searchEn } from "../src/search/texts/en";
import { zh as searchZh } from "../src/search/texts/zh";
import { en as webhooksEn } from "../src/webhooks/texts/en";
import { zh as webhooksZh } from "../src/webhooks/texts/zh";
import { adminEn, adminZh } from "../src/admin/texts";
import { moreEn } from "../src/i18n/more.en";
import { moreZh } from "../src/i18n/more.zh";

const flat = (texts: object, path = ""): [string, string][] =>
  Object.entries(texts).flatMap(([key, value]) =>
    typeof value === "string" ? [[path + key, value]] : flat(value as object, `${path}${key}.`),
  );

describe.each([
  ["texts", en, zh],
  ["texts of the administration", adminEn, adminZh],
  ["texts of the account's screens", accountEn, accountZh],
  ["texts of chats", chatEn, chatZh],
  ["texts of files", filesEn, filesZh],
  ["texts of notifications", notificationsEn, notificationsZh],
  ["texts of how connections did", qualityEn, qualityZh],
  ["texts of search", searchEn, searchZh],
  ["texts of webhooks", webhooksEn, webhooksZh],
  ["texts of what is opened later", moreEn, moreZh],
])("%s", (_name, one, other) => {
  const english = new Map(flat(one));
  const chinese = new Map(flat(other));

  it("say the same things in both languages", () => {
    expect([...chinese.keys()]).toEqual([...english.keys()]);
  });

  it("use the same placeholders", () => {
    const placeholders = (text: string) => (text.match(/{{\w+}}/g) ?? []).sort();
    for (const [key, text] of english) {
      expect([key, placeholders(chinese.get(key)!)]).toEqual([key, placeholders(text)]);
    }
  });

  it("say in the longer name of a button what is read on it", () => {
    for (const texts of [english, chinese]) {
      for (const [key, name] of texts) {
        const read = key.endsWith("Named") ? texts.get(key.slice(0, -"Named".length)) : undefined;
        if (read)
          expect([key, name.toLowerCase()]).toEqual([key, expect.stringContaining(read.toLowerCase())]);
      }
    }
  });

  it("are calm: no exclamation marks, no empty words", () => {
    for (const [key, text] of [...english, ...chinese]) {
      expect([key, /[!！]/.test(text) || text.trim() === ""]).toEqual([key, false]);
    }
  });
});
