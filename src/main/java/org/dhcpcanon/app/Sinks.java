package org.dhcpcanon.app;

import java.util.Optional;
import org.dhcpcanon.bus.ShownSink;
import org.dhcpcanon.nm.DeviceWatch;
import org.dhcpcanon.nm.NetworkManagerSinks;
import org.dhcpcanon.runtime.ClientRequest;
import org.dhcpcanon.runtime.LeaseSink;
import org.dhcpcanon.runtime.Mailbox;
import org.dhcpcanon.runtime.ScriptRunner;
import org.dhcpcanon.runtime.SinkFactory;
import org.dhcpcanon.shim.ScriptSink;
import org.dhcpcanon.shim.StandingClients;

/** Who is told of a lease: NetworkManager, or the caller's script; and nobody where the bus alone shows it. */
record Sinks(Mailbox mailbox, SinkFactory networkManager, Optional<DeviceWatch> watch, LeaseSink shown)
        implements SinkFactory {
    /**
     * @param conversations with NetworkManager at a time, at most
     * @param watch of its devices, where there is a bus
     */
    static Sinks of(Mailbox mailbox, int conversations, Optional<DeviceWatch> watch) {
        return new Sinks(
                mailbox,
                new NetworkManagerSinks(
                        mailbox, NetworkManagerSinks.workers(conversations), NetworkManagerSinks.SOCKET),
                watch,
                new ShownSink(mailbox));
    }

    @Override
    public LeaseSink sinkFor(ClientRequest request, ScriptRunner scripts) {
        if (request.route().equals(StandingClients.ROUTE)) {
            return shown;
        }
        if (watch.isPresent() && request.route().equals(DeviceWatch.ROUTE)) {
            return watch.get().sinkFor(request);
        }
        return request.isForNetworkManager()
                ? networkManager.sinkFor(request, scripts)
                : new ScriptSink(request, scripts, mailbox, ScriptSink.PATIENCE_SECONDS);
    }
}
