package org.dhcpcanon.shim;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dhcpcanon.runtime.Caller;
import org.dhcpcanon.runtime.Channel;
import org.dhcpcanon.runtime.ChannelListener;
import org.dhcpcanon.runtime.Channels;
import org.dhcpcanon.runtime.LeaseStore;
import org.dhcpcanon.runtime.ScriptRunner;
import org.tinylog.Logger;

/** A shim, over its two fifos: lines {@code run SEQ FILE}, {@code exit CODE}, {@code message TEXT} to it, {@code SEQ STATUS} back. */
final class ShimCaller implements Caller, ChannelListener {
    private static final Pattern STATUS = Pattern.compile("([0-9]{1,9}) (-1|[0-9]{1,3})");
    /** A line must fit into a fifo in one piece, with other characters than ASCII too (PIPE_BUF is 4096). */
    private static final int LONGEST_MESSAGE = 1000;

    private final AttachDirectory directory;
    private final SortedMap<String, String> variables;
    private final Consumer<ShimCaller> onEnd;
    private final FileLeaseStore store;
    private final Map<Integer, IntConsumer> running = new HashMap<>();
    private Channel channel = new Unopened();
    private int sequence;
    private boolean over;

    /**
     * @param variables that the caller wants its script to have besides ours
     * @param onEnd is told once when the shim is gone
     */
    ShimCaller(AttachDirectory directory, SortedMap<String, String> variables, Consumer<ShimCaller> onEnd) {
        this.directory = directory;
        this.variables = variables;
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

    @Override
    public ScriptRunner scripts() {
        return this::run;
    }

    @Override
    public LeaseStore store() {
        return store;
    }

    /** The status comes before this returns if the script cannot be run at all. */
    private void run(SortedMap<String, String> environment, IntConsumer status) {
        int number = ++sequence;
        if (over || !written(number, environment)) {
            status.accept(-1);
            return;
        }
        running.put(number, status);
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

    @Override
    public void line(String line) {
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
