package org.dhcpcanon.shim;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dhcpcanon.client.Command;
import org.dhcpcanon.client.Outgoing;
import org.dhcpcanon.lease.Lease;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.packet.Message;
import org.dhcpcanon.packet.MessageType;
import org.dhcpcanon.runtime.Caller;
import org.dhcpcanon.runtime.Channel;
import org.dhcpcanon.runtime.ChannelListener;
import org.dhcpcanon.runtime.Channels;
import org.dhcpcanon.runtime.LeaseEntry;
import org.dhcpcanon.runtime.LeaseStore;
import org.dhcpcanon.runtime.ScriptRunner;
import org.tinylog.Logger;

/**
 * A shim, over its two fifos: lines {@code script PATH}, {@code run SEQ FILE}, {@code lease append FILE}, {@code lease replace FILE},
 * {@code exit CODE}, {@code message TEXT} to it, {@code SEQ STATUS} back for each {@code run}, and {@code release} or {@code stop} of a
 * shim that has this service for itself. What happens is told only to those who want to know: {@code bound}, {@code failed} and {@code
 * declined} where somebody waits for it, {@code tell TEXT} where the user wants to see it, {@code print TEXT} to who has asked for a lease.
 */
final class ShimCaller implements Caller, ChannelListener {
    private static final Pattern STATUS = Pattern.compile("([0-9]{1,9}) (-1|[0-9]{1,3})");
    private static final Map<String, Command> ORDERS = Map.of("release", Command.RELEASE, "stop", Command.STOP);
    /** A line must fit into a fifo in one piece, with other characters than ASCII too (PIPE_BUF is 4096). */
    private static final int LONGEST_MESSAGE = 1000;
    /** After as many the lease file is written anew, as dhclient does. */
    private static final int MOST_ENTRIES = 21;

    private final AttachDirectory directory;
    private final SortedMap<String, String> variables;
    private final boolean recorded;
    private final Consumer<ShimCaller> onEnd;
    private final FileLeaseStore store;
    private final Map<Integer, IntConsumer> running = new HashMap<>();
    private Channel channel = new Unopened();
    private int sequence;
    private int entries;
    private boolean over;
    private boolean verbose;
    private boolean awaited;
    private Optional<String> otherScript = Optional.empty();
    private Consumer<Command> onOrder = command -> {};

    /**
     * @param variables that the caller wants its script to have besides ours
     * @param recorded whether the lease file that the caller named is written
     * @param onEnd is told once when the shim is gone
     */
    ShimCaller(
            AttachDirectory directory,
            SortedMap<String, String> variables,
            boolean recorded,
            Consumer<ShimCaller> onEnd) {
        this.directory = directory;
        this.variables = variables;
        this.recorded = recorded;
        this.onEnd = onEnd;
        this.store = new FileLeaseStore(directory.lease());
    }

    void open(Channels channels) throws IOException {
        channel = channels.open(directory.toShim(), directory.fromShim(), this);
    }

    AttachDirectory directory() {
        return directory;
    }

    @Override
    public void exit(int code) {
        channel.send("exit " + code);
    }

    @Override
    public void message(String text) {
        channel.send("message " + Shown.oneLine(text.substring(0, Math.min(text.length(), LONGEST_MESSAGE))));
    }

    /** For the standard output, of a shim that was started to show something. */
    void print(String text) {
        channel.send("print " + Shown.oneLine(text));
    }

    /**
     * Another script than that of the caller's arguments is to be run.
     *
     * @param path absolute, printable ASCII, short enough for a line
     */
    void runs(String path) {
        otherScript = Optional.of(path);
    }

    /** From now on, what the caller's arguments ask to be told. */
    void tells(DhclientArguments arguments) {
        verbose = arguments.verbose();
        awaited = arguments.awaited();
    }

    @Override
    public void sent(String interfaceName, Outgoing packet, long seconds) {
        if (verbose) {
            tell(Narration.sent(interfaceName, packet, seconds));
        }
        if (awaited && packet.message().type() == MessageType.DECLINE) {
            channel.send("declined");
        }
    }

    @Override
    public void received(Message reply, Ipv4 source) {
        if (verbose) {
            tell(Narration.received(reply, source));
        }
    }

