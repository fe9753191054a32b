package org.dhcpcanon.nm;

import java.util.Optional;
import java.util.function.Consumer;
import org.dhcpcanon.client.SinkAnswer;
import org.dhcpcanon.runtime.LeaseNews;
import org.dhcpcanon.runtime.LeaseSink;

/** Has NetworkManager configure the interface of one client, by what it has in force there. On the loop thread. */
final class ReapplySink implements LeaseSink {
    private final String interfaceName;
    private final DeviceWatch watch;

    ReapplySink(String interfaceName, DeviceWatch watch) {
        this.interfaceName = interfaceName;
        this.watch = watch;
    }

    @Override
    public void tell(LeaseNews news, Consumer<SinkAnswer> answer) {
        Optional<Addressing> wanted = Dictionary.bringsLease(news) ? Addressing.of(news.options()) : Optional.empty();
        watch.want(interfaceName, wanted, answer);
    }

    /** No address outlives its client. */
    @Override
    public void close() {
        watch.want(interfaceName, Optional.empty(), answer -> {});
    }
}
