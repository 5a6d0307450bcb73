// Made of the records of contracts; docs/contracts.md says how.

export interface AccountChange {
  role?: string;
  nickname?: string;
}

export interface AccountDeletion {
  password?: string;
}

export interface AnnouncementRequest {
  text?: string;
}

export interface AttachmentView {
  file_id?: string;
  name?: string;
  size?: number;
  type?: string;
}

export interface AttemptView {
  at?: string;
  status?: number;
  error?: string;
  took_ms: number;
}

export interface AuditCheck {
  intact: boolean;
  from: number;
  until: number;
  complete: boolean;
  fault?: AuditCheckFault;
  head?: AuditCheckHead;
}

export interface AuditCheckFault {
  seq: number;
  kind?: string;
}

export interface AuditCheckHead {
  seq: number;
  hash?: string;
}

export interface AuditEntryView {
  seq: number;
  id?: string;
  at?: string;
  actor_id?: string;
  actor_role?: string;
  source_ip?: string;
  request_id?: string;
  act?: string;
  subject?: string;
  outcome?: string;
  before?: Record<string, string>;
  after?: Record<string, string>;
  previous?: string;
  hash?: string;
}

export interface BanRequest {
  reason?: string;
}

export interface BreakoutAssignments {
  assignments?: BreakoutAssignmentsAssignment[];
}

export interface BreakoutAssignmentsAssignment {
  who?: string;
  room?: string;
}

export interface BreakoutsRequest {
  rooms?: BreakoutsRequestRoom[];
  choose?: boolean;
}

export interface BreakoutsRequestRoom {
  name?: string;
  people?: string[];
}

export interface BreakoutsView {
  revision: number;
  open: boolean;
  room?: string;
  assigned?: string;
  choose: boolean;
  closes_at?: string;
  rooms?: BreakoutsViewRoom[];
  main?: BreakoutsViewPerson[];
}

export interface BreakoutsViewPerson {
  participant_id?: string;
  user_id?: string;
  display_name?: string;
  role?: string;
  assigned?: string;
}

export interface BreakoutsViewRoom {
  id?: string;
  name?: string;
  people?: BreakoutsViewPerson[];
}

export interface ChangePage {
  list?: MessagingFrameChange[];
  last_change: number;
  more: boolean;
  resync: boolean;
}

export interface ChannelMessageAct {
  t: "act";
  act?: string;
  reaction?: string;
  topic?: string;
  data?: unknown;
  from?: string;
  to?: string[];
}

export interface ChannelMessageAnnounce {
  t: "announce";
  text?: string;
  from?: string;
  name?: string;
}

export interface ChannelMessageBreakoutRoom {
  room?: string;
  name?: string;
}

export interface ChannelMessageBreakouts {
  t: "breakouts";
  rev: number;
  room?: string;
  rooms?: ChannelMessageBreakoutRoom[];
  choose: boolean;
  closes_in?: number;
}

export interface ChannelMessageCaption {
  t: "caption";
  participant?: string;
  text?: string;
  final: boolean;
  start: number;
  end: number;
  lang?: string;
}

export interface ChannelMessageEnd {
  t: "end";
  reason?: string;
  by?: string;
}

export interface ChannelMessageGather {
  t: "gather";
  on: boolean;
  why?: string;
}

export interface ChannelMessageLayers {
  t: "layers";
  tracks?: ChannelMessageTrackLayers[];
}

export interface ChannelMessageMove {
  t: "move";
  reason?: string;
  deadline: number;
}

export interface ChannelMessageMute {
  t: "mute";
  source?: Source;
  muted: boolean;
}

export interface ChannelMessageMuted {
  t: "muted";
  source?: Source;
  muted: boolean;
  by?: string;
}

export interface ChannelMessagePing {
  t: "ping";
  at: number;
}

export interface ChannelMessagePong {
  t: "pong";
  at: number;
}

