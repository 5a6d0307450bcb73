import type { ServerFrame } from "../signaling/frames";

/** What two people tell each other over the socket before they are connected. */
export type Signal =
  { type: "offer" | "answer"; sdp: string } | { type: "candidate"; candidate: PairCandidate };

/** A candidate and which connection it is for. */
export interface PairCandidate extends RTCIceCandidateInit {
  pair?: string;
}

export type PairFrame = Extract<ServerFrame, { type: "offer" | "answer" | "candidate" }>;

/** Largest `sdp` that the socket takes, bytes. */
export const MAX_SDP_BYTES = 24 * 1024;

const MARK = /^a=parley-pair:([\w-]{1,64})\r?$/m;

/**
 * Writes a connection's name into a description. Frames come late, twice and in no order; an answer or a candidate of a connection that was
 * given up must not meet the next one. Whoever does not know the attribute passes over it (RFC 8866, 5.13).
 */
export function marked(sdp: string, id: string): string {
  const media = sdp.indexOf("m=");
  const at = media < 0 ? sdp.length : media;
  return `${sdp.slice(0, at)}a=parley-pair:${id}\r\n${sdp.slice(at)}`;
}

/** The name of the connection that a description is for; undefined when it has none. */
export function markOf(sdp: string): string | undefined {
  return MARK.exec(sdp)?.[1];
}

/** The name of the connection that a frame is about. */
export function pairOf(frame: PairFrame): string | undefined {
  if (frame.type !== "candidate") return markOf(frame.sdp ?? "");
  const named = frame.candidate?.pair;
  return typeof named === "string" ? named : undefined;
}
