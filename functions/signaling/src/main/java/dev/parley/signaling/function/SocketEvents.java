package dev.parley.signaling.function;

import dev.parley.kernel.SocketTicket;
import dev.parley.platform.lambda.SocketEvent;
import dev.parley.platform.lambda.SocketHandler;
import dev.parley.platform.lambda.SocketReply;
import dev.parley.signaling.SocketService;
import dev.parley.signaling.TicketGate;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Events of sockets, each to the service that speaks to the API the event came through. */
final class SocketEvents implements SocketHandler {
    /** Makes the service that answers through one API's @connections. */
    interface ServiceFactory {
        SocketService at(String domainName, String stage);
    }

    private final ServiceFactory factory;
    private final Map<String, SocketService> services = new ConcurrentHashMap<>();

    SocketEvents(ServiceFactory factory) {
        this.factory = factory;
    }

    @Override
    public SocketReply handle(SocketEvent event) {
        SocketService service = services.computeIfAbsent(
                event.domainName() + "/" + event.stage(), key -> factory.at(event.domainName(), event.stage()));
        return switch (event.kind()) {
            case CONNECT -> connect(service, event);
            case MESSAGE -> {
                service.frame(event.connectionId(), holder(event), event.body().orElse(""));
                yield SocketReply.ok();
            }
            case DISCONNECT -> {
                service.closed(event.connectionId(), holder(event));
                yield SocketReply.ok();
            }
        };
    }

    private static SocketReply connect(SocketService service, SocketEvent event) {
        Optional<String> protocol = TicketGate.protocol(event.header("sec-websocket-protocol"));
        if (protocol.isEmpty()) {
            return SocketReply.status(400);
        }
        service.opened(event.connectionId(), holder(event));
        return SocketReply.accept(protocol.get());
    }

    /** Who holds the socket, as the authorizer said when it was opened. */
    private static SocketTicket holder(SocketEvent event) {
        return SocketTicket.fromFields(event.authorizer());
    }
}
