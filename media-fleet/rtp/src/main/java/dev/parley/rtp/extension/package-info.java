/** Values of the header extensions that a meeting uses: how each is read and written, and the URI that names it in SDP. */
package dev.parley.rtp.extension;
