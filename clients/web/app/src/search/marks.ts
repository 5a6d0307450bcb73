/** A part of a text, and whether it is what was looked for. */
export interface Piece {
  readonly text: string;
  readonly hit: boolean;
}

const PAIRED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Bopomofo}ー]/u;
const LETTER = /[\p{L}\p{N}\p{M}]/u;
const RUN =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Bopomofo}ー]+|[\p{L}\p{N}\p{M}]+?(?=[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Bopomofo}ー]|[^\p{L}\p{N}\p{M}]|$)/gu;

/** Without case, accents and widths, as the server reads it. */
const fold = (text: string): string =>
  text
    .normalize("NFKD")
    .replace(/(?![\u3099\u309A])\p{Mn}/gu, "")
    .toLowerCase()
    .normalize("NFC");

/** What a question looks for: pairs of characters where words are written without spaces, beginnings of words elsewhere. */
export function wantedIn(question: string): readonly string[] {
  const wanted = new Set<string>();
  for (const [run] of fold(question).matchAll(RUN)) {
    const letters = [...run];
    if (!PAIRED.test(letters[0]!) || letters.length === 1) wanted.add(run);
    else for (let i = 0; i + 1 < letters.length; i++) wanted.add(letters[i]! + letters[i + 1]!);
  }
  return [...wanted];
}

/** Cuts a text into what fits the question and what does not. Nothing is lost: the pieces together are the text. */
export function marked(text: string, question: string): readonly Piece[] {
  const letters = [...text];
  // Where each letter of the folded text comes from.
  const from: number[] = [];
  let folded = "";
  letters.forEach((letter, place) => {
    const plain = fold(letter);
    for (let i = 0; i < plain.length; i++) from.push(place);
    folded += plain;
  });
  const hit = letters.map(() => false);
  for (const word of wantedIn(question)) {
    for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + 1)) {
      if (!PAIRED.test(word) && at > 0 && isWithin(folded, at)) continue;
      for (let place = from[at]!; place <= from[at + word.length - 1]!; place++) hit[place] = true;
    }
  }
  const pieces: { text: string; hit: boolean }[] = [];
  letters.forEach((letter, place) => {
    const last = pieces.at(-1);
    // An accent that is written by itself belongs to what it stands on.
    const same = hit[place] || (fold(letter) === "" && last?.hit === true);
    if (last && last.hit === same) last.text += letter;
    else pieces.push({ text: letter, hit: same });
  });
  return pieces;
}

/** Whether a place is within a word, and not at its beginning. */
function isWithin(folded: string, at: number): boolean {
  const before = [...folded.slice(Math.max(0, at - 2), at)].at(-1) ?? "";
  return LETTER.test(before) && !PAIRED.test(before);
}

/** Pieces before the first hit, characters; and all of them. */
const LEAD = 32;
const SHOWN = 180;

/** The part of a long text in which the first hit is. */
export function excerpt(text: string, question: string): readonly Piece[] {
  const oneLine = text.replace(/\s+/g, " ").trim();
  const pieces = marked(oneLine, question);
  const before = pieces[0]?.hit === false ? [...pieces[0].text].length : 0;
  const letters = [...oneLine];
  const from = pieces.length > 1 && before > LEAD * 2 ? before - LEAD : 0;
  if (from === 0 && letters.length <= SHOWN) return pieces;
  const part = letters.slice(from, from + SHOWN).join("");
  const ending = from + SHOWN < letters.length ? "…" : "";
  return marked(`${from > 0 ? "…" : ""}${part}${ending}`, question);
}
