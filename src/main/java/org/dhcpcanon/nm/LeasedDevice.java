package org.dhcpcanon.nm;

import java.io.IOException;
import java.util.Optional;
import org.dhcpcanon.dbus.ErrorReplyException;
import org.dhcpcanon.nm.NetworkManagerBus.Applied;
import org.dhcpcanon.nm.NetworkManagerBus.Device;
import org.jspecify.annotations.Nullable;

/** A device whose IPv4 is ours, and what NetworkManager has in force there. On the thread that watches. */
final class LeasedDevice {
    /** Somebody else may change what is in force between our look and our change; not for ever. */
    private static final int ATTEMPTS = 5;

    private Device device;
    private Applied applied;
    /** What was brought into force last, and the version that NetworkManager gave it. */
    private @Nullable Addressing settled;

    private long settledVersion;
    /** Whether NetworkManager was started anew and has not brought it up again yet. */
    private boolean awaited;

    LeasedDevice(Device device, Applied applied) {
        this.device = device;
        this.applied = applied;
    }

    ConnectionProfile profile() {
        return applied.profile();
    }

    boolean isAwaited() {
        return awaited;
    }

    /** Whether it is the same connection, and in the same activation, as far as a NetworkManager that was started anew can tell. */
    boolean isSame(Device other, ConnectionProfile profile) {
        return awaited
                ? profile().uuid().equals(profile.uuid())
                : device.activation().equals(other.activation());
    }

    /** A newer look at the same one. */
    void refresh(Device newer, Applied now) {
        awaited = false;
        device = newer;
        applied = now;
    }

    /** There is another NetworkManager, which counts its versions anew. */
    void await() {
        awaited = true;
        settled = null;
    }

    /** It has not come. */
    void giveUp() {
        awaited = false;
    }

    /** Whether what is wanted was in force already, and somebody has put something else in its place. */
    boolean isDiscarded(Optional<Addressing> wanted) {
        return wanted.isPresent() && wanted.get().equals(settled) && settledVersion != applied.version();
    }

    private boolean isSettled(Optional<Addressing> wanted) {
        if (!profile().isAdopted()) {
            // Given back a moment ago: not ours any more.
            return true;
        }
        return wanted.isEmpty()
                ? !profile().isLeased()
                : wanted.get().equals(settled) && settledVersion == applied.version();
    }

    /**
     * Has the addresses of a lease be in force; or none.
     *
     * @throws IOException if NetworkManager does not do it
     */
    void settle(NetworkManagerBus bus, Optional<Addressing> wanted) throws IOException {
        for (int attempt = 0; !isSettled(wanted); attempt++) {
            try {
                bus.reapply(device, new Applied(profileWith(wanted), applied.version()));
                applied = bus.applied(device);
                settled = wanted.orElse(null);
                settledVersion = applied.version();
            } catch (ErrorReplyException e) {
                if (!e.name().endsWith(".VersionIdMismatch") || attempt == ATTEMPTS) {
                    throw e;
                }
                applied = bus.applied(device);
            }
        }
    }

    private ConnectionProfile profileWith(Optional<Addressing> wanted) {
        return wanted.map(profile()::leasing).orElseGet(profile()::unleased);
    }
}
