package org.dhcpcanon.app;

import java.util.Optional;

/** Which dhcpcanon this is. */
final class Version {
    private Version() {}

    /** From the jar's manifest; {@code unknown} when run from a directory of classes. */
    static String text() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("unknown");
    }
}
