/** The fleet's ports over the MediaNodes and LiveMeetings tables and the nodes' control API. */
package dev.parley.fleet.nodes;
