package org.dhcpcanon.bus;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.dhcpcanon.runtime.Adoption;
import org.dhcpcanon.runtime.Control;
import org.dhcpcanon.runtime.Doorway;
import org.dhcpcanon.runtime.Starter;

/**
 * What the service does for those who call it.
 *
 * @param doorway takes callers in; on the loop thread
 * @param starter starts clients without a shim; on the loop thread
 * @param control steers clients; on the loop thread
 * @param reload reads the settings anew, and says what is wrong with them; any thread
 * @param profiles the names of the profiles that there are now; any thread
 * @param adoption takes NetworkManager's connections over
 */
public record Duties(
        Doorway doorway,
        Starter starter,
        Control control,
        Supplier<Optional<String>> reload,
        Supplier<List<String>> profiles,
        Adoption adoption) {}
