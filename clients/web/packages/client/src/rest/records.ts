/** The REST words, as they are on the wire (snake_case). Times are RFC 3339 strings. */

export type Source = "microphone" | "camera" | "screen" | "screen-audio";
export type Role = "host" | "co-host" | "presenter" | "participant" | "guest" | "viewer";

export interface User {
  id: string;
  username: string;
  email: string;
  nickname?: string;
  avatar?: string;
  phone?: string;
  role: string;
}

/** What of a profile its owner changes; what is absent stays, what is empty is cleared. */
export interface ProfileChange {
  nickname?: string;
  avatar?: string;
  phone?: string;
}

/** Somewhere this account is signed in. */
export interface LoginSession {
  id: string;
  /** The program, "Firefox"; empty when it did not say. */
  client: string;
  /** What it runs on, "Android"; empty when it did not say. */
  system: string;
  address: string;
  created_at: string;
  last_seen: string;
  /** Whether it is this one. */
  current: boolean;
}

export interface LoginReply {
  user: User;
  token: string;
  refresh_token?: string;
  expires_at: string | number;
}

export interface Registration {
  username: string;
  email: string;
  password: string;
  nickname?: string;
}

export interface MeetingSettings {
  enable_video?: boolean;
  enable_audio?: boolean;
  enable_screen_share?: boolean;
  enable_chat?: boolean;
  enable_recording?: boolean;
  enable_ai?: boolean;
  mute_on_join?: boolean;
  require_approval?: boolean;
  e2ee?: boolean;
  invited_skip_lobby?: boolean;
  /** Two people who are alone send each other what they say and show without the media node between them. */
  peer_to_peer?: boolean;
}

/** When a meeting takes place again: a part of RFC 5545's RRULE, on the clock of one time zone. */
export interface RecurrenceDraft {
  rule: string;
  time_zone?: string;
}

export interface RecurrenceRecord {
  rule: string;
  time_zone: string;
  first: string;
  next: string[];
}

export interface InvitationRecord {
  id: string;
  email: string;
  invited_at: string;
}

/** How much the system allows, which an administrator may change. */
export interface LimitRecord {
  name: string;
  value: number;
  /** What it is where nobody has changed it. */
  usual: number;
  least: number;
  most: number;
  /** In what time so much is allowed; absent for what is counted once. */
  seconds?: number;
}

export interface BreakoutsDraft {
  /** People are user, guest or participant ids. */
  rooms: { name: string; people: string[] }[];
  /** Whether people may go to a room by themselves. */
  choose?: boolean;
}

/** Without a room: the main room. */
export interface BreakoutAssignment {
  who: string;
  room?: string;
}

export interface BreakoutPerson {
  participant_id: string;
  user_id: string;
  display_name: string;
  role: Role;
  /** The room this person belongs to. */
  assigned?: string;
}

export interface BreakoutsRecord {
  revision: number;
  open: boolean;
  /** The room this person is in; absent in the main room. */
  room?: string;
  /** The room this person belongs to. */
  assigned?: string;
  choose: boolean;
  closes_at?: string;
  /** Who is in them, for hosts. */
  rooms: { id: string; name: string; people?: BreakoutPerson[] }[];
  /** Who is in the main room, for hosts. */
  main?: BreakoutPerson[];
}

export interface PollDraft {
  question: string;
  options: string[];
  multiple?: boolean;
  anonymous?: boolean;
  show_results?: boolean;
}

export interface PollRecord {
  id: string;
  question: string;
  options: string[];
  multiple: boolean;
  anonymous: boolean;
  show_results: boolean;
  closed: boolean;
  created_at: string;
  /** Positions of what this person chose. */
  mine: number[];
  votes: number;
  /** By option; absent while they are not to be read. */
  results?: { count: number; voters?: string[] }[];
}

export interface MeetingDraft {
  title: string;
  description?: string;
  start_time?: string;
  end_time?: string;
  max_participants?: number;
  meeting_type?: "video" | "audio";
  password?: string;
  settings?: MeetingSettings;
  recurrence?: RecurrenceDraft;
}

export interface MeetingRecord {
  meeting_id: string;
  title: string;
  description?: string;
  host_id: string;
  host_name?: string;
  status: "scheduled" | "active" | "ended" | "cancelled";
  meeting_type: string;
  max_participants: number;
  has_password: boolean;
  settings?: MeetingSettings;
  start_time?: string;
  end_time?: string;
  started_at?: string;
  ended_at?: string;
  created_at?: string;
  link?: string;
  recurrence?: RecurrenceRecord;
}

export interface Page<T> {
  list: T[];
  total: number;
  page: number;
  page_size: number;
  total_pages: number;
}

export interface ParticipantRecord {
  participant_id: string;
  user_id: string;
  display_name: string;
  role: Role;
  state: "waiting" | "admitted" | "joined" | "left" | "kicked" | "denied";
  csrc?: number;
  joined_at?: string;
  left_at?: string;
}

export interface GuestPass {
  token: string;
  user_id: string;
  guest_key: string;
  expires_at: string | number;
}

export interface JoinReply {
  meeting_id: string;
  room_id: string;
  participant_id: string;
  csrc: number;
  role: Role;
  media_token: string;
  ice_servers?: RTCIceServer[];
  ws_url: string;
  ws_ticket: string;
  codecs: string[];
  slots: { audio: number; video: number };
  meeting: {
    title: string;
    locked: boolean;
    host_id: string;
    meeting_type?: string;
    settings?: MeetingSettings;
  };
}

