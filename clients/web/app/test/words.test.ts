import { describe, expect, it } from "vitest";
import { mentionAt, mentionedIn, piecesOf } from "../src/chat/words";

describe("a message's text", () => {
  const links = (text: string) =>
    piecesOf(text)
      .filter(({ kind }) => kind === "link")
      .map(({ href }) => href);

  it("has links that go to the web and nowhere else", () => {
    expect(links("see https://example.org/a?b=1#c and http://localhost:8800")).toEqual([
      "https://example.org/a?b=1#c",
      "http://localhost:8800/",
    ]);
    expect(links("javascript:alert(1) data:text/html,x file:///etc/passwd ftp://x.y")).toEqual([]);
    expect(links('https://x.y/"onmouseover=alert(1)')).toEqual(["https://x.y/"]);
  });

  it("leaves the end of a sentence out of a link", () => {
    expect(links("(https://example.org/a_(b)). 看https://example.org/路径。")).toEqual([
      "https://example.org/a_(b)",
      "https://example.org/%E8%B7%AF%E5%BE%84",
    ]);
  });

  it("loses nothing", () => {
    const text = "hi @Ana Silva, https://x.org/y! @Ana <b>bold</b>";
    expect(
      piecesOf(text, ["Ana", "Ana Silva"])
        .map((piece) => piece.text)
        .join(""),
    ).toBe(text);
  });

  it("shows whom it mentions, the longer name first", () => {
    const mentions = piecesOf("@Ana Silva and @Ana", ["Ana", "Ana Silva"]).filter(
      ({ kind }) => kind === "mention",
    );
    expect(mentions.map(({ text }) => text)).toEqual(["@Ana Silva", "@Ana"]);
    const people = new Map([
      ["u_1", "Ana"],
      ["u_2", "Bo"],
    ]);
    expect(mentionedIn("hello @Bo", people)).toEqual(["u_2"]);
  });

  it("asks whom to mention where an @ begins a word", () => {
    expect(mentionAt("hi @an", 6)).toEqual({ from: 3, typed: "an" });
    expect(mentionAt("@", 1)).toEqual({ from: 0, typed: "" });
    expect(mentionAt("me@example", 10)).toBeUndefined();
    expect(mentionAt("hi @an there", 12)).toBeUndefined();
  });
});
