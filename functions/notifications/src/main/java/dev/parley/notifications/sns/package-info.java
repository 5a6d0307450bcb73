/** Text messages through Amazon SNS. */
package dev.parley.notifications.sns;
