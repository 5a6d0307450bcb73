/**
 * DynamoDB: the one definition of every table ({@link dev.parley.platform.dynamo.Tables}), the client, and the two ports that every
 * context shares, short-lived items and rate limits. Expiry attributes only collect garbage: every read here also looks at the clock.
 */
package dev.parley.platform.dynamo;
