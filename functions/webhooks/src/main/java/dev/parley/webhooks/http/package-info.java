/** Calls to other people's servers, and to nobody else's: no address that is not on the public internet is ever connected to. */
package dev.parley.webhooks.http;
