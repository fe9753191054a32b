package org.dhcpcanon.shim;

import static org.dhcpcanon.runtime.AttachRefusedException.Kind.BAD_DIRECTORY;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import org.dhcpcanon.client.Command;
import org.dhcpcanon.client.LeaseReason;
import org.dhcpcanon.runtime.AttachRefusedException;
import org.dhcpcanon.runtime.Channels;
import org.dhcpcanon.runtime.ClientRequest;
import org.dhcpcanon.runtime.Clients;
import org.dhcpcanon.runtime.Control.Outcome;
import org.dhcpcanon.runtime.Doorway;
import org.dhcpcanon.runtime.LeaseNews;
import org.dhcpcanon.shim.DhclientArguments.Action;
import org.tinylog.Logger;

/** Where shims come in. Everything on the loop thread, the small work with files too. */
public final class ShimDoorway implements Doorway {
    /** Seconds; dhclient.conf(5), "timeout". */
    private static final long USUAL_TIMEOUT = 60;

    private final Path base;
    private final int owner;
    private final Channels channels;
    private final Clients clients;
    private final IntPredicate running;
    private final Map<Integer, ShimCaller> callers = new HashMap<>();

    /**
     * Also removes the directories of shims that are gone, as each {@link #attach} does.
     *
     * @param base where the attach directories are, {@code /run/dhcpcanon}; absolute
     * @param owner the numeric user id that must own them, 0
     * @param running whether there is a process with this id, whoever's it is
     */
    public ShimDoorway(Path base, int owner, Channels channels, Clients clients, IntPredicate running) {
        this.base = base;
        this.owner = owner;
        this.channels = channels;
        this.clients = clients;
        this.running = running;
        sweep();
    }

    private void sweep() {
        AttachDirectory.sweep(base, process -> callers.containsKey(process) || running.test(process));
    }

    @Override
    public void attach(String directory) throws AttachRefusedException {
        try {
            admit(directory);
        } finally {
            // Last, since it can wait. It may well be this caller's own: its call lives on when the shim was killed.
            sweep();
        }
    }

    private void admit(String directory) throws AttachRefusedException {
        AttachDirectory checked = AttachDirectory.check(base, owner, directory);
        DhclientArguments arguments = DhclientArguments.parse(ArgumentFile.read(checked.arguments()));
        switch (arguments.action()) {
            case START -> start(checked, arguments);
            case RELEASE, STOP -> end(checked, arguments);
            case RENEW -> renew(checked, arguments);
            case DUMP -> dump(checked, arguments);
        }
    }

    private void start(AttachDirectory directory, DhclientArguments arguments) throws AttachRefusedException {
        ClientRequest request = request(directory, arguments);
        ShimCaller caller = caller(directory, arguments, this::ended);
        caller.tells(arguments);
        chooseScript(caller, arguments, request);
        caller.onOrder(command -> clients.conclude(caller, command, () -> concluded(caller, command)));
        open(caller);
        // A shim that did not get the answer to its Attach call comes again while we still hold its fifos.
        ShimCaller before = callers.put(directory.processId(), caller);
        if (before != null) {
            before.replacedBy(caller);
        }
        start(request, caller);
    }

    private void start(ClientRequest request, ShimCaller caller) throws AttachRefusedException {
        try {
            clients.start(request, caller);
        } catch (AttachRefusedException e) {
            callers.remove(request.processId(), caller);
            caller.refused();
            throw e;
        }
    }

    private void open(ShimCaller caller) throws AttachRefusedException {
        try {
            caller.open(channels);
        } catch (IOException e) {
            throw new AttachRefusedException(
                    BAD_DIRECTORY,
                    "the fifos in " + caller.directory().path() + " cannot be opened: " + Shown.of(e.toString()));
        }
    }

    private void ended(ShimCaller caller) {
        callers.remove(caller.directory().processId(), caller);
        clients.callerEnded(caller);
    }

    /** NetworkManager kills such a shim at once: it may be gone before it hears that it is done, and what it asked for still counts. */
    private void end(AttachDirectory directory, DhclientArguments arguments) {
        boolean release = arguments.action() == Action.RELEASE;
        SortedMap<String, String> old =
                release ? clients.release(arguments.interfaceName()) : clients.stop(arguments.interfaceName());
        LeaseReason reason = release ? LeaseReason.RELEASE : LeaseReason.STOP;
        ClientRequest request = request(directory, arguments);
        answer(directory, arguments, caller -> {
            chooseScript(caller, arguments, request);
            conclude(caller, request, new LeaseNews(reason, LeaseNews.NOTHING, old));
        });
    }

