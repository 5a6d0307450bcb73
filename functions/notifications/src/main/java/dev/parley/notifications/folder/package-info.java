/** Mail into a folder in place of being sent: on a laptop, where {@code /local/mail} shows it. */
package dev.parley.notifications.folder;
