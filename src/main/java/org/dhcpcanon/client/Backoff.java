package org.dhcpcanon.client;

import java.util.List;

/**
 * When to send again without an answer.
 *
 * @param waits one after the other; the last is used for ever
 */
public record Backoff(List<Wait> waits) {
    public Backoff {
        if (waits.isEmpty()) {
            throw new IllegalArgumentException("no wait");
        }
        waits = List.copyOf(waits);
    }

    /**
     * @param tries how often it was sent, at least 1
     * @return nanoseconds
     */
    public long wait(int tries, Entropy entropy) {
        return waits.get(Math.min(tries, waits.size()) - 1).drawn(entropy);
    }
}
