package dev.parley.notifications.function;

import dev.parley.notifications.Outlet;
import dev.parley.platform.push.Push;
import dev.parley.platform.push.PushOutcome;

/** Sends by API Gateway's @connections. A socket that is slow or out of reach for the moment is not gone. */
record GatewayOutlet(Push push) implements Outlet {
    @Override
    public boolean send(String connectionId, String text) {
        return push.send(connectionId, text) != PushOutcome.GONE;
    }
}
