package org.dhcpcanon.client;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Random orders, every one equally likely (Fisher and Yates), from our own entropy: {@code Collections.shuffle} has another. */
final class Shuffle {
    private Shuffle() {}

    static <T> List<T> of(List<T> items, Entropy entropy) {
        List<T> order = new ArrayList<>(items);
        for (int last = order.size() - 1; last > 0; last--) {
            Collections.swap(order, last, entropy.below(last + 1));
        }
        return List.copyOf(order);
    }
}
