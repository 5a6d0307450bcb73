/** The WebSocket's words: one JSON object a frame, `type` names it. */

export type ClientFrame =
  | { type: "join"; id: string; room_id: string }
  | { type: "leave"; id: string; room_id: string }
  | { type: "room-info"; id: string; room_id: string }
  | { type: "chat"; id: string; room_id: string; text: string; client_msg_id: string }
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
  seq: number;
}

export type ServerFrame =
  | { type: "ack"; id: string; seq?: number }
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
  | { type: "user-left"; room_id: string; user_id: string; reason?: string; seq: number };

export const SUBPROTOCOL = "parley.v1";
export const TICKET_PREFIX = "ticket.";
/** Largest chat text, characters. */
export const MAX_CHAT_CHARS = 4000;
