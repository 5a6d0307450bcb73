import { asParleyError, type QualityPerson, type QualitySample } from "@parley/client";
import { useCallback, useEffect, useRef, useState } from "react";
import { parley } from "../system/parley";
import { merged } from "./timeline";

/** More pages than this are not read: some tens of hours of a small meeting, some hours of a large one. */
const MOST_PAGES = 30;
const AGAIN_MILLIS = 20_000;
/** A minute is written when it is over, and a moment later. */
const BACK_MILLIS = 4 * 60_000;

export interface QualityState {
  bucketMillis: number;
  people: readonly QualityPerson[];
  samples: readonly QualitySample[];
  /** There is more than was read. */
  more: boolean;
}

/** How connections did in a meeting: all of it, and what is new while the page is open. */
export function useQuality(code: string): {
  state: QualityState | undefined;
  failure: unknown;
  again: () => void;
} {
  const [state, setState] = useState<QualityState>();
  const [failure, setFailure] = useState<unknown>();
  const [turn, setTurn] = useState(0);
  const reading = useRef(false);

  useEffect(() => {
    let gone = false;
    reading.current = true;
    setFailure(undefined);
    all(code, () => gone)
      .then(
        (found) => !gone && setState(found),
        (error: unknown) => !gone && setFailure(error),
      )
      .finally(() => (reading.current = false));
    const timer = setInterval(() => {
      if (document.visibilityState === "hidden" || reading.current) return;
      latest(code).then(
        (found) => !gone && setState((known) => (known ? joined(known, found) : known)),
        // The next turn tries again; what is shown stays.
        () => undefined,
      );
    }, AGAIN_MILLIS);
    return () => {
      gone = true;
      clearInterval(timer);
    };
  }, [code, turn]);

  return { state, failure, again: useCallback(() => setTurn((count) => count + 1), []) };
}

async function all(code: string, gone: () => boolean): Promise<QualityState> {
  const quality = await (await parley.own()).quality();
  let page = await quality.page(code);
  const people = new Map(page.people.map((person) => [person.participant_id, person]));
  const samples = [...page.samples];
  for (let pages = 1; page.next && pages < MOST_PAGES && !gone(); pages++) {
    page = await quality.page(code, { cursor: page.next });
    samples.push(...page.samples);
    for (const person of page.people) {
      if (!people.has(person.participant_id)) people.set(person.participant_id, person);
    }
  }
  return {
    bucketMillis: page.bucket_seconds * 1_000,
    people: [...people.values()],
    samples,
    more: page.next !== undefined,
  };
}

async function latest(code: string): Promise<QualityState> {
  const quality = await (await parley.own()).quality();
  const page = await quality.page(code, { since: new Date(Date.now() - BACK_MILLIS) });
  return {
    bucketMillis: page.bucket_seconds * 1_000,
    people: page.people,
    samples: page.samples,
    more: false,
  };
}

function joined(known: QualityState, fresh: QualityState): QualityState {
  const people = new Map([...known.people, ...fresh.people].map((person) => [person.participant_id, person]));
  return { ...known, people: [...people.values()], samples: merged(known.samples, fresh.samples) };
}

/** Whether this person may read nothing of it, for they were not in. */
export const wasNotIn = (failure: unknown): boolean =>
  asParleyError(failure).code === "meeting.not_participant";
