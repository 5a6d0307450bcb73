import type { Source } from "../rest/records";

/** What a connection carries, in the order of its m-lines. */
export const SOURCES: readonly Source[] = ["microphone", "camera", "screen", "screen-audio"];

/**
 * What two people say to each other on their own data channel: how things stand, whenever that changes and every second, so that nothing
 * depends on one message, and silence says that the connection is gone.
 */
export interface PairState {
  t: "state";
  /** The other's sources that are taken from here: they need not go to the node for this person's sake. */
  taken: Source[];
  /** This person goes back to the node: everything is wanted there. */
  leaving: boolean;
}

/** Reads one message; undefined for anything else. */
export function readState(data: unknown): PairState | undefined {
  if (typeof data !== "string" || data.length > 1_024) return undefined;
  try {
    const said = JSON.parse(data) as Partial<PairState> | null;
    if (said?.t !== "state" || !Array.isArray(said.taken)) return undefined;
    return {
      t: "state",
      taken: SOURCES.filter((source) => said.taken!.includes(source)),
      leaving: said.leaving === true,
    };
  } catch {
    return undefined;
  }
}