export interface ChannelMessageQuality {
  t: "quality";
  up?: number;
  down?: number;
  loss?: number;
  rtt?: number;
  slots?: ChannelMessageSlotQuality[];
  path?: MediaPath;
  up_loss?: number;
  down_loss?: number;
}

export interface ChannelMessageRoster {
  t: "roster";
  rev: number;
  full: boolean;
  participants?: ChannelMessageRosterEntry[];
  add?: ChannelMessageRosterEntry[];
  change?: ChannelMessageRosterEntry[];
  remove?: string[];
}

export interface ChannelMessageRosterEntry {
  participant?: string;
  user?: string;
  name?: string;
  role?: string;
  csrc: number;
  sources?: ChannelMessageSourceState[];
  hand: boolean;
  connection?: string;
}

export interface ChannelMessageSlotQuality {
  slot: number;
  freezes: number;
  fps: number;
  height: number;
}

export interface ChannelMessageSlotState {
  slot: number;
  participant?: string;
  source?: Source;
  state?: string;
  layer?: string;
  why?: string;
}

export interface ChannelMessageSlots {
  t: "slots";
  rev: number;
  slots?: ChannelMessageSlotState[];
}

export interface ChannelMessageSourceState {
  source?: Source;
  muted: boolean;
}

export interface ChannelMessageTrackLayers {
  source?: Source;
  rids?: string[];
}

export interface ChannelMessageVoice {
  slot: number;
  participant?: string;
  level: number;
  speaking: boolean;
}

export interface ChannelMessageVoices {
  t: "voices";
  voices?: ChannelMessageVoice[];
}

export interface ChannelMessageWant {
  t: "want";
  rev: number;
  slots?: ChannelMessageWantedSlot[];
}

export interface ChannelMessageWantedSlot {
  slot: number;
  participant?: string;
  source?: Source;
  width: number;
  height: number;
  fps: number;
  stage: boolean;
}

export interface ClientFrame {
  type?: string;
  id?: string;
  room_id?: string;
  user_id?: string;
  target?: string;
  sdp?: string;
  candidate?: unknown;
  on?: boolean;
  control?: unknown;
  at?: number;
}

export interface ConversationDraft {
  kind?: string;
  user_id?: string;
  user_ids?: string[];
  title?: string;
  meeting_id?: string;
}

export interface ConversationPage {
  list?: ConversationView[];
  total: number;
  page: number;
  page_size: number;
  total_pages: number;
}

export interface ConversationUpdate {
  title?: string;
}

export interface ConversationView {
  conversation_id?: string;
  kind?: string;
  title?: string;
  meeting_id?: string;
  peer?: PersonView;
  role?: string;
  members: number;
  last_seq: number;
  last_change: number;
  read_seq: number;
  peer_read_seq?: number;
  peer_delivered_seq?: number;
  unread: number;
  mentions: number;
  last_message?: MessageView;
  created_at?: string;
  updated_at?: string;
}

export interface CsrfToken {
  csrf_token?: string;
}

export interface DeliveryPage {
  list?: WebhookDeliveryView[];
  next?: string;
}

export interface DeliveryReport {
  state?: string;
  bytes?: number;
  attempt?: number;
  sha256?: string;
  reason?: string;
}

export interface DeliveryView {
  device_id?: string;
  device_name?: string;
  user_id?: string;
  user_name?: string;
  state?: string;
  bytes: number;
  attempt: number;
  reason?: string;
  updated_at?: string;
}

export interface DeviceDraft {
  name?: string;
  kind?: string;
  credential?: boolean;
  shared?: boolean;
}

export interface DeviceReply {
  device?: DeviceView;
  credential?: string;
}

export interface DeviceSignIn {
  device_id?: string;
  credential?: string;
}

export interface DeviceToken {
  token?: string;
  expires_at?: string;
  device?: DeviceView;
}

