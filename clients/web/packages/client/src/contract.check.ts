/**
 * Holds the types of this library against the contract's, while the compiler runs and at no other time. A type of ours may leave members
 * out and may know the words of a string; a member that the contract does not have, or of another kind, does not compile.
 */
import type * as Wire from "./contract";
import type * as Files from "./rest/file-records";
import type * as Channel from "./media/messages";
import type * as Told from "./rest/notification-records";
import type * as History from "./rest/quality";
import type * as Rest from "./rest/records";
import type * as Hooks from "./rest/webhooks";
import type * as Socket from "./signaling/frames";

/** A type with its words widened and every member there: what of it can be compared. */
type Kind<T> = T extends string
  ? string
  : T extends number
    ? number
    : T extends boolean
      ? boolean
      : T extends readonly (infer E)[]
        ? Kind<E>[]
        : T extends object
          ? { [K in keyof T]-?: Kind<NonNullable<T[K]>> }
          : T;

/** Compiles where whatever the server sends can be read as `Ours`. */
type Read<Ours, Sent> = Kind<Sent> extends Kind<Ours> ? true : false;
/** Compiles where the server can read whatever we send. */
type Sent<Ours, Asked> = keyof Ours extends keyof Asked
  ? { [K in keyof Ours & keyof Asked]-?: Kind<NonNullable<Asked[K]>> } extends Kind<Ours>
    ? true
    : false
  : false;

/** Does not compile with `false`. */
type Must<T extends true> = T;

type Frame<T extends Socket.ServerFrame["type"]> = Extract<Socket.ServerFrame, { type: T }>;
type Said<T extends Channel.ChannelMessage["t"]> = Extract<Channel.ChannelMessage, { t: T }>;

