/**
 * PostgreSQL: a small pool, migrations by Flyway with a history per context, transactions. A database that sleeps or cannot be reached
 * is an answer (503 {@code store.waking} with Retry-After), not an accident.
 */
package dev.parley.platform.postgres;
