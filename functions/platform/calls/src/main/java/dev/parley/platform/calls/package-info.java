/** Calls to addresses that somebody else chose: none that is not on the public internet is ever connected to. */
package dev.parley.platform.calls;
