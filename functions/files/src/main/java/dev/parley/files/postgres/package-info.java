/** Files, devices and pushes in PostgreSQL. */
package dev.parley.files.postgres;
