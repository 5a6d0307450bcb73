export const en = {
  notifications: {
    title: "Notifications",
    unread_one: "{{count}} unread",
    unread_other: "{{count}} unread",
    manyUnread: "99 or more unread",
    signedOut: "Sign in to see your notifications",
    signedOutText: "What you were not there to see is listed for your account.",
    failed: "Your notifications could not be loaded.",
    empty: "Nothing you missed",
    emptyText:
      "Messages, mentions, invitations and files that came while you were away are listed here for 30 days.",
    readAll: "Mark all as read",
    read: "Mark as read",
    readNamed: "Mark as read: {{text}}",
    isNew: "Unread",
    more: "Show older ones",
    somebody: "Somebody",
    what: {
      received_one: "{{by}} sent you a message",
      received_other: "{{by}} sent you {{count}} messages",
      mentioned_one: "{{by}} mentioned you in {{title}}",
      mentioned_other: "{{by}} and others mentioned you {{count}} times in {{title}}",
      invited: "{{by}} invites you to {{title}}",
      invitedAt: "{{by}} invites you to {{title}}, {{time}}",
      changed: "{{title}} is planned anew",
      changedAt: "{{title}} is planned anew: {{time}}",
      cancelled: "{{title}} is cancelled",
      started: "{{title}} has begun",
      pushed: "{{by}} sends you {{title}}",
      signed_in: "Your account was signed in on a device that is new: {{title}}",
      password_changed: "Your password was changed",
      role_changed: "Your role is now: {{title}}",
      webhook_disabled: "A webhook was switched off: {{title}}",
      other: "Something happened",
    },
  },
};

type Words<T> = { [K in keyof T]: T[K] extends string ? string : Words<T[K]> };
export type NotificationTexts = Words<typeof en>;
