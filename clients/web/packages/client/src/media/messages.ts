/** What client and node say to each other on the data channel: one JSON object a message, `t` names it. */
import type { Role, Source } from "../rest/records";
import type { MediaPath } from "./quality";

/** Largest message, in UTF-8 bytes. */
export const MAX_MESSAGE_BYTES = 16 * 1024;

export interface WantedSlot {
  /** Index of the receive video slot in the order of the offer, from 0. */
  slot: number;
  participant: string;
  source: Source;
  /** Device pixels on screen. */
  width: number;
  height: number;
  /** Wanted frames a second, 0 = any. */
  fps: number;
  /** Shown large: served first when bandwidth is short. */
  stage: boolean;
}

export interface SlotState {
  slot: number;
  participant?: string;
  source?: Source;
  state: "live" | "paused" | "empty";
  /** rid of the layer sent. */
  layer?: string;
  why?: "bandwidth" | "publisher" | "muted" | "capacity";
}

export interface Voice {
  /** Index of the receive audio slot, -1 for a speaker without one. */
  slot: number;
  participant: string;
  /** RFC 6464, -dBov: 0 loudest, 127 silence. */
  level: number;
  speaking: boolean;
}

export interface RosterEntry {
  participant: string;
  user: string;
  name: string;
  role: Role;
  /** The number carried in every RTP packet of this participant. */
  csrc: number;
  sources: { source: Source; muted: boolean }[];
  hand: boolean;
  connection: "good" | "poor" | "lost";
}

export interface RosterMessage {
  t: "roster";
  rev: number;
  full?: boolean;
  participants?: RosterEntry[];
  add?: RosterEntry[];
  change?: RosterEntry[];
  remove?: string[];
}

export interface QualityMessage {
  t: "quality";
  /** bit/s */
  up?: number;
  /** bit/s */
  down?: number;
  /** 0..1 */
  loss?: number;
  /** ms */
  rtt?: number;
  slots?: { slot: number; freezes: number; fps: number; height: number }[];
  /** Which way media goes; by the node when absent. */
  path?: MediaPath;
  /** 0..1, of the direct way */
  up_loss?: number;
  /** 0..1, of the direct way */
  down_loss?: number;
}

export interface ActMessage {
  t: "act";
  act: string;
  reaction?: string;
  topic?: string;
  data?: unknown;
  /** Filled by the node. */
  from?: string;
  to?: string[];
}

/** Where this client is among the breakout rooms; a full roster of its room follows. */
export interface BreakoutsMessage {
  t: "breakouts";
  rev: number;
  /** Absent in the main room. */
  room?: string;
  /** Empty when there are none. */
  rooms?: { room: string; name: string }[];
  choose?: boolean;
  /** Milliseconds until everybody is back in the main room. */
  closes_in?: number;
}

/** A host says something to everybody, in whatever room. */
export interface AnnounceMessage {
  t: "announce";
  text: string;
  from?: string;
  name?: string;
}

export type ChannelMessage =
  | { t: "want"; rev: number; slots: WantedSlot[] }
  | { t: "slots"; rev: number; slots: SlotState[] }
  | { t: "voices"; voices: Voice[] }
  | RosterMessage
  | { t: "mute"; source: Source; muted: boolean }
  | { t: "muted"; source: Source; muted: boolean; by?: string }
  | { t: "layers"; tracks: { source: Source; rids: string[] }[] }
  | QualityMessage
  | ActMessage
  | {
      t: "caption";
      participant: string;
      text: string;
      final: boolean;
      start: number;
      end: number;
      lang: string;
    }
  | BreakoutsMessage
  | AnnounceMessage
  /** Whether everything is needed at the node, also of two people who could send it to each other. */
  | { t: "gather"; on: boolean; why?: string }
  | { t: "move"; reason: string; deadline: number }
  | { t: "end"; reason: "kicked" | "left" | "ended" | "moved" | "replaced"; by?: string }
  | { t: "ping"; at: number }
  | { t: "pong"; at: number };

/** Reads one message; undefined for anything that is not an object with a `t`. */
export function readMessage(data: unknown): ChannelMessage | undefined {
  if (typeof data !== "string") return undefined;
  try {
    const message = JSON.parse(data) as ChannelMessage | null;
    return message && typeof message === "object" && typeof message.t === "string" ? message : undefined;
  } catch {
    return undefined;
  }
}
