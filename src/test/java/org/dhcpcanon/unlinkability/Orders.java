package org.dhcpcanon.unlinkability;

import java.util.ArrayList;
import java.util.List;

/** The orders that {@code strict} allows, counted out and not taken from the program. */
final class Orders {
    private static final int CLASSLESS = 121;
    private static final int ROUTERS = 3;

    static final List<List<Integer>> DISCOVER = after53(List.of(55, 61));
    static final List<List<Integer>> REQUEST = after53(List.of(50, 54, 55, 61));
    /** RFC 3442: 121 before 3. */
    static final List<List<Integer>> PARAMETERS = of(List.of(1, ROUTERS, 6, CLASSLESS)).stream()
            .filter(order -> order.indexOf(CLASSLESS) < order.indexOf(ROUTERS))
            .toList();

    private Orders() {}

    private static List<List<Integer>> after53(List<Integer> codes) {
        return of(codes).stream()
                .map(order -> {
                    List<Integer> all = new ArrayList<>(List.of(53));
                    all.addAll(order);
                    return List.copyOf(all);
                })
                .toList();
    }

    /** All of them. */
    private static List<List<Integer>> of(List<Integer> codes) {
        if (codes.isEmpty()) {
            return List.of(List.of());
        }
        List<List<Integer>> orders = new ArrayList<>();
        for (Integer first : codes) {
            List<Integer> others =
                    codes.stream().filter(code -> !code.equals(first)).toList();
            for (List<Integer> rest : of(others)) {
                List<Integer> order = new ArrayList<>(List.of(first));
                order.addAll(rest);
                orders.add(List.copyOf(order));
            }
        }
        return orders;
    }

    static List<String> pairs(List<List<Integer>> firsts, List<List<Integer>> seconds) {
        return firsts.stream()
                .flatMap(first -> seconds.stream().map(second -> first.toString() + second))
                .toList();
    }
}
