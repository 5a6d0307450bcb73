/** The queue of what is told elsewhere than in the app. */
package dev.parley.notifications.queue;
