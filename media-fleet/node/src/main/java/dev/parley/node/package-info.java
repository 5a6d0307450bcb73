/**
 * The SFU process. {@link dev.parley.node.NodeMain} reads its settings, wires media agents, rooms, the control API, the lease and
 * the health page, and stops them in the opposite order.
 *
 * <p>Who owns what: an agent thread owns packets, sessions and slots ({@code transport}, {@code sfu}); each room has one virtual
 * thread that owns its roster and its words; HTTP threads ask the room and wait.
 */
package dev.parley.node;
