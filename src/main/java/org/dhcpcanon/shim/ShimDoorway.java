package org.dhcpcanon.shim;

import static org.dhcpcanon.runtime.AttachRefusedException.Kind.BAD_DIRECTORY;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import org.dhcpcanon.runtime.AttachRefusedException;
import org.dhcpcanon.runtime.Channels;
import org.dhcpcanon.runtime.ClientRequest;
import org.dhcpcanon.runtime.Clients;
import org.dhcpcanon.runtime.Doorway;
import org.dhcpcanon.shim.DhclientArguments.Action;
import org.tinylog.Logger;

/** Where shims come in. Everything on the loop thread, the small work with files too. */
public final class ShimDoorway implements Doorway {
    private static final String ROUTE = "dhclient";

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
        if (arguments.action() == Action.START) {
            start(checked, arguments);
        } else {
            end(checked, arguments);
        }
    }

    private void start(AttachDirectory directory, DhclientArguments arguments) throws AttachRefusedException {
        ClientRequest request = request(directory, arguments);
        ShimCaller caller = new ShimCaller(directory, arguments.variables(), this::ended);
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
        if (arguments.action() == Action.RELEASE) {
            clients.release(arguments.interfaceName());
        } else {
            clients.stop(arguments.interfaceName());
        }
        ShimCaller caller = new ShimCaller(directory, new TreeMap<>(), over -> {});
        try {
            caller.open(channels);
            caller.exit(0);
        } catch (IOException e) {
            Logger.debug("shim {} did not wait: {}", directory.processId(), e.toString());
            directory.remove();
        }
    }

    private static ClientRequest request(AttachDirectory directory, DhclientArguments arguments) {
        DhclientConf conf = arguments
                .configuration()
                .map(file -> DhclientConf.read(file, arguments.interfaceName()))
                .orElseGet(DhclientConf::none);
        OptionalLong asked = arguments.failAfterSeconds();
        return new ClientRequest(
                arguments.interfaceName(),
                directory.processId(),
                ROUTE,
                arguments.connection(),
                arguments.script(),
                conf.rejected(),
                asked.isPresent() ? asked : conf.timeoutSeconds(),
                joined(arguments.suppressed(), conf.suppressed()),
                joined(arguments.warnings(), conf.warnings()));
    }

    private static List<String> joined(List<String> first, List<String> second) {
        List<String> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
