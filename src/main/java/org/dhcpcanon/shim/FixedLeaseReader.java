package org.dhcpcanon.shim;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.dhcpcanon.lease.Adjustment;
import org.dhcpcanon.lease.Adjustments;
import org.dhcpcanon.lease.Definition;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.shim.ConfToken.Kind;

/** The block of {@code alias} or {@code lease}, from its brace on: an address and options that no server has given. */
final class FixedLeaseReader {
    private final ConfCursor cursor;
    private final OptionNames names;
    private final SortedMap<String, String> variables = new TreeMap<>();
    private Optional<String> interfaceName = Optional.empty();

    FixedLeaseReader(ConfCursor cursor, OptionNames names) {
        this.cursor = cursor;
        this.names = names;
    }

    /** The variables of the block if it is one of this interface and has an address; empty otherwise. */
    SortedMap<String, String> read(String ours) {
        if (!cursor.took(Kind.OPEN)) {
            cursor.bad("expected \"{\"");
            return new TreeMap<>();
        }
        while (!cursor.at(Kind.END) && !cursor.at(Kind.CLOSE)) {
            declaration(cursor.peek());
        }
        if (!cursor.took(Kind.CLOSE)) {
            cursor.bad("expected \"}\"");
        }
        boolean counts = interfaceName.filter(ours::equals).isPresent() && variables.containsKey("ip_address");
        return counts ? finished() : new TreeMap<>();
    }

    /** With the network's own addresses. */
    private SortedMap<String, String> finished() {
        SortedMap<String, String> bare = new TreeMap<>(variables);
        String mask = bare.getOrDefault("subnet_mask", "");
        bare.remove("subnet_mask");
        Adjustment masked = new Adjustment(Adjustment.Kind.SUPERSEDE, "subnet_mask", mask, Adjustment.Joint.FIRST);
        return new Adjustments(List.of(masked)).applied(bare);
    }

    private void declaration(ConfToken first) {
        String word = first.is(Kind.WORD) ? first.text().toLowerCase(Locale.ROOT) : "";
        if (!word.isEmpty()) {
            cursor.take();
        }
        switch (word) {
            case "interface" -> {
                interfaceName = cursor.string("expected the name of an interface in quotes");
                end(interfaceName);
            }
            case "fixed-address" -> address();
            case "option" -> option();
            case "filename", "server-name", "medium", "name" -> end(cursor.string("expected a string"));
            case "renew", "rebind", "expire", "key" -> skip();
            case "bootp" -> cursor.semicolon();
            default -> cursor.bad("expected a declaration of a lease");
        }
    }

    private void end(Optional<String> value) {
        if (value.isPresent()) {
            cursor.semicolon();
        }
    }

    /** Times and keys have no use here. */
    private void skip() {
        while (cursor.at(Kind.WORD) || cursor.at(Kind.OPERATOR) || cursor.at(Kind.STRING)) {
            cursor.take();
        }
        cursor.semicolon();
    }

    private void address() {
        Optional<Ipv4> address = cursor.at(Kind.WORD) ? Ipv4.parse(cursor.peek().text()) : Optional.empty();
        if (address.isEmpty()) {
            cursor.bad("expected an IPv4 address");
            return;
        }
        cursor.take();
        if (cursor.semicolon()) {
            variables.put("ip_address", address.get().toString());
        }
    }

    private void option() {
        Optional<Definition> option =
                cursor.at(Kind.WORD) ? names.find(cursor.peek().text()) : Optional.empty();
        if (option.isPresent()) {
            cursor.take();
            OptionValueReader.read(cursor, option.get().shape())
                    .ifPresent(text -> variables.put(option.get().name(), text));
        } else if (cursor.at(Kind.WORD) && names.isElsewhere(cursor.peek().text())) {
            cursor.skipStatement();
        } else {
            cursor.bad("expected the name of an option");
        }
    }
}
