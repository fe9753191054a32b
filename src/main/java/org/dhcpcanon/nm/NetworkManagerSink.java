package org.dhcpcanon.nm;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.dhcpcanon.client.LeaseReason;
import org.dhcpcanon.client.SinkAnswer;
import org.dhcpcanon.runtime.ClientRequest;
import org.dhcpcanon.runtime.LeaseNews;
import org.dhcpcanon.runtime.LeaseSink;
import org.dhcpcanon.runtime.Mailbox;
import org.dhcpcanon.runtime.ScriptRunner;
import org.dhcpcanon.runtime.Subject;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * Tells NetworkManager about the leases of one client; if nobody answers at its socket, the script that the caller named.
 * PREINIT is told to neither: NetworkManager does nothing with it, and neither does its helper.
 * All methods are called on the loop thread; only the conversation itself is held by another.
 */
public final class NetworkManagerSink implements LeaseSink {
    /** Milliseconds in which a client that NetworkManager ends is gone. */
    private static final long DOUBT = 100;

    /** Seconds beyond all patience, for a slow machine; only a conversation that the kernel keeps comes to its end. */
    private static final long MARGIN = 5;

    private final ClientRequest request;
    private final ScriptRunner scripts;
    private final Mailbox mailbox;
    private final Executor workers;
    private final String address;
    private final Patience patience;
    private boolean closed;
    private @Nullable Conversation current;

    /**
     * @param workers run conversations, which block for as long as NetworkManager holds an answer
     * @param address of NetworkManager's private socket, as a D-Bus address
     */
    public NetworkManagerSink(
            ClientRequest request,
            ScriptRunner scripts,
            Mailbox mailbox,
            Executor workers,
            String address,
            Patience patience) {
        this.request = request;
        this.scripts = scripts;
        this.mailbox = mailbox;
        this.workers = workers;
        this.address = address;
        this.patience = patience;
    }

    @Override
    public void tell(LeaseNews news, Consumer<SinkAnswer> answer) {
        if (news.reason() == LeaseReason.PREINIT) {
            // NetworkManager answers this one without a look at it; the time is better spent on the DISCOVER.
            later(answer, SinkAnswer.ACCEPTED);
        } else if (Dictionary.isUsable(news)) {
            hold(new Conversation(address, patience, Dictionary.of(request, news)), news, answer);
        } else {
            about(() -> Logger.error("{}: a lease without address or lease time is not told", request.interfaceName()));
            later(answer, SinkAnswer.UNHEARD);
        }
    }

    private void hold(Conversation conversation, LeaseNews news, Consumer<SinkAnswer> answer) {
        current = conversation;
        CompletableFuture<Conversation.Outcome> end = new CompletableFuture<>();
        var unused = end.completeOnTimeout(
                        Conversation.Outcome.UNANSWERED, patience.whole().toSeconds() + MARGIN, TimeUnit.SECONDS)
                .thenAccept(outcome -> {
                    conversation.giveUp();
                    whenSure(outcome).execute(() -> mailbox.post(() -> ended(outcome, news, answer)));
                });
        try {
            workers.execute(() -> about(() -> hold(conversation, end)));
        } catch (RejectedExecutionException e) {
            about(() -> Logger.error(e, "{}: nobody is left to tell {}", request.interfaceName(), news.reason()));
            end.complete(Conversation.Outcome.UNANSWERED);
        }
    }

    /** Whatever happens here, the client is waiting for an end. An {@link Error} is let through. */
    private static void hold(Conversation conversation, CompletableFuture<Conversation.Outcome> end) {
        try {
            end.complete(conversation.hold());
        } catch (RuntimeException e) {
            Logger.error(e, "a conversation with NetworkManager failed");
        } finally {
            end.complete(Conversation.Outcome.UNANSWERED);
        }
    }

    /**
     * NetworkManager says the same when it is about to end us as when the address is in conflict; by the text they can be told
     * apart now. Only the second is still of interest a moment later.
     */
    private static Executor whenSure(Conversation.Outcome outcome) {
        return outcome == Conversation.Outcome.CONFLICT
                ? CompletableFuture.delayedExecutor(DOUBT, TimeUnit.MILLISECONDS, Runnable::run)
                : Runnable::run;
    }

    private void ended(Conversation.Outcome outcome, LeaseNews news, Consumer<SinkAnswer> answer) {
        current = null;
        if (closed) {
            return;
        }
        switch (outcome) {
            case TAKEN -> answer.accept(SinkAnswer.ACCEPTED);
            case CONFLICT -> answer.accept(refusal(news));
            case NOBODY -> run(news, answer);
            case UNANSWERED, GIVEN_UP -> answer.accept(SinkAnswer.UNHEARD);
        }
    }

    private void about(Runnable lines) {
        Subject.of(request.interfaceName()).during(lines);
    }

    /** Only an address that is being brought can be in conflict. */
    private static SinkAnswer refusal(LeaseNews news) {
        return Dictionary.bringsLease(news) ? SinkAnswer.REFUSED : SinkAnswer.UNHEARD;
    }

    private void run(LeaseNews news, Consumer<SinkAnswer> answer) {
        if (request.script().isEmpty()) {
            answer.accept(SinkAnswer.UNHEARD);
            return;
        }
        about(() -> Logger.warn(
                "{}: {} is told to {}",
                request.interfaceName(),
                news.reason(),
                request.script().get()));
        scripts.run(Dictionary.environment(request, news), status -> {
            if (!closed) {
                answer.accept(verdict(status));
            }
        });
    }

    /** NetworkManager's own helper is run because NetworkManager cannot be reached, and a failure says no more than this. */
    private static SinkAnswer verdict(int status) {
        return status == 0 ? SinkAnswer.ACCEPTED : SinkAnswer.UNHEARD;
    }

    private void later(Consumer<SinkAnswer> answer, SinkAnswer what) {
        mailbox.post(() -> {
            if (!closed) {
                answer.accept(what);
            }
        });
    }

    @Override
    public void close() {
        closed = true;
        if (current != null) {
            current.giveUp();
        }
    }
}
