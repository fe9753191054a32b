package org.dhcpcanon.runtime;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.dhcpcanon.client.Policy;
import org.dhcpcanon.settings.Profiles;

/**
 * A machine with many interfaces, on a clock that goes from deadline to deadline. What becomes of it is drawn from a seed.
 */
final class SoakHost implements Clock, ClientWatcher, Journal {
    static final long SECOND = 1_000_000_000L;
    private static final long HOUR = 3600 * SECOND;

    final SplittableRandom chance;
    final List<SoakCable> cables;
    private final PriorityQueue<Later> later = new PriorityQueue<>();
    private final Map<Integer, ClientView> views = new HashMap<>();
    private Sessions sessions;
    private long now = HOUR;
    private long order;
    private boolean peaceful;
    private final Map<Level, Integer> lines = new EnumMap<>(Level.class);
    private int deaths;
    private int suspensions;

    SoakHost(int interfaces, long seed) {
        chance = new SplittableRandom(seed);
        sessions = clients();
        cables = IntStream.range(0, interfaces)
                .mapToObj(number -> new SoakCable(this, "eth" + number))
                .toList();
        cables.forEach(SoakCable::begin);
        cables.forEach(this::scheduleTrouble);
        after(duration(24 * HOUR), this::befallAll);
    }

    private Sessions clients() {
        return new Sessions(new Surroundings(
                this,
                chance::nextInt,
                (name, listener) -> cable(name).plug(listener),
                (request, scripts) -> cable(request.interfaceName()).sink(),
                this,
                this,
                request -> Policy.of(Profiles.strict()),
                FormerLeases.NONE));
    }

    private SoakCable cable(String name) {
        return cables.get(Integer.parseInt(name.substring("eth".length())));
    }

    Sessions sessions() {
        return sessions;
    }

    /** Nanoseconds from none to four times the usual. */
    long duration(long usual) {
        return Math.min(4 * usual, (long) (-Math.log(1 - chance.nextDouble()) * usual));
    }

    boolean happens(int onceIn) {
        return chance.nextInt(onceIn) == 0;
    }

    /** Whether a packet does not arrive. */
    boolean loses() {
        return !peaceful && happens(50);
    }

    /** @param delay nanoseconds */
    void after(long delay, Runnable action) {
        later.add(new Later(now + delay, order++, action));
    }

    private void scheduleTrouble(SoakCable cable) {
        after(duration(8 * HOUR), () -> {
            if (!peaceful) {
                cable.befall();
            }
            scheduleTrouble(cable);
        });
    }

    /** The machine sleeps, or the service dies. */
    private void befallAll() {
        after(duration(24 * HOUR), this::befallAll);
        if (peaceful) {
            return;
        }
        if (chance.nextBoolean()) {
            suspensions++;
            now += duration(3 * HOUR);
            cables.forEach(SoakCable::disturb);
        } else {
            deaths++;
            views.clear();
            sessions = clients();
            cables.forEach(SoakCable::serviceDied);
        }
    }

    /** No more trouble until {@link #unrest}; what there is ends. */
    void peace() {
        peaceful = true;
        cables.forEach(SoakCable::heal);
    }

    void unrest() {
        peaceful = false;
    }

    /** @param duration nanoseconds */
    void run(long duration) {
        long end = now + duration;
        while (step(end)) {}
        now = Math.max(now, end);
    }

    /** Does what is due first, if it is due by then. */
    private boolean step(long end) {
        long clients = sessions.deadline();
        Later first = later.peek();
        long next = first == null ? clients : Math.min(clients, first.at);
        if (next > end) {
            return false;
        }
        now = Math.max(now, next);
        if (clients == next) {
            sessions.act(now);
        } else {
            later.remove().action.run();
        }
        return true;
    }

    /** One client for an interface at most, and what is shown of it is what the interface has. */
    void checkShown() {
        Set<String> names = new HashSet<>();
        for (ClientView view : views.values()) {
            if (!names.add(view.interfaceName())) {
                throw new AssertionError("two clients of " + view.interfaceName());
            }
            boolean shown = Set.of("bound", "renewing", "rebinding").contains(view.state());
            if (shown && !cable(view.interfaceName()).holds(view.address())) {
                throw new AssertionError(view.interfaceName() + " does not have what is shown: " + view);
            }
        }
    }

    List<String> withoutLease() {
        return cables.stream()
                .filter(cable -> !cable.hasAddress())
                .map(SoakCable::name)
                .toList();
    }

    int clientsShown() {
        return views.size();
    }

    /** Of the journal. */
    Map<Level, Integer> lines() {
        return lines;
    }

    String troubles() {
        return deaths + " deaths of the service, " + suspensions + " suspensions";
    }

    @Override
    public long now() {
        return now;
    }

    @Override
    public long wall() {
        return 1_800_000_000_000_000_000L + now;
    }

    @Override
    public void appeared(ClientView client) {
        views.put(client.number(), client);
    }

    @Override
    public void changed(ClientView client) {
        views.put(client.number(), client);
    }

    @Override
    public void gone(int number) {
        views.remove(number);
    }

    @Override
    public void write(Level level, Subject subject, String text) {
        lines.merge(level, 1, Integer::sum);
    }

    @Override
    public void defect(Subject subject, Throwable cause) {
        throw new AssertionError("a defect on " + subject.interfaceName(), cause);
    }

    /** In the order of their times, and those of one time in the order in which they were made. */
    private record Later(long at, long order, Runnable action) implements Comparable<Later> {
        @Override
        public int compareTo(Later other) {
            return at == other.at ? Long.compare(order, other.order) : Long.compare(at, other.at);
        }
    }
}
