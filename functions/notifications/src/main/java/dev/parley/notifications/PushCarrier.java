package dev.parley.notifications;

import dev.parley.notifications.Delivery.State;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** To every browser that somebody subscribed with, at once. One that is gone is forgotten; the ones that failed are tried again. */
final class PushCarrier implements Carrier {
    private static final int MOST_LINES = 5;
    private static final int LONGEST_LINE = 200;

    private final Subscriptions subscriptions;
    private final PushServices services;

    PushCarrier(Subscriptions subscriptions, PushServices services) {
        this.subscriptions = Objects.requireNonNull(subscriptions);
        this.services = Objects.requireNonNull(services);
    }

    @Override
    public Carried carry(Delivery delivery, Told told) {
        List<Subscription> to = subscriptions.of(delivery.userId()).stream()
                .filter(one -> delivery.left().isEmpty() || delivery.left().contains(one.id()))
                .toList();
        boolean before = delivery.deliveredAt().isPresent();
        if (to.isEmpty()) {
            return delivery.left().isEmpty()
                    ? Carried.to(State.SKIPPED)
                    : new Carried(before ? State.DELIVERED : State.FAILED, Optional.of("gone"), false, List.of());
        }
        List<String> again = new ArrayList<>();
        Optional<String> why = Optional.empty();
        boolean taken = false;
        for (Map.Entry<Subscription, PushServices.Outcome> one :
                push(to, message(told)).entrySet()) {
            switch (one.getValue().answer()) {
                case TAKEN -> taken = true;
                case GONE ->
                    subscriptions.remove(delivery.userId(), one.getKey().id());
                case LATER -> again.add(one.getKey().id());
                case REFUSED -> {}
            }
            if (one.getValue().answer() != PushServices.Answer.TAKEN) {
                why = Optional.of(one.getValue().why());
            }
        }
        if (!again.isEmpty()) {
            return new Carried(State.PENDING, why, taken, again);
        }
        return new Carried(taken || before ? State.DELIVERED : State.FAILED, why, taken, List.of());
    }

    private Map<Subscription, PushServices.Outcome> push(List<Subscription> to, PushMessage message) {
        Map<Subscription, PushServices.Outcome> outcomes = new LinkedHashMap<>();
        try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<PushServices.Outcome>> calls = workers.invokeAll(to.stream()
                    .<Callable<PushServices.Outcome>>map(one -> () -> services.push(one, message))
                    .toList());
            for (int i = 0; i < to.size(); i++) {
                outcomes.put(to.get(i), calls.get(i).get());
            }
            return outcomes;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Stopped while pushing", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("A push failed", e.getCause());
        }
    }

    private static PushMessage message(Told told) {
        List<String> lines = told.lines().stream()
                .limit(MOST_LINES)
                .map(line -> line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE - 1) + "…" : line)
                .toList();
        boolean one = told.notices().size() == 1;
        Notice first = told.notices().getFirst();
        return new PushMessage(
                lines, one ? first.link() : "/notifications", one ? Optional.of(first.id()) : Optional.empty());
    }
}
