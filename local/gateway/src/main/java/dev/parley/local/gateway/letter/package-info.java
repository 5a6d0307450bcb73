/** Dead letters of every kind in one place: what functions could not take, from streams and from queues. */
package dev.parley.local.gateway.letter;
