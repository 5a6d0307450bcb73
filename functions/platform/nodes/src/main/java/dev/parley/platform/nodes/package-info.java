/**
 * Where rooms are, who may be in them, and how a media node is called.
 *
 * <p>Three numbers are kept apart. A lease's <b>incarnation</b> fences a restarted node process: the newer process takes
 * the lease, the older one's next renewal is refused and it stops serving. A placement's <b>epoch</b> fences nodes: it
 * rises each time a room is placed anew, and a node that is offered a higher one lets the room go. A room's
 * <b>admission</b> fences people: it rises with every kick.
 *
 * <p>Sources: the lease and epoch are the fencing tokens of Kleppmann, "How to do distributed locking" (2016); the choice
 * of a node is "The Power of Two Choices in Randomized Load Balancing" (Mitzenmacher, 2001).
 */
package dev.parley.platform.nodes;
