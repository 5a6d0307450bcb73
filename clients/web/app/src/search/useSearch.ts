import {
  asParleyError,
  type Found,
  type FoundFileRecord,
  type FoundPart,
  type MeetingRecord,
  type ParleyError,
  type Search,
} from "@parley/client";
import { useCallback, useEffect, useRef, useState } from "react";
import { parley } from "../system/parley";
import { wantedIn } from "./marks";

export interface Hits {
  messages: Found;
  files: FoundFileRecord;
  meetings: MeetingRecord;
}
export type Kind = keyof Hits;
export const KINDS: readonly Kind[] = ["messages", "files", "meetings"];

/** What came of asking for one kind. */
export interface Group<K extends Kind = Kind> {
  readonly found: readonly Hits[K][];
  readonly cursor?: string | undefined;
  readonly waiting: boolean;
  readonly failure?: ParleyError | undefined;
}
export type Groups = { readonly [K in Kind]: Group<K> };

const PAUSE_MILLIS = 300;
const AGAIN_MILLIS = 3_000;
const SHOWN_FIRST = 5;
const SHOWN_MORE = 20;
const NOTHING: Groups = {
  messages: { found: [], waiting: false },
  files: { found: [], waiting: false },
  meetings: { found: [], waiting: false },
};

const ask = (search: Search, kind: Kind, words: string, options: { cursor?: string; limit: number }) =>
  search[kind](words, options) as Promise<FoundPart<Hits[Kind]>>;

/** Asks for what somebody types, a moment after they stop: each kind by itself, so that none waits for another. */
export function useSearch(typed: string) {
  const words = typed.trim();
  const askable = wantedIn(words).length > 0;
  const [groups, setGroups] = useState<Groups>(NOTHING);
  // Which question is the one that is shown: an answer to another comes too late.
  const turn = useRef(0);
  const timers = useRef(new Set<ReturnType<typeof setTimeout>>());

  const put = useCallback((asked: number, kind: Kind, change: (before: Group) => Group) => {
    if (asked !== turn.current) return;
    setGroups((before) => ({ ...before, [kind]: change(before[kind] as Group) }));
  }, []);

  const run = useCallback(
    async (kind: Kind, question: string, cursor?: string) => {
      const asked = turn.current;
      put(asked, kind, (before) => ({ ...before, waiting: true, failure: undefined }));
      try {
        const search = await parley.search();
        const limit = cursor ? SHOWN_MORE : SHOWN_FIRST;
        const part = await ask(search, kind, question, { limit, ...(cursor ? { cursor } : {}) });
        put(asked, kind, (before) => ({
          found: cursor ? [...before.found, ...part.found] : part.found,
          cursor: part.cursor,
          waiting: false,
        }));
      } catch (thrown) {
        const failure = asParleyError(thrown);
        put(asked, kind, (before) => ({ ...before, failure, waiting: false }));
        if (failure.code !== "store.waking") return;
        const timer = setTimeout(
          () => {
            timers.current.delete(timer);
            if (asked === turn.current) void run(kind, question, cursor);
          },
          (failure.retryAfterSeconds ?? 0) * 1_000 || AGAIN_MILLIS,
        );
        timers.current.add(timer);
      }
    },
    [put],
  );

  useEffect(() => {
    turn.current += 1;
    if (!askable) return setGroups(NOTHING);
    setGroups((before) => ({
      messages: { ...before.messages, waiting: true, failure: undefined },
      files: { ...before.files, waiting: true, failure: undefined },
      meetings: { ...before.meetings, waiting: true, failure: undefined },
    }));
    const timer = setTimeout(() => KINDS.forEach((kind) => void run(kind, words)), PAUSE_MILLIS);
    return () => clearTimeout(timer);
  }, [askable, run, words]);

  useEffect(() => {
    const waiting = timers.current;
    return () => {
      turn.current += 1;
      for (const timer of waiting) clearTimeout(timer);
    };
  }, []);

  return {
    words,
    askable,
    groups,
    more: (kind: Kind) => void run(kind, words, groups[kind].cursor),
    again: (kind: Kind) => void run(kind, words),
  };
}