export interface DeviceView {
  device_id?: string;
  name?: string;
  kind?: string;
  owner?: string;
  credential: boolean;
  created_at?: string;
  last_seen?: string;
}

export interface FileAddress {
  url?: string;
  method?: string;
  headers?: Record<string, string>;
  expires_at?: string;
  type?: string;
}

export interface FileDraft {
  name?: string;
  size?: number;
  sha256?: string;
  type?: string;
  chunks?: string[];
  conversation_id?: string;
}

export interface FileFrameNotice {
  type: "file-notice";
  push_id?: string;
  file_id?: string;
  name?: string;
  size: number;
  sha256?: string;
  media_type?: string;
  from?: PushViewSender;
  note?: string;
  at?: string;
  devices?: string[];
}

export interface FileFramePushState {
  type: "push-state";
  push_id?: string;
  file_id?: string;
  counts?: PushViewCounts;
}

export interface FileFrameRecalled {
  type: "file-recalled";
  push_id?: string;
  file_id?: string;
  devices?: string[];
}

export interface FileFrameState {
  type: "file-state";
  file_id?: string;
  state?: string;
  reason?: string;
}

export interface FileManifest {
  file_id?: string;
  name?: string;
  size: number;
  sha256?: string;
  type?: string;
  risk?: string;
  chunk_size: number;
  chunks?: string[];
}

export interface FileReply {
  file?: FileView;
  upload?: UploadView;
}

export interface FileSearchReply {
  list?: FoundFile[];
  more: boolean;
  cursor?: string;
}

export interface FileView {
  file_id?: string;
  name?: string;
  size: number;
  sha256?: string;
  type?: string;
  declared_type?: string;
  state?: string;
  reason?: string;
  risk?: string;
  owner?: string;
  mine?: boolean;
  conversations?: string[];
  created_at?: string;
  ready_at?: string;
  expires_at?: string;
}

export interface ForgottenPassword {
  email?: string;
}

export interface FoundFile {
  file?: FileView;
  from?: PushViewSender;
  conversation_id?: string;
}

export interface GuestPass {
  token?: string;
  user_id?: string;
  guest_key?: string;
  expires_at?: string;
}

export interface GuestRequest {
  display_name?: string;
  password?: string;
  guest_key?: string;
}

export interface Health {
  status?: string;
  version?: string;
}

export interface HealthDetail {
  status?: string;
  version?: string;
  parts?: HealthDetailPart[];
}

export interface HealthDetailPart {
  name?: string;
  status?: string;
  latency_ms: number;
  error?: string;
}

export interface HostAct {
  act?: string;
  meeting_id?: string;
  user_id?: string;
  media?: string;
}

export interface InvitationRequest {
  emails?: string[];
  locale?: string;
}

export interface InvitationView {
  id?: string;
  email?: string;
  invited_at?: string;
}

export interface JoinReply {
  meeting_id?: string;
  room_id?: string;
  participant_id?: string;
  csrc: number;
  role?: string;
  media_token?: string;
  ice_servers?: unknown;
  ws_url?: string;
  ws_ticket?: string;
  codecs?: string[];
  slots?: JoinReplySlots;
  meeting?: JoinReplyRoomView;
}

export interface JoinReplyRoomView {
  title?: string;
  locked: boolean;
  host_id?: string;
  meeting_type?: string;
  settings?: MeetingSettings;
}

export interface JoinReplySlots {
  audio: number;
  video: number;
}

export interface JoinRequest {
  password?: string;
  display_name?: string;
  invitation?: string;
}

export interface LimitView {
  name?: string;
  value: number;
  usual: number;
  least: number;
  most: number;
  seconds?: number;
}

export interface LimitsChange {
  limits?: Record<string, number>;
}

export interface LoginRequest {
  username?: string;
  password?: string;
}

export interface MediaAnswer {
  sdp?: string;
  session_id?: string;
  node_id?: string;
  placement_epoch: number;
}

