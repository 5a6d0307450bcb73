/**
 * `@parley/client`: join Parley meetings from a browser.
 *
 * @packageDocumentation
 */
export { Parley, type JoinOptions, type ParleyOptions } from "./parley";
export type { Meeting, Connection, Diagnostics, EndOfMeeting, MeetingEvents } from "./meeting/meeting";
export type { Participant } from "./meeting/roster";
export type { View, ViewState } from "./meeting/view";
export { may, type Capability } from "./meeting/roles";
export type { Polls } from "./meeting/polls";
export type { Announcement, BreakoutRoom, Breakouts, BreakoutsState } from "./meeting/breakouts";
export type { Chat, ChatMessage } from "./meeting/chat";
export type { Conversation, ConversationEvents } from "./messages/conversation";
export type { Conversations, ConversationsEvents, Found } from "./messages/conversations";
export type { FoundPart, Search } from "./search";
export type { SearchOptions } from "./rest/messages";
export type { Typist } from "./messages/typing";
export type { Attaching, Message, Reaction, SendOptions } from "./messages/message";
export { forgetUnsent, type KeptMessage, type Unsent } from "./messages/unsent";
export type { Files, FilesEvents } from "./files/files";
export type { Upload, UploadEvents, UploadState } from "./files/upload";
export type { Download, DownloadEvents, DownloadState } from "./files/download";
export type { Arrival, Inbox, InboxEvents } from "./files/inbox";
export { DiskSink, MemorySink, type Sink } from "./files/sinks";
export type { Own } from "./own";
export type { Notifications, NotificationsEvents } from "./notifications/notifications";
export type { MediaPath, Quality } from "./media/quality";
export type { ActMessage, Voice } from "./media/messages";
export type { LinkState } from "./media/link";
export type { PushStateFrame } from "./signaling/frames";
export type { SocketState } from "./signaling/socket";
export type { Account } from "./rest/account";
export type { Admin, AuditFilter, UserFilter } from "./rest/admin";
export type {
  MeetingQuality,
  QualityLayers,
  QualityPage,
  QualityPerson,
  QualitySample,
} from "./rest/quality";
export type {
  WebhookAttempt,
  WebhookDelivery,
  WebhookDeliveryPage,
  WebhookDraft,
  WebhookRecord,
  Webhooks,
} from "./rest/webhooks";
export type { Meetings } from "./rest/meetings";
export type * from "./rest/records";
export type * from "./rest/file-records";
export type * from "./rest/notification-records";
export { ParleyError, asParleyError } from "./errors";
export { Devices, type DeviceList } from "./devices/devices";
export { captureBoth, captureCamera, captureMicrophone } from "./devices/capture";
export { LevelMeter, levelOf } from "./devices/level";
export { Emitter } from "./emitter";
