/**
 * Lambda on a laptop: a packaged jar in a class loader of its own, its handler called with event bytes on a virtual thread, within a
 * concurrency limit and a deadline.
 */
package dev.parley.local.gateway.function;