export interface MediaOffer {
  media_token?: string;
  sdp?: string;
  tracks?: TrackLabel[];
}

export type MediaPath = "node" | "direct";

export interface MediaRestart {
  sdp?: string;
}

export interface MeetingDraft {
  title?: string;
  description?: string;
  start_time?: string;
  end_time?: string;
  max_participants?: number;
  meeting_type?: string;
  password?: string;
  settings?: MeetingSettings;
  recurrence?: RecurrenceDraft;
}

export interface MeetingSearchReply {
  list?: MeetingView[];
  more: boolean;
  cursor?: string;
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
  peer_to_peer?: boolean;
}

export interface MeetingView {
  meeting_id?: string;
  title?: string;
  description?: string;
  host_id?: string;
  host_name?: string;
  status?: string;
  meeting_type?: string;
  max_participants?: number;
  has_password: boolean;
  settings?: MeetingSettings;
  start_time?: string;
  end_time?: string;
  started_at?: string;
  ended_at?: string;
  created_at?: string;
  updated_at?: string;
  link?: string;
  recurrence?: RecurrenceView;
}

export interface MemberPage {
  list?: MemberView[];
  total: number;
}

export interface MemberView {
  person?: PersonView;
  role?: string;
  joined_at?: string;
  delivered_seq: number;
  read_seq: number;
}

export interface MembersRequest {
  user_ids?: string[];
  role?: string;
}

export interface MessageDraft {
  client_msg_id?: string;
  text?: string;
  reply_to?: number;
  mentions?: string[];
  attachments?: AttachmentView[];
}

export interface MessageEdit {
  text?: string;
  mentions?: string[];
}

export interface MessagePage {
  list?: MessageView[];
  last_seq: number;
  last_change: number;
  more: boolean;
}

export interface MessageView {
  conversation_id?: string;
  seq: number;
  change: number;
  author?: PersonView;
  at?: string;
  text?: string;
  client_msg_id?: string;
  reply_to?: number;
  mentions?: string[];
  attachments?: AttachmentView[];
  edited_at?: string;
  recalled_at?: string;
  recalled_by?: string;
  reactions?: ReactionView[];
}

export interface MessagingCommand {
  type?: string;
  id?: string;
  act?: string;
  conversation_id?: string;
  room_id?: string;
  client_msg_id?: string;
  text?: string;
  seq?: number;
  reply_to?: number;
  mentions?: string[];
  attachments?: AttachmentView[];
  emoji?: string;
  delivered?: number;
  read?: number;
  on?: boolean;
  state?: string;
  device?: string;
  every?: number;
  watch?: boolean;
  streams?: Record<string, number>;
  since?: string;
}

export interface MessagingFrameAck {
  type: "ack";
  id?: string;
  seq?: number;
  change?: number;
}

export interface MessagingFrameChange {
  type: "message";
  conversation_id?: string;
  change: number;
  kind?: string;
  by?: PersonView;
  at?: string;
  seq?: number;
  message?: MessageView;
  title?: string;
  users?: PersonView[];
}

export interface MessagingFrameChat {
  type: "chat";
  room_id?: string;
  from?: string;
  display_name?: string;
  text?: string;
  client_msg_id?: string;
  at?: string;
  seq: number;
  conversation_id?: string;
  change: number;
  reply_to?: number;
  mentions?: string[];
  attachments?: AttachmentView[];
}

export interface MessagingFrameFailed {
  type: "error";
  code?: string;
  message?: string;
  details?: string;
  id?: string;
}

export interface MessagingFramePresence {
  type: "presence";
  id?: string;
  people?: MessagingFrameState[];
  every?: number;
}

export interface MessagingFrameReceipt {
  type: "receipt";
  conversation_id?: string;
  user_id?: string;
  delivered_seq: number;
  read_seq: number;
  unread?: number;
  mentions?: number;
}

