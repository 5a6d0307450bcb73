/** HTTP as the gateway speaks it: requests read from Jetty, replies written to it, and the errors it answers by itself. */
package dev.parley.local.gateway.http;
