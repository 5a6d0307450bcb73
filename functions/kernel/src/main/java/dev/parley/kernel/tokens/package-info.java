/**
 * What the product's tokens say, and the ports that make and check them. Each audience has a key set of its own, so that a token for
 * one can never be taken for another.
 */
package dev.parley.kernel.tokens;
