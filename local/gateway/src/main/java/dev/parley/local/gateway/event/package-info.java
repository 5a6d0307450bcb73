/**
 * The event JSON that API Gateway sends to functions, field by field. The builders are pure: time, identifiers and the request come from
 * outside, so that a test can hold every byte.
 */
package dev.parley.local.gateway.event;
