/** Mail on a laptop: what the notifications function leaves in a folder in place of sending it, shown to the one who runs this. */
package dev.parley.local.gateway.mail;
