/**
 * Webhooks: what happened in meetings, told to other people's servers. Events become deliveries, one for each webhook that wants them; a
 * delivery is posted, signed, until it is taken or a day is over. Deliveries of one meeting to one webhook come in order; others do not
 * wait for them.
 */
package dev.parley.webhooks;
