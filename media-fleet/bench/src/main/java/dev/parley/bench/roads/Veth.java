package dev.parley.bench.roads;

import java.io.IOException;
import java.net.NetworkInterface;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A virtual Ethernet cable in a network of this process's own: {@code road0} is ours at 10.9.0.1, at its other end {@code road1} every packet is dropped, as
 * nobody there is 10.9.0.2. {@code local/bench roads --veth} lays it.
 */
final class Veth {
    static final int HERE = 0x0A09_0001;
    static final int THERE = 0x0A09_0002;

    private Veth() {}

    static Runs runs(Linux linux, int run) throws IOException {
        return Runs.remote(linux, run, THERE);
    }

    static Map<String, Road.Opening> roads() {
        Map<String, Road.Opening> roads = new LinkedHashMap<>();
        roads.put("sendmmsg + GSO, prepared", MessageRoad::plain);
        roads.put("io_uring SENDMSG + GSO", UringRoad::messages);
        roads.put("io_uring SENDMSG_ZC + GSO", UringRoad::zeroCopy);
        // One socket at a time has the interface's queue; the second is opened only where the first was refused.
        roads.put("AF_XDP, zero copy", XdpRoad::zeroCopy);
        roads.put("AF_XDP, copied", XdpRoad::copied);
        return roads;
    }

    static NetworkInterface near() throws IOException {
        return end("road0");
    }

    static NetworkInterface far() throws IOException {
        return end("road1");
    }

    private static NetworkInterface end(String name) throws IOException {
        NetworkInterface found = NetworkInterface.getByName(name);
        if (found == null) {
            throw new IOException("there is no network interface " + name + "; local/bench roads --veth makes it");
        }
        return found;
    }
}
