/** Speaking to WebSocket connections from outside them, by API Gateway's @connections API. Knows no messages and no rooms. */
package dev.parley.platform.push;
