package org.dhcpcanon.runtime;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import org.dhcpcanon.client.SinkAnswer;

/** What is to be told about one client, one thing at a time and in order: NetworkManager must not get two at once. */
final class Outbox {
    private record Letter(LeaseNews news, Consumer<SinkAnswer> answer) {}

    private final LeaseSink sink;
    private final Queue<Letter> waiting = new ArrayDeque<>();
    private boolean busy;
    private boolean closed;

    Outbox(LeaseSink sink) {
        this.sink = sink;
    }

    void tell(LeaseNews news, Consumer<SinkAnswer> answer) {
        waiting.add(new Letter(news, answer));
        next();
    }

    private void next() {
        if (busy || closed || waiting.isEmpty()) {
            return;
        }
        Letter letter = waiting.remove();
        busy = true;
        sink.tell(letter.news(), answer -> answered(letter, answer));
    }

    private void answered(Letter letter, SinkAnswer answer) {
        busy = false;
        if (!closed) {
            letter.answer().accept(answer);
            next();
        }
    }

    void close() {
        closed = true;
        waiting.clear();
        sink.close();
    }
}
