package org.dhcpcanon.shim;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.dhcpcanon.lease.Definition;
import org.dhcpcanon.packet.Octets;
import org.dhcpcanon.packet.OptionShape;
import org.dhcpcanon.shim.ConfToken.Kind;
import org.dhcpcanon.shim.SendStatements.Statement;

/** One {@code send} statement, from behind its keyword on. Most profiles do not obey it, so that a wrong value is no mistake. */
final class SendReader {
    private final ConfCursor cursor;
    private final ConfDraft draft;
    private final ConfScope scope;

    SendReader(ConfCursor cursor, ConfDraft draft, ConfScope scope) {
        this.cursor = cursor;
        this.draft = draft;
        this.scope = scope;
    }

    /** To the end of the statement. */
    void read() {
        ConfToken name = cursor.peek();
        if (!name.is(Kind.WORD)) {
            cursor.bad("expected the name of an option");
            return;
        }
        cursor.take();
        Optional<OptionShape> shape = SendStatements.shape(draft.names, name.text());
        if (isNothing()) {
            cursor.skipStatement();
        } else if (shape.isPresent()) {
            value(name, shape.get());
        } else {
            unsent(name, "it is not an option that a caller can have sent");
            cursor.skipStatement();
        }
    }

    /** Takes no more than the name: whoever skips the block goes on from there. */
    void conditional() {
        ConfToken name = cursor.peek();
        if (!name.is(Kind.WORD)) {
            cursor.warn(name, "expected the name of an option");
            return;
        }
        cursor.take();
        if (!isNothing()) {
            unsent(name, "it stands in a condition");
        }
    }

    /** An empty string is NetworkManager's way to write "send none". */
    private boolean isNothing() {
        return cursor.at(Kind.STRING) && cursor.peek().text().isEmpty();
    }

    private void value(ConfToken name, OptionShape shape) {
        List<Octets> read = new ArrayList<>();
        String mistake =
                cursor.quietly(() -> OptionValueReader.octets(cursor, shape).ifPresent(read::add));
        scope.send(new Statement(
                suppressed(name),
                name.text().toLowerCase(Locale.ROOT),
                draft.names.find(name.text()).map(Definition::code),
                read.stream().filter(value -> !value.isEmpty()).findFirst(),
                mistake.isEmpty() ? "its value is empty" : mistake));
    }

    private void unsent(ConfToken name, String obstacle) {
        scope.send(new Statement(suppressed(name), "", Optional.empty(), Optional.empty(), obstacle));
    }

    private String suppressed(ConfToken name) {
        return cursor.suppress(draft.names.shown(name.text()), name);
    }
}