    @Override
    public void bound(Lease lease, long seconds) {
        if (verbose) {
            tell(Narration.bound(lease, seconds));
        }
        if (awaited) {
            channel.send("bound");
        }
    }

    @Override
    public void failed() {
        if (verbose) {
            tell("No DHCPOFFERS received.");
        }
        if (awaited) {
            channel.send("failed");
        }
    }

    private void tell(String text) {
        channel.send("tell " + text);
    }

    @Override
    public ScriptRunner scripts() {
        return this::run;
    }

    @Override
    public LeaseStore store() {
        return store;
    }

    /** The shim writes it, which may write where its caller may. Without older leases: they would say where the machine has been. */
    @Override
    public void record(LeaseEntry entry) {
        write(entries++ % MOST_ENTRIES == 0, entry.text());
    }

    /** The lease was given back, and nobody needs to know that there was one. */
    void emptyLeaseFile() {
        write(true, "");
    }

    private void write(boolean anew, String text) {
        if (!recorded || over) {
            return;
        }
        int number = ++sequence;
        try {
            PrivateFile.write(directory.entry(number), text);
            channel.send("lease " + (anew ? "replace " : "append ") + AttachDirectory.entryName(number));
        } catch (IOException e) {
            Logger.warn("the lease file of shim {} is not written: {}", directory.processId(), e.toString());
        }
    }

    /** The status comes before this returns if the script cannot be run at all. */
    private void run(SortedMap<String, String> environment, IntConsumer status) {
        int number = ++sequence;
        if (over || !written(number, environment)) {
            status.accept(-1);
            return;
        }
        running.put(number, status);
        otherScript.ifPresent(path -> channel.send("script " + path));
        otherScript = Optional.empty();
        channel.send("run " + number + " " + AttachDirectory.environmentName(number));
    }

    private boolean written(int number, SortedMap<String, String> environment) {
        SortedMap<String, String> all = new TreeMap<>(variables);
        all.putAll(environment);
        try {
            PrivateFile.write(directory.environment(number), ScriptEnvironment.write(all));
            return true;
        } catch (IOException e) {
            Logger.warn("the script of shim {} cannot be run: {}", directory.processId(), e.toString());
            return false;
        }
    }

    /** Has this done when the shim asks to end its client. */
    void onOrder(Consumer<Command> order) {
        onOrder = order;
    }

    @Override
    public void line(String line) {
        Command order = ORDERS.get(line);
        if (order != null) {
            onOrder.accept(order);
            return;
        }
        Matcher answer = STATUS.matcher(line);
        if (!answer.matches()) {
            Logger.warn("shim {} said what we do not understand: {}", directory.processId(), Shown.of(line));
            return;
        }
        int number = Integer.parseInt(answer.group(1));
        IntConsumer status = running.remove(number);
        if (status != null) {
            forget(number);
            status.accept(Integer.parseInt(answer.group(2)));
        }
    }

    private void forget(int number) {
        try {
            Files.deleteIfExists(directory.environment(number));
        } catch (IOException e) {
            Logger.debug("an environment file stays: {}", e.toString());
        }
    }

    @Override
    public void ended() {
        if (end()) {
            onEnd.accept(this);
            directory.remove();
        }
    }

    /**
     * As {@link #ended}, but the shim lives, and has attached again with the same directory: the lease there is for the next caller,
     * and so are the numbers from here on, as lines of ours may still be on their way.
     */
    void replacedBy(ShimCaller next) {
        next.sequence = sequence;
        store.detach();
        if (end()) {
            onEnd.accept(this);
        }
    }

    /** The shim was refused: nobody is to hear of it. */
    void refused() {
        end();
    }

    private boolean end() {
        if (over) {
            return false;
        }
        over = true;
        channel.close();
        running.keySet().forEach(this::forget);
        List<IntConsumer> open = new ArrayList<>(running.values());
        running.clear();
        open.forEach(status -> status.accept(-1));
        return true;
    }

    /** Before the fifos are open nothing can be sent. */
    private static final class Unopened implements Channel {
        @Override
        public void send(String line) {
            Logger.debug("too early for: {}", line);
        }

        @Override
        public void close() {
            // There is nothing to close.
        }
    }
}
