package org.dhcpcanon.client;

/** Where random bits come from: a cryptographic generator in the service, a script in tests. */
@FunctionalInterface
public interface Entropy {
    /** 32 independent, uniform bits. */
    int bits();

    /**
     * A uniform number below a bound; without bias, by rejection.
     *
     * @param bound at least 1
     * @return 0..bound-1
     */
    default int below(int bound) {
        int mask = Integer.highestOneBit(Math.max(bound - 1, 1)) * 2 - 1;
        int candidate = bits() & mask;
        while (candidate >= bound) {
            candidate = bits() & mask;
        }
        return candidate;
    }
}
