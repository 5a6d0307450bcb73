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
import { mockWebSocket } from "./socket";

export { MockAdmin } from "./admin";
export { MockNode } from "./node";
export { MockRest } from "./rest";
export { mockWebSocket } from "./socket";

export function mockSystem(options: { people: readonly string[] }) {
  const node = new MockNode(options.people);
  const rest = new MockRest(node);
  const { WebSocket, network } = mockWebSocket((frame, say) => {
    if (frame["type"] !== "chat") return;
    say({
      type: "chat",
      room_id: frame["room_id"],
      from: "self",
      text: frame["text"],
      client_msg_id: frame["client_msg_id"],
      at: new Date().toISOString(),
    });
  });
  return { node, rest, WebSocket, network };
}
