/** Looking after an installation: accounts, the audit log, live meetings, media nodes. */
package dev.parley.contracts.admin;
