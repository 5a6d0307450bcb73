/** Accounts and sessions over REST, prefix {@code /api/v1}. Absent members of a request are null. */
package dev.parley.contracts.identity;
