/**
 * DynamoDB: the one definition of every table ({@link dev.parley.platform.dynamo.Tables}), the client, and the ports that every
 * context shares: short-lived items, rate limits, the outbox. Expiry attributes only collect garbage: every read here also looks at the clock.
 */
package dev.parley.platform.dynamo;
