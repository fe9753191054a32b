package org.dhcpcanon.app;

import java.security.SecureRandom;
import org.dhcpcanon.client.Entropy;

/** Random bits from the kernel's generator: a predictable xid would link all that one machine sends. */
final class SecureEntropy implements Entropy {
    private final SecureRandom random = new SecureRandom();

    @Override
    public int bits() {
        return random.nextInt();
    }
}
