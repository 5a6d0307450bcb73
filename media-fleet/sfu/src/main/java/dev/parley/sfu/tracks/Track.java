package dev.parley.sfu.tracks;

import dev.parley.sfu.PublishedSource;
import dev.parley.sfu.Source;
import dev.parley.sfu.repair.Asks;
import java.util.Arrays;

/** One published source of one participant, with its layers and those who watch or hear it. */
public final class Track {
    private static final int ALL_LAYERS = -1;
    private static final int FIRST_ROOM = 8;

    private final long publisher;
    private final PublishedSource published;
    private final PublisherClock clock;
    private final Layer[] layers;
    private final Loudness loudness;
    private final RelayedTrack relayed;
    private final Asks asks = new Asks();
    private TrackSubscriber[] subscribers = new TrackSubscriber[FIRST_ROOM];
    /** For each subscriber the layers that it is shown, as bits: who is shown none of a layer need not be looked at. */
    private int[] shown = new int[FIRST_ROOM];

    private int subscriberCount;
    private int shownToAny;
    private boolean muted;

    /** A track without packets yet; {@code clock} is the one all tracks of the publisher share. */
    public Track(long publisher, PublishedSource published, PublisherClock clock) {
        this(publisher, published, clock, null);
    }

    private Track(long publisher, PublishedSource published, PublisherClock clock, RelayedTrack relayed) {
        this.publisher = publisher;
        this.published = published;
        this.clock = clock;
        layers = new Layer[Math.max(1, published.rids().size())];
        loudness = published.source().video() ? null : new Loudness();
        this.relayed = relayed;
    }

    /** A track whose publisher is at another agent. */
    public static Track relayed(long publisher, PublishedSource published, PublisherClock clock) {
        int layers = Math.max(1, published.rids().size());
        return new Track(publisher, published, clock, new RelayedTrack(layers));
    }

    /** What is known from the agent where the publisher is; null for a track that arrives here (on the packet path, hence no Optional). */
    public RelayedTrack relayed() {
        return relayed;
    }

    /** The publisher's number. */
    public long publisher() {
        return publisher;
    }

    public Source source() {
        return published.source();
    }

    /** What the exchange said about this track. */
    public PublishedSource published() {
        return published;
    }

    PublisherClock clock() {
        return clock;
    }

    /** How many layers the exchange named; 1 without simulcast. */
    public int layerCount() {
        return layers.length;
    }

    /** A layer by position, 0 the smallest picture; null before its first packet. */
    public Layer layer(int index) {
        return layers[index];
    }

    /** The rid of a layer; empty without simulcast. */
    public String rid(int index) {
        return published.rids().isEmpty() ? "" : published.rids().get(index);
    }

    /** Gives a layer its stream, in place of the one it had. */
    public Layer start(int index, long ssrc, int clockRate) {
        layers[index] = new Layer(this, index, ssrc, clockRate);
        return layers[index];
    }

    /** Whether any layer's packets arrive; a muted track does not flow. */
    public boolean flowing(long nowNanos) {
        if (muted) {
            return false;
        }
        for (Layer layer : layers) {
            if (layer != null && layer.flowing(nowNanos)) {
                return true;
            }
        }
        return false;
    }

    /** Loudness of a sound track; null for a picture. */
    public Loudness loudness() {
        return loudness;
    }

    /** Whether packets are dropped at the door. */
    public boolean muted() {
        return muted;
    }

    /** Begins or ends dropping packets; subscribers learn that their stream is interrupted. */
    public void muted(boolean muted) {
        if (this.muted != muted) {
            this.muted = muted;
            for (int i = 0; i < subscriberCount; i++) {
                subscribers[i].onInterrupted();
            }
        }
    }

    /** Shows packets to every subscriber of the layer, one after the other. What one of them throws is thrown on after all others had their turn. */
    void forward(Layer layer, PacketRun run, long nowNanos) {
        RuntimeException failure = null;
        int bit = 1 << layer.index();
        for (int i = 0; i < subscriberCount; i++) {
            if ((shown[i] & bit) != 0) {
                try {
                    subscribers[i].onPackets(layer, run, nowNanos);
                } catch (RuntimeException e) {
                    failure = e;
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** Adds a subscriber, which is shown every layer; it must not be one already. */
    public void subscribe(TrackSubscriber subscriber) {
        if (subscriberCount == subscribers.length) {
            subscribers = Arrays.copyOf(subscribers, 2 * subscriberCount);
            shown = Arrays.copyOf(shown, 2 * subscriberCount);
        }
        subscribers[subscriberCount++] = subscriber;
        show(subscriber, ALL_LAYERS);
    }

    /** From now on a subscriber is shown the packets of these layers only, as bits. */
    public void show(TrackSubscriber subscriber, int layerBits) {
        shownToAny = 0;
        for (int i = 0; i < subscriberCount; i++) {
            if (subscribers[i] == subscriber) {
                shown[i] = layerBits;
            }
            shownToAny |= shown[i];
        }
    }

    /** Whether any subscriber is shown this layer. */
    boolean shows(Layer layer) {
        return (shownToAny & 1 << layer.index()) != 0;
    }

    /** Whether anything may be to be asked for at the publisher. */
    public Asks asks() {
        return asks;
    }

    /** Takes a subscriber away; ignored when it is none. */
    public void unsubscribe(TrackSubscriber subscriber) {
        for (int i = 0; i < subscriberCount; i++) {
            if (subscribers[i] == subscriber) {
                subscribers[i] = subscribers[--subscriberCount];
                shown[i] = shown[subscriberCount];
                subscribers[subscriberCount] = null;
                show(subscriber, ALL_LAYERS);
                return;
            }
        }
    }

    /** The publisher goes to another room: what it has sent so far stays in this one. Nobody is subscribed any more. */
    public void leaveBehind() {
        for (Layer layer : layers) {
            if (layer != null) {
                layer.leaveBehind();
            }
        }
    }

    /** How many subscribed. */
    int subscriberCount() {
        return subscriberCount;
    }

    /** Whether anybody subscribed. */
    public boolean watched() {
        return subscriberCount > 0;
    }
}
