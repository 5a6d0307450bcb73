/**
 * Accounts: registration, login, sessions with rotating refresh tokens, profiles. Use cases and ports; PostgreSQL keeps the accounts,
 * DynamoDB the sessions, and {@code function} wires them behind the API.
 */
package dev.parley.identity;
