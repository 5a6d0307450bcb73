import { describe, expect, it } from "vitest";
import { excerpt, marked, wantedIn, type Piece } from "../src/search/marks";

const hits = (pieces: readonly Piece[]) => pieces.filter(({ hit }) => hit).map(({ text }) => text);

describe("what was looked for", () => {
  it("is beginnings of words, and pairs where words are written without spaces", () => {
    expect(wantedIn("Café 视频会议 10:30")).toEqual(["cafe", "视频", "频会", "会议", "10", "30"]);
    expect(wantedIn("meeting会")).toEqual(["meeting", "会"]);
    expect(wantedIn(" ... ")).toEqual([]);
  });

  it("is marked whatever its case, accents and width", () => {
    expect(hits(marked("Das CAFÉ öffnet", "cafe"))).toEqual(["CAFÉ"]);
    expect(hits(marked("Das cafe\u0301 öffnet", "café"))).toEqual(["cafe\u0301"]);
    expect(hits(marked("ＦＵＬＬ width", "full"))).toEqual(["ＦＵＬＬ"]);
    expect(hits(marked("ﬁle", "file"))).toEqual(["ﬁle"]);
  });

  it("is marked at the beginning of words, and anywhere in what has no spaces", () => {
    expect(hits(marked("an ant wants", "an"))).toEqual(["an", "an"]);
    expect(hits(marked("明天的视频会议改期", "视频会议"))).toEqual(["视频会议"]);
    expect(hits(marked("会议meeting", "meet"))).toEqual(["meet"]);
    expect(hits(marked("ガギグ", "カ"))).toEqual([]);
  });

  it("loses nothing of the text", () => {
    const letters = [
      "a",
      "É",
      "e\u0301",
      "会",
      "議",
      "ガ",
      "한",
      " ",
      "\n",
      "9",
      "😀",
      "ß",
      "ﬁ",
      "ｗ",
      "<b>",
    ];
    let seed = 11;
    const next = (below: number) => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) % below;
    for (let i = 0; i < 3_000; i++) {
      const text = Array.from({ length: next(14) }, () => letters[next(letters.length)]).join("");
      const question = Array.from({ length: next(4) }, () => letters[next(letters.length)]).join("");
      expect(
        marked(text, question)
          .map((piece) => piece.text)
          .join(""),
      ).toBe(text);
    }
  });

  it("is in the part of a long text that is shown", () => {
    const long = `${"before ".repeat(60)}the needle is here ${"after ".repeat(60)}`;
    const pieces = excerpt(long, "needle");
    expect(hits(pieces)).toEqual(["needle"]);
    const shown = pieces.map(({ text }) => text).join("");
    expect(shown.length).toBeLessThan(200);
    expect(shown).toMatch(/^….*…$/);
    expect(excerpt("short\n one", "one").map(({ text }) => text)).toEqual(["short ", "one"]);
  });
});
