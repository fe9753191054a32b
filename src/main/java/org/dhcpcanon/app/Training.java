package org.dhcpcanon.app;

import java.io.IOException;
import org.dhcpcanon.client.Profile;
import org.dhcpcanon.linux.BootClock;
import org.dhcpcanon.linux.Poller;
import org.dhcpcanon.runtime.Rehearsal;

/** A run that loads the classes of a real one, so that an archive of them can be made; needs no bus and no network. */
final class Training {
    private Training() {}

    static void run() throws IOException {
        try (Poller poller = new Poller()) {
            poller.await(new BootClock().now() + 1);
        }
        new SecureEntropy().bits();
        Rehearsal.run(Profile.STRICT, Service.REHEARSALS);
    }
}
