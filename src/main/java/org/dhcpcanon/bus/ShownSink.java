package org.dhcpcanon.bus;

import java.util.function.Consumer;
import org.dhcpcanon.client.SinkAnswer;
import org.dhcpcanon.runtime.LeaseNews;
import org.dhcpcanon.runtime.LeaseSink;
import org.dhcpcanon.runtime.Mailbox;

/** For clients that were started on the bus: whoever wants their leases sees them there, so that nobody else is told. */
public final class ShownSink implements LeaseSink {
    private final Mailbox mailbox;

    public ShownSink(Mailbox mailbox) {
        this.mailbox = mailbox;
    }

    @Override
    public void tell(LeaseNews news, Consumer<SinkAnswer> answer) {
        mailbox.post(() -> answer.accept(SinkAnswer.ACCEPTED));
    }

    @Override
    public void close() {
        // There is nothing under way.
    }
}
