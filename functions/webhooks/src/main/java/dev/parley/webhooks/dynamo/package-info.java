/** Webhooks and their deliveries in DynamoDB. */
package dev.parley.webhooks.dynamo;
