/** What would be sent, into a folder: on a laptop, where {@code /local/outbox} shows it. */
package dev.parley.notifications.folder;
