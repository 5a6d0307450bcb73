/** Pictures of accounts: what somebody sends becomes a small square without anything but its pixels, kept in a store of objects. */
package dev.parley.identity.pictures;
