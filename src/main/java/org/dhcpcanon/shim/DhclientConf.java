package org.dhcpcanon.shim;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.dhcpcanon.packet.Prefix;
import org.dhcpcanon.runtime.Wishes;

/**
 * What a dhclient.conf asks for.
 *
 * @param rejected servers that must be ignored
 * @param timeoutSeconds of {@code timeout}, 1..2147483647
 * @param script the script that it names, an absolute path
 * @param wishes what else it wants done
 * @param suppressed what it asks to send, which we do not
 * @param warnings where it is wrong, or asks for what we do not do
 */
record DhclientConf(
        List<Prefix> rejected,
        OptionalLong timeoutSeconds,
        Optional<String> script,
        Wishes wishes,
        List<String> suppressed,
        List<String> warnings) {
    static final int LARGEST = ConfDraft.LARGEST;

    DhclientConf {
        rejected = List.copyOf(rejected);
        suppressed = List.copyOf(suppressed);
        warnings = List.copyOf(warnings);
    }

    static DhclientConf none(String... warnings) {
        return new DhclientConf(
                List.of(), OptionalLong.empty(), Optional.empty(), Wishes.NONE, List.of(), List.of(warnings));
    }

    /** A file that is missing or cannot be read is a warning: dhclient does not mind either, and no lease would be worse. */
    static DhclientConf read(String file, String interfaceName) {
        ConfDraft draft = new ConfDraft(interfaceName);
        draft.text(file).ifPresent(text -> new DhclientConfReader(file, text, draft).read());
        return draft.finished(file);
    }

    /**
     * Takes any text.
     *
     * @param file its name, for messages
     * @param interfaceName whose {@code interface} blocks count
     */
    static DhclientConf parse(String file, String text, String interfaceName) {
        ConfDraft draft = new ConfDraft(interfaceName);
        new DhclientConfReader(file, text, draft).read();
        return draft.finished(file);
    }

    /** Seconds in 1..2147483647; empty for anything else. */
    static OptionalLong seconds(String text) {
        return Numbers.decimal(text, 1, Integer.MAX_VALUE);
    }
}
