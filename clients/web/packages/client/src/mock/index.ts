/**
 * A whole Parley system inside the page, for users of the library and for designing screens: the REST API in memory, a
 * socket that acknowledges, and a media node made of a real peer connection that sends drawn people.
 *
 * ```ts
 * const system = mockSystem({ people: ["Ana", "Bo"] });
 * const parley = new Parley({ url: "http://mock", fetch: system.rest.fetch, WebSocket: system.WebSocket });
 * ```
 *
 * @packageDocumentation
 */
import { MockNode } from "./node";
import { MockRest } from "./rest";
import { mockSockets } from "./wire";

export { MockAdmin } from "./admin";
export { MockFiles } from "./files";
export { MockMessages } from "./messages";
export { MockNode } from "./node";
export { MockRest } from "./rest";
export { mockWebSocket } from "./socket";
export { mockSockets } from "./wire";

export function mockSystem(options: { people: readonly string[] }) {
  const node = new MockNode(options.people);
  const rest = new MockRest(node);
  const { WebSocket, network } = mockSockets(rest);
  return { node, rest, WebSocket, network };
}
