/**
 * Where libraries log to: an SLF4J provider of our own that writes warnings and errors as lines of JSON to the standard output. It
 * needs no configuration, starts in no time and keeps to its own class loader.
 */
package dev.parley.platform.lambda.logging;
