package org.dhcpcanon.lease;

import java.util.Map;

/**
 * What the administrator of this machine wants done with one variable of every lease.
 *
 * @param name of the variable, such as {@code domain_name_servers}
 * @param value its text as scripts get it; empty for none
 * @param joint what stands between two values; nothing can be put beside the value of an option that holds just one
 */
public record Adjustment(Kind kind, String name, String value, Joint joint) {
    /** The statements of dhclient.conf. */
    public enum Kind {
        /** If the server gave none. */
        DEFAULT,
        /** Whatever the server gave. */
        SUPERSEDE,
        /** Before what the server gave. */
        PREPEND,
        /** Behind what the server gave. */
        APPEND
    }

    /** How two values become one. */
    public enum Joint {
        /** As a list, with a blank between. */
        LIST,
        /** As one text. */
        TEXT,
        /** Not at all: of too much data, dhclient shows what fits, which is the first. */
        FIRST
    }

    /** Changes the variables. */
    void applyTo(Map<String, String> variables) {
        String given = variables.getOrDefault(name, "");
        String result = switch (kind) {
            case DEFAULT -> given.isEmpty() ? value : given;
            case SUPERSEDE -> value;
            case PREPEND -> joined(value, given);
            case APPEND -> joined(given, value);
        };
        if (result.isEmpty()) {
            variables.remove(name);
        } else {
            variables.put(name, result);
        }
    }

    private String joined(String first, String second) {
        if (first.isEmpty() || second.isEmpty()) {
            return first + second;
        }
        return switch (joint) {
            case LIST -> first + " " + second;
            case TEXT -> first + second;
            case FIRST -> first;
        };
    }
}
