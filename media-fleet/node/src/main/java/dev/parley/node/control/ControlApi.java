package dev.parley.node.control;

import dev.parley.contracts.Wire;
import dev.parley.contracts.WireException;
import dev.parley.contracts.node.NodeHealth;
import dev.parley.contracts.node.NodeOffer;
import dev.parley.contracts.node.NodeRestart;
import dev.parley.contracts.node.RoomAct;
import dev.parley.kernel.tokens.Audience;
import dev.parley.kernel.tokens.MediaClaims;
import dev.parley.kernel.tokens.NodeClaims;
import dev.parley.kernel.tokens.TokenException;
import dev.parley.kernel.tokens.TokenVerifier;
import dev.parley.node.rooms.Refusal;
import dev.parley.node.rooms.Refusal.Kind;
import dev.parley.node.rooms.Rooms;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** What the control API does, apart from HTTP: checks the two tokens, finds the operation, asks the rooms. */
public final class ControlApi {
    private static final String BEARER = "Bearer ";

    private final String nodeId;
    private final Rooms rooms;
    private final Supplier<NodeHealth> health;
    private final TokenVerifier<NodeClaims> nodeTokens;
    private final TokenVerifier<MediaClaims> mediaTokens;

    public ControlApi(
            String nodeId,
            Rooms rooms,
            Supplier<NodeHealth> health,
            TokenVerifier<NodeClaims> nodeTokens,
            TokenVerifier<MediaClaims> mediaTokens) {
        this.nodeId = nodeId;
        this.rooms = rooms;
        this.health = health;
        this.nodeTokens = nodeTokens;
        this.mediaTokens = mediaTokens;
    }

    /**
     * Answers one request.
     *
     * @param path percent-decoded segments behind {@code /}, such as {@code v1 rooms abc sessions}
     * @param authorization the header, empty when absent
     * @param participant the query parameter of that name, empty when absent
     * @return the record to write; empty text for none
     * @throws Refusal when it is not granted
     */
    public Object answer(String method, List<String> path, String authorization, String participant, byte[] body) {
        authorize(authorization, body);
        if (path.equals(List.of("v1", "health"))) {
            require(method, "GET");
            return health.get();
        }
        if (path.size() < 4 || !path.get(0).equals("v1") || !path.get(1).equals("rooms")) {
            throw new Refusal(Kind.NOT_FOUND, "there is nothing at this path");
        }
        String room = path.get(2);
        List<String> rest = path.subList(3, path.size());
        if (rest.equals(List.of("sessions"))) {
            require(method, "POST");
            NodeOffer offer = read(body, NodeOffer.class);
            return rooms.open(room, offer, admitted(room, offer.mediaToken()));
        }
        if (rest.equals(List.of("acts"))) {
            require(method, "POST");
            rooms.act(room, read(body, RoomAct.class));
            return "";
        }
        if (rest.size() == 2 && rest.getFirst().equals("sessions")) {
            require(method, "PUT", "DELETE");
            if (method.equals("PUT")) {
                return rooms.restart(room, rest.get(1), read(body, NodeRestart.class));
            }
            rooms.close(room, rest.get(1), participant);
            return "";
        }
        throw new Refusal(Kind.NOT_FOUND, "there is nothing at this path");
    }

    private void authorize(String authorization, byte[] body) {
        if (!authorization.startsWith(BEARER)) {
            throw new Refusal(Kind.NODE_TOKEN, "a node token is needed");
        }
        try {
            NodeClaims claims = nodeTokens.verify(authorization.substring(BEARER.length()), Audience.node(nodeId));
            if (!claims.covers(body)) {
                throw new Refusal(Kind.NODE_TOKEN, "the node token is for another body");
            }
        } catch (TokenException e) {
            throw new Refusal(Kind.NODE_TOKEN, "the node token is refused: " + e.reason());
        }
    }

    private MediaClaims admitted(String room, String token) {
        try {
            return mediaTokens.verify(token, Audience.room(room));
        } catch (TokenException e) {
            throw new Refusal(Kind.MEDIA_TOKEN, "the media token is refused: " + e.reason());
        }
    }

    private static <T> T read(byte[] body, Class<T> type) {
        try {
            return Wire.read(body, type);
        } catch (WireException e) {
            throw new Refusal(Kind.INVALID, e.getMessage());
        }
    }

    private static void require(String method, String... allowed) {
        if (!Arrays.asList(allowed).contains(method)) {
            throw new Refusal(Kind.METHOD, "only " + String.join(", ", allowed) + " here");
        }
    }
}
