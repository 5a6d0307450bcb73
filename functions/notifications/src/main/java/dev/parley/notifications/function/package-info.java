/** The function that sends mail: wires the context to its stores and to SES, or to a folder. */
package dev.parley.notifications.function;
