import type { MessagePage, MessageRecord } from "../rest/records";

/**
 * What is known of one conversation, by its two counters. It comes to the same whatever becomes of frames: of two states of a message it
 * keeps the one with the higher change, and it knows up to which change nothing is missing.
 *
 * Of the messages that it has it shows one run without gaps; what lies beyond a gap is kept and shows when the gap is filled.
 */
export class Ledger {
  private readonly states = new Map<number, MessageRecord>();
  /** Messages of which only this device's own draft is known: what the server says wins over it. */
  private readonly guesses = new Set<number>();
  private readonly ahead = new Set<number>();
  private run: { first: number; last: number } | undefined;
  private upTo: number | undefined;
  private highest = 0;

  /** Up to which change everything is known; undefined before the first page. */
  get known(): number | undefined {
    return this.upTo;
  }

  /** Whether a change is missing before one that is known. */
  get incomplete(): boolean {
    return this.upTo !== undefined && this.ahead.size > 0;
  }

  /** Number of the last message that there is, shown or not. */
  get lastSeq(): number {
    return this.highest;
  }

  /** Numbers of the first and the last message shown; the last is below the first where there is none. */
  get shown(): { first: number; last: number } {
    return this.run ?? { first: 1, last: 0 };
  }

  get messages(): MessageRecord[] {
    const { first, last } = this.shown;
    const list: MessageRecord[] = [];
    for (let seq = first; seq <= last; seq++) list.push(this.states.get(seq)!);
    return list;
  }

  /** Whether there are messages before the first that is shown. */
  get earlier(): boolean {
    return this.shown.first > 1;
  }

  /** Whether there are messages behind the last that is shown. */
  get later(): boolean {
    return this.run !== undefined && this.run.last < this.highest;
  }

  find(seq: number): MessageRecord | undefined {
    return this.states.get(seq);
  }

  /** Shows this page and what it touches. The first page says from which change on things are new. */
  place(page: MessagePage): void {
    this.highest = Math.max(this.highest, page.last_seq);
    const first = page.list[0]?.seq ?? this.highest + 1;
    for (const message of page.list) this.keep(message);
    this.run = { first, last: page.list.at(-1)?.seq ?? this.highest };
    this.stretch();
    if (this.upTo !== undefined) return;
    this.upTo = page.last_change;
    for (const change of this.ahead) if (change <= this.upTo) this.ahead.delete(change);
    this.advance();
  }

  /** Shows the end again, if it is known. */
  placeEnd(): boolean {
    if (this.highest > 0 && !this.states.has(this.highest)) return false;
    this.run = { first: Math.max(1, this.highest), last: this.highest };
    this.stretch();
    return true;
  }

  /** Keeps a message unless a later state of it is known. @returns whether anything is different */
  keep(message: MessageRecord, guess = false): boolean {
    const { seq, change } = message;
    const had = this.states.get(seq);
    if (had && (change < had.change || (change === had.change && (guess || !this.guesses.has(seq))))) {
      return false;
    }
    this.states.set(seq, message);
    if (guess) this.guesses.add(seq);
    else this.guesses.delete(seq);
    this.highest = Math.max(this.highest, seq);
    this.stretch();
    return true;
  }

  /** Notes that a change is known. @returns whether it was not before */
  note(change: number): boolean {
    if ((this.upTo !== undefined && change <= this.upTo) || this.ahead.has(change)) return false;
    this.ahead.add(change);
    this.advance();
    return true;
  }

  /** Forgets everything, to read it anew. */
  clear(): void {
    this.states.clear();
    this.guesses.clear();
    this.ahead.clear();
    this.run = undefined;
    this.upTo = undefined;
    this.highest = 0;
  }

  private advance(): void {
    if (this.upTo === undefined) return;
    while (this.ahead.delete(this.upTo + 1)) this.upTo += 1;
  }

  private stretch(): void {
    if (!this.run) return;
    while (this.states.has(this.run.last + 1)) this.run.last += 1;
    while (this.states.has(this.run.first - 1)) this.run.first -= 1;
  }
}
