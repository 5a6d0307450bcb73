/** The fleet behind API Gateway. */
package dev.parley.fleet.function;
