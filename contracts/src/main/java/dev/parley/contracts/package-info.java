/** The public wire words of Parley, as records, and the one JSON mapping they travel through. */
package dev.parley.contracts;
