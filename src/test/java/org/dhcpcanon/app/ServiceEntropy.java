package org.dhcpcanon.app;

import org.dhcpcanon.client.Entropy;

/** The very entropy that the service has, for tests that measure it. */
public final class ServiceEntropy {
    private ServiceEntropy() {}

    public static Entropy create() {
        return new SecureEntropy();
    }
}
