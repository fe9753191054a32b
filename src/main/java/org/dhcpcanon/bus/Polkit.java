package org.dhcpcanon.bus;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.dhcpcanon.dbus.Bus;
import org.dhcpcanon.dbus.Call;
import org.dhcpcanon.dbus.Target;
import org.freedesktop.dbus.types.Variant;

/** Asks polkit whether a caller may do something; polkit may ask a person for a password. Any thread; does not wait. */
final class Polkit {
    /** What polkit says of a caller. */
    enum Answer {
        YES,
        NO,
        /** Yes, if the caller were ready to wait for a password. */
        WITH_PASSWORD,
        /** There are too many questions already: anybody can ask, and leave a dialog open. */
        BUSY
    }

    /** The action that is installed in {@code org.dhcpcanon1.policy}. */
    private static final String ACTION = "org.dhcpcanon1.control";

    private static final Target AUTHORITY = new Target(
            Optional.of("org.freedesktop.PolicyKit1"),
            "/org/freedesktop/PolicyKit1/Authority",
            "org.freedesktop.PolicyKit1.Authority");
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** For a person who looks for a password. */
    private static final Duration PATIENCE_WITH_PEOPLE = Duration.ofMinutes(2);

    private static final int ALLOW_USER_INTERACTION = 1;
    private static final int MOST_QUESTIONS = 32;

    private final AtomicInteger questions = new AtomicInteger();

    /** Fails if polkit is not there, or does not answer in time. */
    CompletableFuture<Answer> ask(Bus bus, Call call) {
        if (questions.incrementAndGet() > MOST_QUESTIONS) {
            questions.decrementAndGet();
            return CompletableFuture.completedFuture(Answer.BUSY);
        }
        boolean interactive = call.isInteractive();
        return bus.connection()
                .call(
                        AUTHORITY,
                        "CheckAuthorization",
                        interactive ? PATIENCE_WITH_PEOPLE : PATIENCE,
                        "(sa{sv})sa{ss}us",
                        new Object[] {"system-bus-name", Map.of("name", new Variant<>(call.sender(), "s"))},
                        ACTION,
                        Map.of(),
                        interactive ? ALLOW_USER_INTERACTION : 0,
                        "")
                .whenComplete((values, failure) -> questions.decrementAndGet())
                .thenApply(Polkit::read);
    }

    /** polkit's {@code (bba{ss})}: is authorized, is a challenge, details. What cannot be read is a no. */
    private static Answer read(List<Object> values) {
        boolean whole = values.size() == 1 && values.get(0) instanceof Object[];
        Object[] result = whole ? (Object[]) values.get(0) : new Object[0];
        if (result.length < 2) {
            return Answer.NO;
        }
        if (Boolean.TRUE.equals(result[0])) {
            return Answer.YES;
        }
        return Boolean.TRUE.equals(result[1]) ? Answer.WITH_PASSWORD : Answer.NO;
    }
}
