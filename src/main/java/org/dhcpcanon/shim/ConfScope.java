package org.dhcpcanon.shim;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.dhcpcanon.client.RequestList;
import org.dhcpcanon.client.SendList;
import org.dhcpcanon.lease.Adjustment;
import org.dhcpcanon.packet.Prefix;

/** What stands in a dhclient.conf for all interfaces, or in the blocks of ours; the latter decides. */
final class ConfScope {
    /** Of each; more cannot be meant. */
    private static final int MOST = 1000;

    final List<Prefix> rejected = new ArrayList<>();
    final List<Adjustment> adjustments = new ArrayList<>();
    private final List<SendStatements.Statement> sent = new ArrayList<>();
    private RequestList requested = RequestList.NONE;
    private RequestList required = RequestList.NONE;
    OptionalLong timeout = OptionalLong.empty();
    OptionalLong retry = OptionalLong.empty();
    Optional<String> script = Optional.empty();

    void reject(Prefix prefix) {
        if (rejected.size() < MOST) {
            rejected.add(prefix);
        }
    }

    void adjust(Adjustment adjustment) {
        if (adjustments.size() < MOST) {
            adjustments.add(adjustment);
        }
    }

    void send(SendStatements.Statement statement) {
        if (sent.size() < MOST) {
            sent.add(statement);
        }
    }

    void request(boolean also, List<Integer> codes) {
        requested = joined(requested, also, codes);
    }

    void require(boolean also, List<Integer> codes) {
        required = joined(required, also, codes);
    }

    private static RequestList joined(RequestList before, boolean also, List<Integer> codes) {
        return also ? before.and(codes) : new RequestList(Optional.of(codes), List.of());
    }

    RequestList requested() {
        return requested;
    }

    SendList sends() {
        return SendStatements.joined(sent);
    }

    List<Integer> required() {
        return required.beyond(List.of());
    }

    /** This one, and what a narrower one says otherwise. */
    ConfScope with(ConfScope inner) {
        ConfScope both = new ConfScope();
        both.rejected.addAll(rejected);
        both.rejected.addAll(inner.rejected);
        both.adjustments.addAll(adjustments);
        both.adjustments.addAll(inner.adjustments);
        both.sent.addAll(sent);
        both.sent.addAll(inner.sent);
        both.requested = requested.then(inner.requested);
        both.required = required.then(inner.required);
        both.timeout = inner.timeout.isPresent() ? inner.timeout : timeout;
        both.retry = inner.retry.isPresent() ? inner.retry : retry;
        both.script = inner.script.or(() -> script);
        return both;
    }
}