export interface MessagingFrameResumed {
  type: "resume";
  id?: string;
  streams?: Record<string, number>;
  more?: string[];
  resync?: string[];
  since?: string;
}

export interface MessagingFrameState {
  user_id?: string;
  state?: string;
}

export interface MessagingFrameTyping {
  type: "typing";
  conversation_id?: string;
  user_id?: string;
  name?: string;
  on: boolean;
}

export interface MuteRequest {
  source?: Source;
}

export interface NodeView {
  node_id?: string;
  live: boolean;
  state?: string;
  admission?: string;
  rooms: number;
  participants: number;
  stress: number;
  region?: string;
  media_host?: string;
  lease_expires_at?: string;
}

export interface NotificationDeliveryPage {
  list?: NotificationDeliveryView[];
  next?: string;
}

export interface NotificationDeliveryView {
  id?: string;
  channel?: string;
  state?: string;
  notification_ids?: string[];
  attempts: number;
  error?: string;
  created_at?: string;
  due_at?: string;
  delivered_at?: string;
}

export interface NotificationFrameTold {
  type: "notification";
  notification?: NotificationView;
  unread: number;
}

export interface NotificationPage {
  list?: NotificationView[];
  unread: number;
  next?: string;
}

export interface NotificationPreferences {
  kinds?: NotificationPreferencesKindPreference[];
  quiet_hours?: NotificationPreferencesQuietHours;
  language?: string;
}

export interface NotificationPreferencesKindPreference {
  kind?: string;
  channels?: string[];
  offered?: string[];
}

export interface NotificationPreferencesQuietHours {
  from?: string;
  until?: string;
  time_zone?: string;
}

export interface NotificationView {
  id?: string;
  kind?: string;
  what?: string;
  at?: string;
  count: number;
  read_at?: string;
  by_id?: string;
  by_name?: string;
  title?: string;
  starts_at?: string;
  link?: string;
}

export interface PartAddress {
  part: number;
  size: number;
  method?: string;
  url?: string;
  headers?: Record<string, string>;
  expires_at?: string;
}

export interface ParticipantView {
  participant_id?: string;
  user_id?: string;
  display_name?: string;
  role?: string;
  state?: string;
  csrc?: number;
  joined_at?: string;
  left_at?: string;
}

export interface PartsRequest {
  parts?: number[];
}

export interface PasswordChange {
  old_password?: string;
  new_password?: string;
}

export interface PasswordReset {
  email?: string;
  code?: string;
  password?: string;
}

export interface PendingPushes {
  list?: PendingPushesPending[];
}

export interface PendingPushesPending {
  push_id?: string;
  file_id?: string;
  name?: string;
  size: number;
  sha256?: string;
  media_type?: string;
  from?: PushViewSender;
  note?: string;
  at?: string;
  state?: string;
  bytes: number;
  attempt: number;
}

export interface PersonView {
  user_id?: string;
  name?: string;
  avatar?: string;
  deleted?: boolean;
}

export interface PhoneCode {
  code?: string;
}

export interface PhoneDraft {
  phone?: string;
}

export interface PhoneView {
  phone?: string;
  pending?: string;
}

export interface PollRequest {
  question?: string;
  options?: string[];
  multiple?: boolean;
  anonymous?: boolean;
  show_results?: boolean;
}

export interface PollView {
  id?: string;
  question?: string;
  options?: string[];
  multiple: boolean;
  anonymous: boolean;
  show_results: boolean;
  closed: boolean;
  created_at?: string;
  mine?: number[];
  votes?: number;
  results?: PollViewResult[];
}

export interface PollViewResult {
  count: number;
  voters?: string[];
}

export interface Profile {
  id?: string;
  username?: string;
  email?: string;
  nickname?: string;
  avatar?: string;
  phone?: string;
  role?: string;
  status?: string;
  last_login?: string;
  created_at?: string;
}

export interface ProfileUpdate {
  nickname?: string;
  avatar?: string;
  phone?: string;
}

