package dev.parley.local.supervisor;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;

/** Picks ports for the processes: the documented one when it is free, else the next that is, and says so. */
final class Ports {
    private static final int TRIES = 200;

    private final Set<Integer> chosen = new HashSet<>();
    private final List<String> remarks = new ArrayList<>();

    /** The wanted TCP port or the next free one. */
    int tcp(String purpose, int wanted) {
        return pick(purpose, wanted, 1, port -> tcpFree(port, InetAddress.getLoopbackAddress()));
    }

    /** A TCP port that must be this one. @throws SupervisorException when something else listens there */
    int exactly(String purpose, int wanted) {
        if (!tcpFree(wanted, InetAddress.getLoopbackAddress())) {
            throw new SupervisorException("Port " + wanted + " for " + purpose
                    + " is taken. Choose another with --port, or find who has it: ss -ltnp 'sport = :" + wanted + "'");
        }
        chosen.add(wanted);
        return wanted;
    }

    /** The first of {@code count} UDP ports in a row that are free on every address of this machine, for TCP too. */
    int udpRange(String purpose, int wanted, int count) {
        return pick(purpose, wanted, count, port -> udpFree(port) && tcpFree(port, null));
    }

    /** What was not as documented, a sentence each. */
    List<String> remarks() {
        return List.copyOf(remarks);
    }

    private int pick(String purpose, int wanted, int count, IntPredicate free) {
        for (int first = wanted; first < wanted + TRIES * count; first += count) {
            if (allFree(first, count, free)) {
                for (int port = first; port < first + count; port++) {
                    chosen.add(port);
                }
                if (first != wanted) {
                    remarks.add("port " + wanted + " is taken: " + purpose + " uses " + first);
                }
                return first;
            }
        }
        throw new SupervisorException("No free port for " + purpose + " from " + wanted + " on");
    }

    private boolean allFree(int first, int count, IntPredicate free) {
        for (int port = first; port < first + count; port++) {
            if (chosen.contains(port) || !free.test(port)) {
                return false;
            }
        }
        return true;
    }

    /** @param address where it must be free, null for everywhere */
    private static boolean tcpFree(int port, InetAddress address) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(address, port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean udpFree(int port) {
        try (var socket = new DatagramSocket(new InetSocketAddress(port))) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
