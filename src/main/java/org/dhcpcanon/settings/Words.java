package org.dhcpcanon.settings;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dhcpcanon.packet.Octets;
import org.dhcpcanon.packet.Option;

/** What values can be, read strictly. */
final class Words {
    private static final int LARGEST_CODE = 254;

    private Words() {}

    static boolean yes(KeyFile.Entry entry) throws MistakeException {
        return choice(entry, "no", "yes") == 1;
    }

    /** The index of the word among those that are allowed. */
    static int choice(KeyFile.Entry entry, String... allowed) throws MistakeException {
        int index = List.of(allowed).indexOf(entry.value());
        if (index < 0) {
            throw entry.expected(String.join(" or ", allowed));
        }
        return index;
    }

    static int number(KeyFile.Entry entry, int least, int most) throws MistakeException {
        return parsed(entry.value(), least, most)
                .orElseThrow(() -> entry.expected("a number of " + least + " to " + most));
    }

    /** Option codes joined by blanks or commas; an option may also be called by its name, such as {@code domain_name}. */
    static List<Integer> codes(KeyFile.Entry entry) throws MistakeException {
        List<Integer> codes = new ArrayList<>();
        for (String item : entry.value().split("[ ,]+", -1)) {
            Optional<Integer> code = parsed(item, 1, LARGEST_CODE)
                    .or(() -> Option.byTextName(item.replace('-', '_')).map(Option::code));
            if (code.isEmpty() || codes.contains(code.get())) {
                throw entry.expected("option codes of 1 to 254 or names, each once");
            }
            codes.add(code.get());
        }
        return codes;
    }

    /** Text in quotes, or octets in hexadecimal joined by colons; 1 to 255 octets. */
    static Octets octets(KeyFile.Entry entry) throws MistakeException {
        String value = entry.value();
        boolean quoted = value.matches("\"[ !#-~]{1,255}\"");
        if (!quoted && !value.matches("[0-9a-fA-F]{2}(:[0-9a-fA-F]{2}){0,254}")) {
            throw entry.expected("\"text\" or octets such as 05:dc");
        }
        return quoted
                ? Octets.of(value.substring(1, value.length() - 1).getBytes(StandardCharsets.US_ASCII))
                : Octets.fromColonHex(value);
    }

    static Optional<Integer> parsed(String text, int least, int most) {
        if (!text.matches("[0-9]{1,9}")) {
            return Optional.empty();
        }
        int number = Integer.parseInt(text);
        return number >= least && number <= most ? Optional.of(number) : Optional.empty();
    }
}
