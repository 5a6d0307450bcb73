import type { Message } from "@parley/client";

/** A piece of a message: plain text, a link, or somebody's name. */
export interface Piece {
  kind: "text" | "link" | "mention";
  text: string;
  /** Of a link: http or https, nothing else. */
  href?: string;
}

const LINK = /https?:\/\/[^\s<>"']+/giu;
/** What closes a sentence around a link is not the link's. */
const TRAILING = /[.,;:!?，。；：！？、）》」』”’]+$/u;

/** Cuts a text into pieces. Names are those of the people whom the message mentions. */
export function piecesOf(text: string, names: readonly string[] = []): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const found of text.matchAll(LINK)) {
    const link = trimmed(found[0]);
    const href = safe(link);
    if (!href) continue;
    pieces.push(...mentionsIn(text.slice(from, found.index), names));
    pieces.push({ kind: "link", text: link, href });
    from = found.index + link.length;
  }
  return [...pieces, ...mentionsIn(text.slice(from), names)];
}

/** Ids of those people whose name stands in the text behind an @. */
export function mentionedIn(text: string, people: ReadonlyMap<string, string>): string[] {
  return [...people].filter(([, name]) => text.includes(`@${name}`)).map(([id]) => id);
}

/** What is being typed behind an @ at the caret, if anything. */
export function mentionAt(text: string, caret: number): { from: number; typed: string } | undefined {
  const found = /(?:^|[\s(（，。])@([^\s@]{0,40})$/u.exec(text.slice(0, caret));
  return found ? { from: caret - found[1]!.length - 1, typed: found[1]! } : undefined;
}

function trimmed(link: string): string {
  let kept = link.replace(TRAILING, "");
  while (kept.endsWith(")") && count(kept, ")") > count(kept, "("))
    kept = kept.slice(0, -1).replace(TRAILING, "");
  return kept;
}

const count = (text: string, letter: string): number => text.split(letter).length - 1;

function safe(link: string): string | undefined {
  try {
    const { protocol, href } = new URL(link);
    return protocol === "http:" || protocol === "https:" ? href : undefined;
  } catch {
    return undefined;
  }
}

function mentionsIn(text: string, names: readonly string[]): Piece[] {
  const wanted = names.filter(Boolean).map((name) => `@${name}`);
  if (text === "") return [];
  const next = wanted
    .map((name) => ({ name, at: text.indexOf(name) }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => a.at - b.at || b.name.length - a.name.length)[0];
  if (!next) return [{ kind: "text", text }];
  const { name, at } = next;
  return [
    ...(at > 0 ? [{ kind: "text" as const, text: text.slice(0, at) }] : []),
    { kind: "mention", text: name },
    ...mentionsIn(text.slice(at + name.length), names),
  ];
}

/** What a message says in one line; of one without a text, the names of its files. */
export function shortOf(message: Message): string {
  return (message.text || message.attachments.map(({ name }) => name).join(", ")).slice(0, 140);
}