export interface WaitingReply {
  state: "waiting";
  participant_id: string;
}

export interface MediaOffer {
  media_token: string;
  sdp: string;
  tracks: { mid: string; source: Source }[];
}

export interface MediaAnswer {
  sdp: string;
  session_id: string;
  node_id: string;
  placement_epoch: number;
}

export interface TicketReply {
  ticket: string;
  ws_url?: string;
  expires_at?: string;
}

/** An account as those see it who look after accounts; moderators get no e-mail address and no telephone number. */
export interface ManagedUser {
  id: string;
  username: string;
  email?: string;
  nickname: string;
  phone?: string;
  role: string;
  status: "active" | "banned";
  last_login?: string;
  created_at: string;
}

export interface AuditEntry {
  seq: number;
  id: string;
  at: string;
  actor_id: string;
  actor_role: string;
  source_ip: string;
  request_id: string;
  act: string;
  subject: string;
  /** `done`, `attempted`, or `failed: ` and the error's code. */
  outcome: string;
  before: Record<string, string>;
  after: Record<string, string>;
  previous: string;
  hash: string;
}

export interface AuditCheck {
  intact: boolean;
  from: number;
  until: number;
  complete: boolean;
  fault?: { seq: number; kind: "missing" | "altered" | "unlinked" | "rewritten" | "cut_off" };
  head: { seq: number; hash: string };
}

export interface RoomStats {
  meeting_id: string;
  title: string;
  host_id: string;
  host_name: string;
  started_at?: string;
  participants: number;
  max_participants: number;
  locked: boolean;
  node_id?: string;
}

export interface SystemStats {
  active_meetings: number;
  scheduled_meetings: number;
  active_users: number;
  rooms: number;
  nodes: number;
}

export interface MediaNode {
  node_id: string;
  live: boolean;
  state: string;
  admission: string;
  rooms: number;
  participants: number;
  /** 0 idle, 1 full. */
  stress: number;
  region: string;
  media_host: string;
  lease_expires_at: string;
}

export interface HealthDetail {
  status: string;
  version: string;
  parts: { name: string; status: string; latency_ms: number; error?: string }[];
}

/** Somebody in a conversation; where the account is gone, `deleted` stands in place of id and name. */
export interface PersonRecord {
  user_id: string;
  name?: string;
  avatar?: string;
  deleted?: boolean;
}

/** Whom one may write to. */
export interface UserCard {
  user_id: string;
  username: string;
  nickname?: string;
  avatar?: string;
}

export interface AttachmentRecord {
  file_id: string;
  name: string;
  size: number;
  type: string;
}

export interface ReactionRecord {
  emoji: string;
  count: number;
  /** The first of them. */
  users: string[];
}

/** A message as it is after its last change. */
export interface MessageRecord {
  conversation_id: string;
  /** 1, 2, 3 and so on in the conversation, without gaps. */
  seq: number;
  /** Of two states of a message the one with the higher number is the later. */
  change: number;
  author: PersonRecord;
  at: string;
  text?: string;
  client_msg_id?: string;
  reply_to?: number;
  mentions?: string[];
  attachments?: AttachmentRecord[];
  edited_at?: string;
  recalled_at?: string;
  recalled_by?: string;
  reactions?: ReactionRecord[];
}

export interface MessageDraft {
  client_msg_id: string;
  text: string;
  reply_to?: number;
  mentions?: string[];
  attachments?: AttachmentRecord[];
}

export type ConversationKind = "direct" | "group" | "meeting";

export interface ConversationRecord {
  conversation_id: string;
  kind: ConversationKind;
  title?: string;
  meeting_id?: string;
  /** The other one of a direct conversation. */
  peer?: PersonRecord;
  role: "owner" | "member";
  members: number;
  last_seq: number;
  last_change: number;
  read_seq: number;
  peer_read_seq?: number;
  peer_delivered_seq?: number;
  /** 1000 means that many or more. */
  unread: number;
  mentions: number;
  last_message?: MessageRecord;
  created_at: string;
  updated_at: string;
}

export interface MemberRecord {
  person: PersonRecord;
  role: "owner" | "member";
  joined_at: string;
  delivered_seq: number;
  read_seq: number;
}

/** One thing that happened in a conversation. */
export interface ChangeRecord {
  conversation_id: string;
  /** 1, 2, 3 and so on in the conversation, without gaps. */
  change: number;
  kind: "created" | "sent" | "edited" | "recalled" | "reacted" | "renamed" | "joined" | "left" | "role";
  by?: PersonRecord;
  at: string;
  seq?: number;
  /** The message it is about, as it is now; absent where it was too large. */
  message?: MessageRecord;
  title?: string;
  users?: PersonRecord[];
}

export interface MessagePage {
  list: MessageRecord[];
  last_seq: number;
  last_change: number;
  more: boolean;
}

export interface ChangePage {
  list: ChangeRecord[];
  last_change: number;
  more: boolean;
  /** Some of it is not kept any more: read the messages anew. */
  resync: boolean;
}

export interface SyncReply {
  since: string;
  more: boolean;
  /** The cursor was not known any more: what is listed is everything. */
  resync: boolean;
  conversations: ConversationRecord[];
  reload: string[];
  left: string[];
  changes: ChangeRecord[];
}

export type PresenceState = "online" | "busy" | "away" | "offline";
