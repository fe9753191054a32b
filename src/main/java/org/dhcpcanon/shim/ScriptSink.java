package org.dhcpcanon.shim;

import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
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
import org.tinylog.Logger;

/** Tells the caller's script, as dhclient does. On the loop thread. */
public final class ScriptSink implements LeaseSink {
    /** As long as NetworkManager's own script may take. */
    public static final long PATIENCE_SECONDS = 60;

    private static final Set<LeaseReason> BRINGING =
            EnumSet.of(LeaseReason.BOUND, LeaseReason.RENEW, LeaseReason.REBIND, LeaseReason.REBOOT);
    /** A shell or env(1) says 126 or 127 of what it cannot run, and more of what was killed by a signal. */
    private static final int LAST_OF_SCRIPTS = 125;

    private static final int NOT_RUN = -1;

    private ClientRequest request;
    private final ScriptRunner scripts;
    private final Mailbox mailbox;
    private final long patience;
    private boolean closed;

    /** @param patience seconds after which a script that still runs is not waited for any more */
    public ScriptSink(ClientRequest request, ScriptRunner scripts, Mailbox mailbox, long patience) {
        this.request = request;
        this.scripts = scripts;
        this.mailbox = mailbox;
        this.patience = patience;
    }

    /** The commands of a script do not find the interface by a name that it had. */
    @Override
    public void renamed(String name) {
        request = request.on(name);
    }

    @Override
    public boolean configures() {
        return true;
    }

    @Override
    public void tell(LeaseNews news, Consumer<SinkAnswer> answer) {
        CompletableFuture<SinkAnswer> end = new CompletableFuture<>();
        var unused = end.completeOnTimeout(SinkAnswer.UNHEARD, patience, TimeUnit.SECONDS)
                .thenAccept(what -> mailbox.post(() -> ended(news, what, answer)));
        scripts.run(ScriptVariables.of(request, news), status -> end.complete(verdict(status, news)));
    }

    private void ended(LeaseNews news, SinkAnswer what, Consumer<SinkAnswer> answer) {
        if (closed) {
            return;
        }
        if (news.reason() == LeaseReason.EXPIRE) {
            prepareAgain();
        }
        answer.accept(what);
    }

    /** The interface is made ready for the next search. What comes next waits at the caller until this has ended. */
    private void prepareAgain() {
        LeaseNews preparation = new LeaseNews(LeaseReason.PREINIT, LeaseNews.NOTHING, LeaseNews.NOTHING);
        scripts.run(ScriptVariables.of(request, preparation), status -> verdict(status, preparation));
    }

    /** dhclient-script(8): a status other than 0 asks for a DECLINE. One that was killed has said nothing. */
    private SinkAnswer verdict(int status, LeaseNews news) {
        if (status == 0) {
            return SinkAnswer.ACCEPTED;
        }
        Subject.of(request.interfaceName()).during(() -> warn(status, news.reason()));
        boolean refused = status > 0 && status <= LAST_OF_SCRIPTS && BRINGING.contains(news.reason());
        return refused ? SinkAnswer.REFUSED : SinkAnswer.UNHEARD;
    }

    private void warn(int status, LeaseReason reason) {
        if (status == NOT_RUN) {
            Logger.warn("{}: the script cannot be run for {}", request.interfaceName(), reason);
        } else {
            Logger.warn("{}: the script has ended with {} for {}", request.interfaceName(), status, reason);
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
