/** The WebSocket's words: one JSON object a frame, `type` names it. */

import type { DeliveryState, FileState } from "../rest/file-records";
import type { NotificationRecord } from "../rest/notification-records";
import type { AttachmentRecord, ChangeRecord, PersonRecord, PresenceState } from "../rest/records";

export type ClientFrame =
  | { type: "join"; id: string; room_id: string }
  | { type: "leave"; id: string; room_id: string }
  | { type: "room-info"; id: string; room_id: string }
  | {
      type: "chat";
      id: string;
      room_id: string;
      /** The room's conversation: refused when this person is in another room by now. */
      conversation_id?: string;
      text: string;
      client_msg_id: string;
      reply_to?: number;
      mentions?: string[];
      attachments?: AttachmentRecord[];
    }
  | {
      type: "message";
      id: string;
      conversation_id: string;
      text: string;
      client_msg_id: string;
      reply_to?: number;
      mentions?: string[];
      attachments?: AttachmentRecord[];
    }
  | { type: "receipt"; id: string; conversation_id: string; delivered?: number; read?: number }
  | { type: "typing"; id: string; conversation_id: string; on: boolean }
  | { type: "presence"; id: string; state: PresenceState; device: string; every?: number; watch: boolean }
  | { type: "offer" | "answer"; id: string; room_id: string; target: string; sdp: string }
  | { type: "candidate"; id: string; room_id: string; target: string; candidate: RTCIceCandidateInit }
  | { type: "ping"; id: string; at: number };

export interface UserInfo {
  user_id: string;
  participant_id?: string;
  display_name?: string;
  role?: string;
}

export interface RoomInfo {
  type: "room-info";
  id?: string;
  room_id: string;
  seq: number;
  host_id?: string;
  locked?: boolean;
  title?: string;
  ice_servers?: RTCIceServer[];
  participants?: UserInfo[];
}

export interface ChatFrame {
  type: "chat";
  room_id: string;
  from: string;
  display_name?: string;
  text: string;
  client_msg_id?: string;
  at: string;
  /** The message's number in the meeting's conversation. */
  seq: number;
  conversation_id?: string;
  change?: number;
  reply_to?: number;
  mentions?: string[];
  attachments?: AttachmentRecord[];
}

/** How far messages came to somebody; both only rise. To one's own devices also what is left unread. */
export interface ReceiptFrame {
  type: "receipt";
  conversation_id: string;
  user_id: string;
  delivered_seq: number;
  read_seq: number;
  unread?: number;
  mentions?: number;
}

export interface TypingFrame {
  type: "typing";
  conversation_id: string;
  user_id: string;
  name: string;
  on: boolean;
}

export interface AckFrame {
  type: "ack";
  id: string;
  seq?: number;
  change?: number;
}

/** A file was pushed to this person. */
export interface FileNoticeFrame {
  type: "file-notice";
  push_id: string;
  file_id: string;
  name: string;
  size: number;
  sha256: string;
  media_type?: string;
  from: PersonRecord;
  note?: string;
  at?: string;
  /** Which devices it is for; empty where this person has none yet. */
  devices: string[];
}

/** How far a push of this person is: how many devices are in each state. */
export interface PushStateFrame {
  type: "push-state";
  push_id: string;
  file_id: string;
  counts: Record<DeliveryState, number>;
}

export type ServerFrame =
  | AckFrame
  | ({ type: "message" } & ChangeRecord)
  | ReceiptFrame
  | TypingFrame
  | { type: "presence"; id?: string; people: { user_id: string; state: PresenceState }[]; every?: number }
  | { type: "error"; code: string; message: string; details?: string; id?: string }
  | { type: "pong"; id?: string; at?: number }
  | RoomInfo
  | ChatFrame
  | { type: "user-joined"; room_id: string; user_id: string; user_info?: UserInfo; seq: number }
  /** Somebody waits in the lobby, or nobody does any more: for hosts. */
  | { type: "lobby"; room_id: string; user_id?: string }
  /** This person may come in now, or may not. */
  | { type: "admitted"; room_id: string }
  | { type: "denied"; room_id: string }
  /** Something about the meeting is different: look again. */
  | { type: "meeting"; room_id: string; what: string; user_id?: string }
  /** Another person's device offers or answers a connection with this one, or names a way to it. */
  | { type: "offer"; room_id: string; from: string; sdp: string }
  | { type: "answer"; room_id: string; from: string; sdp: string }
  | {
      type: "candidate";
      room_id: string;
      from: string;
      candidate: RTCIceCandidateInit & { pair?: string };
    }
  | FileNoticeFrame
  /** A push was called back. */
  | { type: "file-recalled"; push_id: string; file_id: string; devices: string[] }
  | PushStateFrame
  /** A file of this person was looked at. */
  | { type: "file-state"; file_id: string; state: FileState; reason?: string }
  /** Something that this person was not there to see; without it, one of their devices read some. */
  | { type: "notification"; notification?: NotificationRecord; unread: number }
  | { type: "user-left"; room_id: string; user_id: string; reason?: string; seq: number };

export const SUBPROTOCOL = "parley.v1";
export const TICKET_PREFIX = "ticket.";
/** Largest chat text, characters. */
export const MAX_CHAT_CHARS = 4000;
/** Most files of one message. */
export const MAX_ATTACHMENTS = 10;
