/** Plans and history of meetings in PostgreSQL. */
package dev.parley.meetings.postgres;
