/** Sockets, rooms and meetings in DynamoDB. */
package dev.parley.signaling.dynamo;
