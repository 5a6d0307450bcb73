/** The control API: HTTPS with a certificate made at start, pinned by its fingerprint in the lease, and a token for this node and this body alone. */
package dev.parley.node.control;
