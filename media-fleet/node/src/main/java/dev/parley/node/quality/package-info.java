/** How meetings' connections did, on its way from the rooms to the MeetingQuality table. */
package dev.parley.node.quality;
