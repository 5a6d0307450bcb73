/** REST words of meetings: what clients send and read under {@code /api/v1/meetings}. */
package dev.parley.contracts.meetings;