export interface PushDraft {
  targets?: PushDraftTargets;
  note?: string;
  client_push_id?: string;
}

export interface PushDraftTargets {
  users?: string[];
  devices?: string[];
  conversation_id?: string;
  meeting_id?: string;
}

export interface PushView {
  push_id?: string;
  file_id?: string;
  name?: string;
  size: number;
  sha256?: string;
  from?: PushViewSender;
  note?: string;
  created_at?: string;
  called_back_at?: string;
  expires_at?: string;
  counts?: PushViewCounts;
  people_without_device: number;
  deliveries?: PushViewDeliveries;
}

export interface PushViewCounts {
  waiting: number;
  notified: number;
  downloading: number;
  done: number;
  failed: number;
}

export interface PushViewDeliveries {
  list?: DeliveryView[];
  total: number;
  page: number;
  page_size: number;
  total_pages: number;
}

export interface PushViewSender {
  user_id?: string;
  name?: string;
}

export interface QualityPage {
  bucket_seconds: number;
  people?: QualityPerson[];
  samples?: QualitySample[];
  next?: string;
}

export interface QualityPerson {
  participant_id?: string;
  name?: string;
}

export interface QualitySample {
  participant_id?: string;
  at?: string;
  up_bps: number;
  down_bps: number;
  estimate_bps: number;
  up_loss: number;
  down_loss: number;
  round_trip_millis?: number;
  freezes: number;
  layers?: QualitySampleLayers;
  path?: MediaPath;
}

export interface QualitySampleLayers {
  q: number;
  h: number;
  f: number;
  single: number;
  held: number;
}

export interface ReactionRequest {
  emoji?: string;
}

export interface ReactionView {
  emoji?: string;
  count: number;
  users?: string[];
}

export interface ReadAllRequest {
  until?: string;
}

export interface ReadReply {
  read_seq: number;
  unread: number;
  mentions: number;
}

export interface ReadRequest {
  seq?: number;
}

export interface RecurrenceDraft {
  rule?: string;
  time_zone?: string;
}

export interface RecurrenceView {
  rule?: string;
  time_zone?: string;
  first?: string;
  next?: string[];
}

export interface RefreshRequest {
  refresh_token?: string;
}

export interface RegisterRequest {
  username?: string;
  email?: string;
  password?: string;
  nickname?: string;
  phone?: string;
}

export interface RoleRequest {
  role?: string;
}

export interface RoomStats {
  meeting_id?: string;
  title?: string;
  host_id?: string;
  host_name?: string;
  started_at?: string;
  participants: number;
  max_participants: number;
  locked: boolean;
  node_id?: string;
}

export interface SearchReply {
  list?: MessageView[];
  more: boolean;
  cursor?: string;
}

export interface SecretReply {
  secret?: string;
  previous_until?: string;
}

export interface SecretRequest {
  secret?: string;
}

export interface ServerFrameAck {
  type: "ack";
  id?: string;
  seq?: number;
}

export interface ServerFrameAdmitted {
  type: "admitted";
  room_id?: string;
}

export interface ServerFrameAnswer {
  type: "answer";
  room_id?: string;
  from?: string;
  sdp?: string;
}

export interface ServerFrameCandidate {
  type: "candidate";
  room_id?: string;
  from?: string;
  candidate?: unknown;
}

export interface ServerFrameDenied {
  type: "denied";
  room_id?: string;
}

export interface ServerFrameFailed {
  type: "error";
  code?: string;
  message?: string;
  details?: string;
  id?: string;
}

export interface ServerFrameKicked {
  type: "kicked";
  room_id?: string;
}

export interface ServerFrameLobby {
  type: "lobby";
  room_id?: string;
  user_id?: string;
}

export interface ServerFrameMediaControl {
  type: "media-control";
  room_id?: string;
  from?: string;
  control?: unknown;
}

