/** What functions in one process share of their store. Everything else of a function is its own. */
package dev.parley.platform.dynamo.nearby;
