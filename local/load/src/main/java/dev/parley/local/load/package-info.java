/** Load on the control plane's own code over embedded stores. */
package dev.parley.local.load;
