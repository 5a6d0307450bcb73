import type { MockRest } from "./rest";
import { mockWebSocket } from "./socket";

/** A WebSocket class behind which the conversations of this system are. */
export function mockSockets(rest: MockRest) {
  const sockets = mockWebSocket((frame, _say, { ticket }) => {
    const writer = rest.tickets.get(ticket);
    return writer && rest.messages.frame(frame, writer, ticket);
  });
  const { network } = sockets;
  rest.messages.tell = (user, frame, except) => {
    for (const ticket of network.tickets) {
      if (ticket !== except && rest.tickets.get(ticket)?.user === user) network.say(frame, ticket);
    }
  };
  return sockets;
}
