/** The words of notifications: what somebody was not there to see, over REST and on the socket. */
package dev.parley.contracts.notifications;
