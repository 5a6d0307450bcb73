/**
 * A program for a device: pulls the files that are pushed to it into a folder. A notice over the socket, or the list that the server keeps, says what there is;
 * {@link dev.parley.agent.Delivery} fetches one, chunk by chunk, into a part file with a journal beside it; {@link dev.parley.agent.Folder} gives it its name once all
 * of it is what it should be. The socket only hastens: the list is asked for after every connection, so that nothing depends on a frame that was lost.
 */
package dev.parley.agent;
