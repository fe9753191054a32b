package org.dhcpcanon.runtime;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.dhcpcanon.client.Exchange;
import org.tinylog.ThreadContext;

/**
 * What a line of the log is about. The journal keeps it in fields beside the text, by which lines can be found.
 *
 * @param interfaceName the kernel's
 * @param client the number of a client, see {@link ClientView#number}; empty where none is meant
 * @param transactionId the xid of an exchange; empty where none is under way
 */
public record Subject(String interfaceName, OptionalInt client, OptionalInt transactionId) {
    private static final String INTERFACE = "DHCPCANON_INTERFACE";
    private static final String CLIENT = "DHCPCANON_CLIENT";
    private static final String TRANSACTION_ID = "DHCPCANON_XID";

    /** An interface, whoever uses it. */
    public static Subject of(String interfaceName) {
        return new Subject(interfaceName, OptionalInt.empty(), OptionalInt.empty());
    }

    /** A client, and the exchange that it is at. */
    public static Subject of(String interfaceName, int client, Optional<Exchange> exchange) {
        OptionalInt xid =
                exchange.map(known -> OptionalInt.of(known.transactionId())).orElse(OptionalInt.empty());
        return new Subject(interfaceName, OptionalInt.of(client), xid);
    }

    /** The same, but for the xid. */
    public Subject withoutTransaction() {
        return new Subject(interfaceName, client, OptionalInt.empty());
    }

    /** Whatever this thread writes to the log meanwhile is about this. Not to be nested. */
    public void during(Runnable lines) {
        ThreadContext.put(INTERFACE, interfaceName);
        client.ifPresent(number -> ThreadContext.put(CLIENT, number));
        transactionId.ifPresent(xid -> ThreadContext.put(TRANSACTION_ID, String.format(Locale.ROOT, "%08x", xid)));
        try {
            lines.run();
        } finally {
            ThreadContext.clear();
        }
    }
}
