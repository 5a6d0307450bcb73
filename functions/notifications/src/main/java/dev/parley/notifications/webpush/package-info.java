/** Messages to browsers: encrypted for them alone, and handed to the services of their makers, to nobody else. */
package dev.parley.notifications.webpush;
