package org.dhcpcanon.audit;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Requirements about random orders. A capture can only show that an order is not random: if it was the same so often that chance
 * would do it less than once in a million times. Fewer packets show nothing.
 */
final class OrderRules {
    private static final double MILLION = 1e6;
    /** What a host can make use of: addresses, routes, names, time, and how long. */
    private static final Set<Integer> USEFUL = Set.of(1, 3, 6, 15, 26, 28, 33, 42, 51, 54, 58, 59, 108, 114, 119, 121);

    private static final int ROUTERS = 3;
    private static final int STATIC_ROUTES = 33;
    private static final int CLASSLESS_ROUTES = 121;

    private OrderRules() {}

    /** How often one of so many orders must have been seen alone. */
    static int enough(double orders) {
        return 1 + Math.max(1, (int) Math.ceil(Math.log(MILLION) / Math.log(orders)));
    }

    private static double factorial(int n) {
        return n < 2 ? 1 : n * factorial(n - 1);
    }

    /** RFC 7844 §3.1. Option 53 may be first in all; messages with the same options are compared. */
    static Finding optionsAreShuffled(Client client, Traffic traffic) {
        Map<Set<Integer>, List<Sent>> groups = new LinkedHashMap<>();
        for (Sent one : client.sent()) {
            groups.computeIfAbsent(new TreeSet<>(rest(one)), codes -> new ArrayList<>())
                    .add(one);
        }
        Finding finding = Finding.notSeen("too few messages with the same options");
        for (List<Sent> group : groups.values()) {
            List<List<Integer>> orders = group.stream().map(OrderRules::rest).toList();
            Finding found = judge(group, orders, factorial(orders.get(0).size()), "messages");
            if (found.verdict() == Verdict.FAIL || found.verdict() == Verdict.NOTE) {
                return found;
            }
            finding = found.verdict() == Verdict.PASS ? found : finding;
        }
        return finding;
    }

    private static List<Integer> rest(Sent sent) {
        return sent.message().codes().stream().filter(code -> code != 53).toList();
    }

    /** RFC 7844 §3.6. R-05 keeps one order in a session, so that sessions count and not messages. */
    static Finding parametersAreShuffled(Client client, Traffic traffic) {
        Map<Set<Integer>, List<Sent>> groups = new LinkedHashMap<>();
        for (Session session : client.sessions()) {
            session.asked()
                    .ifPresent(one -> groups.computeIfAbsent(
                                    new TreeSet<>(one.message().parameters()), codes -> new ArrayList<>())
                            .add(one));
        }
        Finding finding = Finding.notSeen("too few sessions");
        for (List<Sent> group : groups.values()) {
            List<List<Integer>> orders =
                    group.stream().map(one -> one.message().parameters()).toList();
            Finding found = judge(group, orders, permitted(orders.get(0)), "sessions");
            if (found.verdict() == Verdict.FAIL || found.verdict() == Verdict.NOTE) {
                return found;
            }
            finding = found.verdict() == Verdict.PASS ? found : finding;
        }
        return finding;
    }

    /** Of all orders those in which 121 comes before 3 and 33 (RFC 3442). */
    private static double permitted(List<Integer> list) {
        long behind = list.stream()
                .filter(code -> code == ROUTERS || code == STATIC_ROUTES)
                .count();
        boolean constrained = list.contains(CLASSLESS_ROUTES);
        return factorial(list.size()) / (constrained ? 1 + behind : 1);
    }

    private static Finding judge(List<Sent> group, List<List<Integer>> orders, double possible, String what) {
        Frame last = group.get(group.size() - 1).frame();
        int different = new HashSet<>(orders).size();
        if (different > 1) {
            return Finding.pass(different + " orders in " + orders.size() + " " + what, last);
        }
        int needed = possible < 2 ? Integer.MAX_VALUE : enough(possible);
        if (orders.size() < needed) {
            return Finding.notSeen("too few " + what + ": " + orders.size()
                    + (needed == Integer.MAX_VALUE ? "" : " of " + needed + " with the same content"));
        }
        String text = "the same order in " + orders.size() + " " + what;
        // RFC 7844 §3.1 and §3.6: what a client may do that cannot shuffle.
        return isAscending(orders.get(0)) ? Finding.note(text + ", ascending by code", last) : Finding.fail(text, last);
    }

    private static boolean isAscending(List<Integer> codes) {
        return codes.equals(codes.stream().sorted().toList());
    }

    /** RFC 7844 §3.6. Which options a client needs is its own matter; some no host can make use of. */
    static Finding parametersAreFew(Client client, Traffic traffic) {
        return Check.each(
                client.sent().stream().filter(one -> one.message().has(55)),
                one -> {
                    Set<Integer> others = new TreeSet<>(one.message().parameters());
                    others.removeAll(USEFUL);
                    return Check.when(!others.isEmpty(), "asks for " + Check.codes(others));
                },
                "no 55");
    }

    /** RFC 3442, "DHCP Client Behavior". */
    static Finding classlessRoutesFirst(Client client, Traffic traffic) {
        return Check.each(
                client.sent().stream().filter(one -> one.message().parameters().contains(CLASSLESS_ROUTES)),
                one -> {
                    List<Integer> list = one.message().parameters();
                    int at = list.indexOf(CLASSLESS_ROUTES);
                    boolean late = list.subList(0, at).contains(ROUTERS)
                            || list.subList(0, at).contains(STATIC_ROUTES);
                    return Check.when(late, "asks for 121 after 3 or 33");
                },
                "121 is not asked for");
    }
}
