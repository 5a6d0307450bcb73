/** The function of webhooks: wires the context to its table, its queue and the internet. */
package dev.parley.webhooks.function;