export type WhatIsRead = [
  Must<Read<Rest.User, Wire.Profile>>,
  Must<Read<Rest.ManagedUser, Wire.Profile>>,
  Must<Read<Rest.LoginSession, Wire.SessionView>>,
  Must<Read<Rest.MeetingRecord, Wire.MeetingView>>,
  Must<Read<Rest.MeetingSettings, Wire.MeetingSettings>>,
  Must<Read<Rest.RecurrenceRecord, Wire.RecurrenceView>>,
  Must<Read<Rest.InvitationRecord, Wire.InvitationView>>,
  Must<Read<Rest.LimitRecord, Wire.LimitView>>,
  Must<Read<Rest.BreakoutsRecord, Wire.BreakoutsView>>,
  Must<Read<Rest.PollRecord, Wire.PollView>>,
  Must<Read<Rest.ParticipantRecord, Wire.ParticipantView>>,
  Must<Read<Rest.GuestPass, Wire.GuestPass>>,
  Must<Read<Omit<Rest.JoinReply, "ice_servers">, Wire.JoinReply>>,
  Must<Read<Rest.WaitingReply, Wire.Waiting>>,
  Must<Read<Rest.MediaAnswer, Wire.MediaAnswer>>,
  Must<Read<Rest.TicketReply, Wire.TicketReply>>,
  Must<Read<Rest.AuditEntry, Wire.AuditEntryView>>,
  Must<Read<Rest.AuditCheck, Wire.AuditCheck>>,
  Must<Read<Rest.RoomStats, Wire.RoomStats>>,
  Must<Read<Rest.SystemStats, Wire.SystemStats>>,
  Must<Read<Rest.MediaNode, Wire.NodeView>>,
  Must<Read<Rest.HealthDetail, Wire.HealthDetail>>,
  Must<Read<Rest.PersonRecord, Wire.PersonView>>,
  Must<Read<Rest.UserCard, Wire.UserCard>>,
  Must<Read<Rest.AttachmentRecord, Wire.AttachmentView>>,
  Must<Read<Rest.ReactionRecord, Wire.ReactionView>>,
  Must<Read<Rest.MessageRecord, Wire.MessageView>>,
  Must<Read<Rest.ConversationRecord, Wire.ConversationView>>,
  Must<Read<Rest.MemberRecord, Wire.MemberView>>,
  Must<Read<Rest.MessagePage, Wire.MessagePage>>,
  Must<Read<History.QualityPage, Wire.QualityPage>>,
  Must<Read<Hooks.WebhookRecord, Wire.WebhookView>>,
  Must<Read<Hooks.WebhookDelivery, Wire.WebhookDeliveryView>>,
  Must<Read<Files.FoundFileRecord, Wire.FoundFile>>,
  Must<Read<Socket.ChatFrame, Wire.MessagingFrameChat>>,
  Must<Read<Frame<"message">, Wire.MessagingFrameChange>>,
  Must<Read<Socket.ReceiptFrame, Wire.MessagingFrameReceipt>>,
  Must<Read<Socket.TypingFrame, Wire.MessagingFrameTyping>>,
  Must<Read<Socket.AckFrame, Wire.MessagingFrameAck>>,
  Must<Read<Omit<Socket.RoomInfo, "ice_servers">, Wire.ServerFrameRoomInfo>>,
  Must<Read<Frame<"offer">, Wire.ServerFrameOffer>>,
  Must<Read<Frame<"answer">, Wire.ServerFrameAnswer>>,
  Must<Read<Omit<Frame<"candidate">, "candidate">, Wire.ServerFrameCandidate>>,
  Must<Read<Frame<"error">, Wire.ServerFrameFailed>>,
  Must<Read<Frame<"user-joined">, Wire.ServerFrameUserJoined>>,
  Must<Read<Frame<"user-left">, Wire.ServerFrameUserLeft>>,
  Must<Read<Frame<"meeting">, Wire.ServerFrameMeetingChanged>>,
  Must<Read<Frame<"lobby">, Wire.ServerFrameLobby>>,
  Must<Read<Told.NotificationRecord, Wire.NotificationView>>,
  Must<Read<Told.NotificationPreferences, Wire.NotificationPreferences>>,
  Must<Read<Told.NotificationPage, Wire.NotificationPage>>,
  Must<Read<Told.PhoneRecord, Wire.PhoneView>>,
  Must<Read<Told.SubscriptionList, Wire.SubscriptionList>>,
  Must<Read<Told.NotificationDeliveryPage, Wire.NotificationDeliveryPage>>,
  Must<Read<Frame<"notification">, Wire.NotificationFrameTold>>,
  Must<Read<Said<"slots">, Wire.ChannelMessageSlots>>,
  Must<Read<Said<"voices">, Wire.ChannelMessageVoices>>,
  Must<Read<Channel.RosterMessage, Wire.ChannelMessageRoster>>,
  Must<Read<Said<"gather">, Wire.ChannelMessageGather>>,
];

export type WhatIsSent = [
  Must<Sent<Rest.Registration, Wire.RegisterRequest>>,
  Must<Sent<Rest.ProfileChange, Wire.ProfileUpdate>>,
  Must<Sent<Rest.MeetingDraft, Wire.MeetingDraft>>,
  Must<Sent<Rest.RecurrenceDraft, Wire.RecurrenceDraft>>,
  Must<Sent<Rest.PollDraft, Wire.PollRequest>>,
  Must<Sent<Rest.BreakoutsDraft, Wire.BreakoutsRequest>>,
  Must<Sent<Rest.BreakoutAssignment, Wire.BreakoutAssignmentsAssignment>>,
  Must<Sent<Rest.MediaOffer, Wire.MediaOffer>>,
  Must<Sent<Told.NotificationPreferences, Wire.NotificationPreferences>>,
  Must<Sent<Told.SubscriptionDraft, Wire.SubscriptionDraft>>,
  Must<Sent<Rest.MessageDraft, Wire.MessageDraft>>,
  Must<Sent<Hooks.WebhookDraft, Wire.WebhookDraft>>,
];
