/**
 * Event source mappings of DynamoDB streams, as Lambda runs them: every record of a table's stream is handed to the function that the
 * template names, in order, at least once, across restarts; what cannot be handed over becomes a dead letter that can be replayed.
 */
package dev.parley.local.gateway.stream;
