package org.dhcpcanon.bus;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.dhcpcanon.client.LeaseReason;
import org.dhcpcanon.runtime.Control;
import org.dhcpcanon.runtime.LeaseNews;

/** The service on the bus and nothing else, as a program, so that it can have the heap of production. Ends with its standard input. */
public final class LonelyService {
    private LonelyService() {}

    /** @param arguments the address of the bus */
    public static void main(String[] arguments) throws IOException {
        Duties duties = new Duties(
                directory -> {},
                name -> {},
                (number, command) -> Control.Outcome.DONE,
                Optional::empty,
                List::of,
                new FakeAdoption());
        BusService service = new BusService(arguments[0], duties, Runnable::run, "1.2.3");
        service.appeared(BusFixture.view(1, "bound", BusFixture.options(1)));
        service.told(1, new LeaseNews(LeaseReason.BOUND, new TreeMap<>(Map.of()), new TreeMap<>()));
        service.start().join();
        while (System.in.read() >= 0) {
            List.of();
        }
        System.exit(0);
    }
}
