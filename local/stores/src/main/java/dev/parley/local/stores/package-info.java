/**
 * The stores of a local installation, real ones inside this process or beside it: PostgreSQL as a child process on a kept data folder,
 * DynamoDB Local in this JVM, and the folder of signing keys. {@link dev.parley.local.stores.Stores} starts them for an installation,
 * or, for component tests, once per JVM with a fresh database, table prefix and key folder for every caller.
 */
package dev.parley.local.stores;
