package org.dhcpcanon.client;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dhcpcanon.packet.Octets;

/**
 * The options that a caller would like to be sent.
 *
 * @param values by code, each of 1..255 octets, and few enough for one message
 * @param names what they are called where people are told of them
 * @param obstacles why others are not among them, by the same kind of name
 */
public record SendList(Map<Integer, Octets> values, Set<String> names, Map<String, String> obstacles) {
    public static final SendList NONE = new SendList(Map.of(), Set.of(), Map.of());

    public SendList {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        names = Set.copyOf(names);
        obstacles = Map.copyOf(obstacles);
    }

    /**
     * What is left of a list of what is not sent once these are.
     *
     * @param suppressed names, in their order
     */
    public List<String> unsent(List<String> suppressed) {
        List<String> rest = new ArrayList<>();
        for (String name : suppressed) {
            String obstacle = obstacles.get(name);
            if (obstacle != null) {
                rest.add(name + ": " + obstacle);
            } else if (!names.contains(name)) {
                rest.add(name);
            }
        }
        return rest;
    }
}
