/** Mail by Amazon SES. */
package dev.parley.notifications.ses;
