/** Conversations, words, presence, rooms, sockets and meetings in DynamoDB. */
package dev.parley.messaging.dynamo;
