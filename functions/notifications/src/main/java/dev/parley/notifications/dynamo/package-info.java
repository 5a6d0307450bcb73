/** Notifications in DynamoDB, and what others keep there and notifications read: conversations, sockets. */
package dev.parley.notifications.dynamo;