export interface ServerFrameMeetingChanged {
  type: "meeting";
  room_id?: string;
  what?: string;
  user_id?: string;
}

export interface ServerFrameOffer {
  type: "offer";
  room_id?: string;
  from?: string;
  sdp?: string;
}

export interface ServerFramePong {
  type: "pong";
  id?: string;
  at?: number;
}

export interface ServerFrameRoomInfo {
  type: "room-info";
  id?: string;
  room_id?: string;
  seq: number;
  host_id?: string;
  locked: boolean;
  title?: string;
  settings?: unknown;
  ice_servers?: unknown;
  participants?: ServerFrameUserInfo[];
  total: number;
}

export interface ServerFrameScreenShare {
  type: "screen-share";
  room_id?: string;
  from?: string;
  on: boolean;
  seq: number;
}

export interface ServerFrameUserInfo {
  user_id?: string;
  participant_id?: string;
  display_name?: string;
  role?: string;
}

export interface ServerFrameUserJoined {
  type: "user-joined";
  room_id?: string;
  user_id?: string;
  user_info?: ServerFrameUserInfo;
  seq: number;
}

export interface ServerFrameUserLeft {
  type: "user-left";
  room_id?: string;
  user_id?: string;
  participant_id?: string;
  reason?: string;
  seq: number;
}

export interface SessionView {
  id?: string;
  client?: string;
  system?: string;
  address?: string;
  created_at?: string;
  last_seen?: string;
  current: boolean;
}

export interface ShareRequest {
  conversation_id?: string;
}

export type Source = "microphone" | "camera" | "screen" | "screen-audio";

export interface SubscriptionDraft {
  endpoint?: string;
  keys?: SubscriptionDraftKeys;
  public_key?: string;
}

export interface SubscriptionDraftKeys {
  p256dh?: string;
  auth?: string;
}

export interface SubscriptionList {
  public_key?: string;
  list?: SubscriptionView[];
}

export interface SubscriptionView {
  id?: string;
  service?: string;
  created_at?: string;
}

export interface SyncReply {
  since?: string;
  more: boolean;
  resync: boolean;
  conversations?: ConversationView[];
  reload?: string[];
  left?: string[];
  changes?: MessagingFrameChange[];
}

export interface SystemStats {
  active_meetings: number;
  scheduled_meetings: number;
  active_users: number;
  rooms: number;
  nodes: number;
}

export interface TicketReply {
  ticket?: string;
  ws_url?: string;
  expires_at?: string;
}

export interface TicketRequest {
  meeting_id?: string;
}

export interface TokenReply {
  user?: Profile;
  token?: string;
  refresh_token?: string;
  expires_at?: string;
}

export interface TrackLabel {
  mid?: string;
  source?: Source;
}

export interface UnreadNotifications {
  unread: number;
}

export interface UploadView {
  chunk_size: number;
  parts: number;
  present?: number[];
  addresses?: PartAddress[];
  more: boolean;
}

export interface UserCard {
  user_id?: string;
  username?: string;
  nickname?: string;
  avatar?: string;
}

export interface VoteRequest {
  choices?: number[];
}

export interface Waiting {
  state?: string;
  participant_id?: string;
}

export interface WebhookDeliveryView {
  id?: string;
  event_id?: string;
  event?: string;
  meeting_id?: string;
  state?: string;
  attempts: number;
  last_attempts?: AttemptView[];
  created_at?: string;
  next_attempt_at?: string;
  payload?: unknown;
}

export interface WebhookDraft {
  url?: string;
  events?: string[];
  secret?: string;
  description?: string;
  every_meeting?: boolean;
  status?: string;
}

export interface WebhookView {
  id?: string;
  url?: string;
  events?: string[];
  description?: string;
  every_meeting: boolean;
  secret?: string;
  status?: string;
  disabled_reason?: string;
  failing_since?: string;
  created_at?: string;
  updated_at?: string;
}