    /** The shim knows that of its arguments. */
    private static void chooseScript(ShimCaller caller, DhclientArguments arguments, ClientRequest request) {
        if (!request.script().equals(arguments.script())) {
            request.script().ifPresent(caller::runs);
        }
    }

    private void renew(AttachDirectory directory, DhclientArguments arguments) {
        String name = arguments.interfaceName();
        Outcome outcome = clients.renew(name);
        answer(directory, arguments, caller -> {
            if (outcome != Outcome.DONE) {
                caller.message("there is nothing to renew on " + name + (outcome == Outcome.NO_CARRIER ? " now" : ""));
            }
            caller.exit(outcome == Outcome.DONE ? 0 : 1);
        });
    }

    private void dump(AttachDirectory directory, DhclientArguments arguments) {
        SortedMap<String, String> held = clients.held(arguments.interfaceName());
        answer(directory, arguments, caller -> {
            LeaseDump.of(arguments.interfaceName(), held).forEach(caller::print);
            caller.exit(held.isEmpty() ? 1 : 0);
        });
    }

    private void answer(AttachDirectory directory, DhclientArguments arguments, Consumer<ShimCaller> answer) {
        ShimCaller caller = caller(directory, arguments, over -> {});
        try {
            caller.open(channels);
            answer.accept(caller);
        } catch (IOException e) {
            Logger.debug("shim {} did not wait: {}", directory.processId(), e.toString());
            directory.remove();
        }
    }

    /** As with dhclient, it is the script of the one who ends a client that hears of it, and not without a lease to give back. */
    private static void conclude(ShimCaller caller, ClientRequest request, LeaseNews news) {
        boolean pointless = news.reason() == LeaseReason.RELEASE && news.old().isEmpty();
        if (pointless || request.isForNetworkManager()) {
            caller.exit(0);
            return;
        }
        Command command = news.reason() == LeaseReason.RELEASE ? Command.RELEASE : Command.STOP;
        caller.scripts().run(ScriptVariables.of(request, news), status -> concluded(caller, command));
    }

    private static void concluded(ShimCaller caller, Command command) {
        if (command == Command.RELEASE) {
            caller.emptyLeaseFile();
        }
        caller.exit(0);
    }

    private static ShimCaller caller(
            AttachDirectory directory, DhclientArguments arguments, Consumer<ShimCaller> onEnd) {
        return new ShimCaller(directory, arguments.variables(), arguments.isRecorded(), onEnd);
    }

    private static ClientRequest request(AttachDirectory directory, DhclientArguments arguments) {
        DhclientConf conf = arguments
                .configuration()
                .map(file -> DhclientConf.read(file, arguments.interfaceName()))
                .orElseGet(DhclientConf::none);
        return new ClientRequest(
                arguments.interfaceName(),
                directory.processId(),
                arguments.program().text(),
                arguments.connection(),
                script(arguments, conf),
                conf.rejected(),
                patience(arguments, conf),
                conf.wishes(),
                joined(arguments.suppressed(), conf.suppressed()),
                joined(arguments.warnings(), conf.warnings()));
    }

    /**
     * As with dhclient, the file's script counts and not that of {@code -sf}; but NetworkManager, which hands on a file that somebody
     * else has written, hears of a lease through its own.
     */
    private static Optional<String> script(DhclientArguments arguments, DhclientConf conf) {
        boolean managed = ClientRequest.isForNetworkManager(arguments.script())
                || (arguments.connection().isPresent() && arguments.script().isPresent());
        return managed ? arguments.script() : conf.script().or(arguments::script);
    }

    /** Whoever waits for us must not wait for ever. NetworkManager keeps the time itself. */
    private static OptionalLong patience(DhclientArguments arguments, DhclientConf conf) {
        OptionalLong said =
                arguments.failAfterSeconds().isPresent() ? arguments.failAfterSeconds() : conf.timeoutSeconds();
        return said.isEmpty() && arguments.awaited() ? OptionalLong.of(USUAL_TIMEOUT) : said;
    }

    private static List<String> joined(List<String> first, List<String> second) {
        List<String> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
