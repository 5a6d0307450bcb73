package dev.parley.platform.calls;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Looks up names, and lets an address pass only if every address of the name may be called. What it answers is what is connected to, so
 * a name that answers otherwise a moment later changes nothing.
 */
final class CheckedNames implements DnsResolver {
    /** The name leads to where nobody else may have us call. */
    static final class RefusedException extends UnknownHostException {
        private static final long serialVersionUID = 1;

        RefusedException(String host) {
            super(host + " is not on the public internet");
        }
    }

    private final OutsideCalls.Lookup lookup;
    private final boolean loopback;

    /** @param loopback whether this machine may be called as well */
    CheckedNames(OutsideCalls.Lookup lookup, boolean loopback) {
        this.lookup = lookup;
        this.loopback = loopback;
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] found = lookup.all(host);
        if (found.length == 0) {
            throw new UnknownHostException(host);
        }
        boolean allowed = Arrays.stream(found)
                .allMatch(address -> PublicAddresses.contains(address) || loopback && address.isLoopbackAddress());
        if (!allowed) {
            throw new RefusedException(host);
        }
        return found;
    }

    /** Whether everything this name leads to is this machine. */
    boolean leadsHere(String host) throws UnknownHostException {
        return loopback && Arrays.stream(resolve(host)).allMatch(InetAddress::isLoopbackAddress);
    }

    @Override
    public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
        List<InetSocketAddress> addresses = new ArrayList<>();
        for (InetAddress address : resolve(host)) {
            addresses.add(new InetSocketAddress(address, port));
        }
        return addresses;
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }
}
