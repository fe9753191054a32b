package org.dhcpcanon.packet;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Options by code, in wire order. Unknown codes are kept as they are. Immutable. */
public final class Options {
    /** Fills space; has no length octet (RFC 2132 §3.1). */
    static final int PAD = 0;
    /** Ends a field; has no length octet (RFC 2132 §3.2). */
    static final int END = 255;

    public static final Options NONE = new Options(new LinkedHashMap<>());

    private final Map<Integer, Octets> values;

    /** Takes the map over: it must be ordered and not change any more. */
    private Options(Map<Integer, Octets> values) {
        this.values = Collections.unmodifiableMap(values);
    }

    public static Options of(Map<Integer, Octets> values) {
        return new Options(new LinkedHashMap<>(values));
    }

    public Optional<Octets> find(Option option) {
        return find(option.code());
    }

    public Optional<Octets> find(int code) {
        return Optional.ofNullable(values.get(code));
    }

    public boolean has(Option option) {
        return values.containsKey(option.code());
    }

    /** The codes in wire order. */
    public List<Integer> codes() {
        return List.copyOf(values.keySet());
    }

    public Map<Integer, Octets> asMap() {
        return values;
    }

    /** These options and one more at the end; a value that was there under the code is replaced in its place. */
    public Options with(Option option, Octets value) {
        Map<Integer, Octets> copy = new LinkedHashMap<>(values);
        copy.put(option.code(), value);
        return new Options(copy);
    }

    /** Only the options with these codes, in the order they have here. */
    public Options only(List<Integer> codes) {
        Map<Integer, Octets> copy = new LinkedHashMap<>(values);
        copy.keySet().retainAll(codes);
        return new Options(copy);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Options options && values.equals(options.values) && codes().equals(options.codes());
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
