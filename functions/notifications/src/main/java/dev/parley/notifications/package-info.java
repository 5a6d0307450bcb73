/**
 * What people were not there to see, and what they are told by mail. News of an event ({@link dev.parley.notifications.Feed}) become
 * notifications, one for each thing that they are about; {@link dev.parley.notifications.NoticeDesk} shows them.
 *
 * <p>An event of the outbox ({@link dev.parley.notifications.Notifications}) becomes a letter in the recipient's language
 * ({@link dev.parley.notifications.Letters}), the letter a mail, and a {@link dev.parley.notifications.Mailer} sends it. To add a mail: a
 * text for each language under the event's name, in this package's resources, and its case in
 * {@link dev.parley.notifications.MailKind}.
 */
package dev.parley.notifications;
