/** The words of files and pushes, as they are on the wire (snake_case). Times are RFC 3339 strings, hashes lower-case hex. */

import type { PersonRecord } from "./records";

export type FileState = "uploading" | "checking" | "ready" | "refused" | "removed";

export interface FileRecord {
  file_id: string;
  name: string;
  size: number;
  sha256: string;
  /** What the content is; absent before it was looked at. */
  type?: string;
  declared_type?: string;
  state: FileState;
  /** Why it was refused: `size`, `chunk_hash`, `hash`, `type`. */
  reason?: string;
  /** Opening it may do something: warn before. */
  risk?: "program" | "active";
  owner?: string;
  mine?: boolean;
  /** Ids of the conversations in which it is shared; for its owner alone. */
  conversations?: string[];
  created_at: string;
  ready_at?: string;
  /** When an unfinished upload is thrown away. */
  expires_at?: string;
}

/** A file that was found, and how this person comes to it. */
export interface FoundFileRecord {
  file: FileRecord;
  /** Who shared or pushed it; absent of one's own, and where that account is gone. */
  from?: { user_id: string; name: string };
  /** Where it is shared. */
  conversation_id?: string;
}

export interface FileIntent {
  name: string;
  size: number;
  sha256: string;
  type?: string;
  /** Of each chunk, in order. */
  chunks: readonly string[];
  /** Shared there as soon as it is ready. */
  conversation_id?: string;
}

/** Where one part goes: exactly its bytes, with exactly these headers. */
export interface PartAddress {
  part: number;
  size: number;
  method: string;
  url: string;
  headers?: Record<string, string>;
  expires_at: string;
}

export interface UploadRecord {
  chunk_size: number;
  parts: number;
  /** Numbers, from 1, of the parts that are stored whole. */
  present: number[];
  /** Of the first missing ones. */
  addresses: PartAddress[];
  more: boolean;
}

/** Without an upload there is nothing to send: the content was there. */
export interface IntentReply {
  file: FileRecord;
  upload?: UploadRecord;
}

export interface ManifestRecord {
  file_id: string;
  name: string;
  size: number;
  sha256: string;
  type: string;
  risk?: "program" | "active";
  chunk_size: number;
  chunks: string[];
}

/** Where content is read; good for a few minutes. */
export interface ReadAddress {
  url: string;
  method: string;
  headers?: Record<string, string>;
  expires_at: string;
  type: string;
}

export type DeviceKind =
  | "browser"
  | "desktop"
  | "laptop"
  | "phone"
  | "tablet"
  | "server"
  | "kiosk"
  | "meter"
  | "camera"
  | "box"
  | "other";

export interface DeviceRecord {
  device_id: string;
  name: string;
  kind: DeviceKind;
  /** Absent for a device of nobody. */
  owner?: string;
  /** It signs in by itself. */
  credential: boolean;
  created_at: string;
  last_seen?: string;
}

export interface DeviceDraft {
  name: string;
  kind: DeviceKind;
  credential?: boolean;
  /** Belongs to nobody: for administrators. */
  shared?: boolean;
}

/** The credential is shown this once. */
export interface DeviceReply {
  device: DeviceRecord;
  credential?: string;
}

export interface PushTargets {
  users?: readonly string[];
  devices?: readonly string[];
  conversation_id?: string;
  meeting_id?: string;
}

export type DeliveryState = "waiting" | "notified" | "downloading" | "done" | "failed";

export interface PushRecord {
  push_id: string;
  file_id: string;
  name: string;
  size: number;
  sha256: string;
  from: PersonRecord;
  note?: string;
  created_at: string;
  called_back_at?: string;
  expires_at?: string;
  /** How many devices are how far. */
  counts: Record<DeliveryState, number>;
  people_without_device: number;
}

export interface DeliveryRecord {
  device_id: string;
  device_name: string;
  user_id?: string;
  user_name?: string;
  state: DeliveryState;
  bytes: number;
  attempt: number;
  reason?: string;
  updated_at: string;
}

export interface DeliveryReport {
  state: Exclude<DeliveryState, "waiting">;
  bytes?: number;
  attempt?: number;
  sha256?: string;
  reason?: string;
}

/** A push as its target reads it. */
export interface PendingRecord {
  push_id: string;
  file_id: string;
  name: string;
  size: number;
  sha256: string;
  media_type?: string;
  from: PersonRecord;
  note?: string;
  at: string;
  state: DeliveryState;
  bytes: number;
  attempt: number;
}
