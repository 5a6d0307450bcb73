/** The words of webhooks: what their owners say over REST. What is posted to them is described in {@code docs/webhooks.md}. */
package dev.parley.contracts.webhooks;
