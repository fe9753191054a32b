package org.dhcpcanon.bus;

import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.dhcpcanon.dbus.BadArgumentsException;
import org.dhcpcanon.dbus.Bus;
import org.dhcpcanon.dbus.Call;
import org.dhcpcanon.dbus.ErrorName;
import org.dhcpcanon.runtime.AttachRefusedException;
import org.dhcpcanon.runtime.Doorway;
import org.dhcpcanon.runtime.Mailbox;
import org.tinylog.Logger;

/**
 * Lets callers in: asks the bus who the caller is, then the loop whether it takes the caller, and only then answers.
 *
 * <p>The bus policy alone would not do: an administrator's own policy file can open what ours closes.
 */
final class Gate {
    private final Doorway doorway;
    private final Supplier<Optional<String>> reload;
    private final Mailbox mailbox;
    private final Executor writer;

    /**
     * @param reload reads the settings anew, on the thread of {@code writer}, and says what is wrong with them
     * @param writer runs answers on the thread that writes to the bus, so that neither the loop nor the reader can be
     *     held up
     */
    Gate(Doorway doorway, Supplier<Optional<String>> reload, Mailbox mailbox, Executor writer) {
        this.doorway = doorway;
        this.reload = reload;
        this.mailbox = mailbox;
        this.writer = writer;
    }

    /** Answers a call of Attach some time later. */
    void attach(Bus bus, Call call) {
        forRoot(bus, call, "attach a DHCP client", () -> mailbox.post(() -> enter(call)));
    }

    /** Answers a call of Reload some time later. */
    void reload(Bus bus, Call call) {
        forRoot(
                bus,
                call,
                "let the settings be read anew",
                () -> reload.get()
                        .ifPresentOrElse(
                                mistake -> call.refuse(Names.ERRORS + "BadSettings", mistake), () -> call.answer("")));
    }

    private void forRoot(Bus bus, Call call, String what, Runnable deed) {
        // Asked anew for each call: the answer is worth more than the microseconds.
        // What a future runs keeps its errors to itself, so that it only hands over.
        var unused = bus.userOf(call.sender())
                .whenComplete(
                        (uid, failure) -> writer.execute(() -> decide(call, failure == null && uid == 0, what, deed)));
    }

    private static void decide(Call call, boolean isRoot, String what, Runnable deed) {
        if (isRoot) {
            deed.run();
        } else {
            call.refuse(ErrorName.ACCESS_DENIED, "only root may " + what);
        }
    }

    private void enter(Call call) {
        Runnable answer;
        try {
            doorway.attach((String) call.arguments().get(0));
            answer = () -> call.answer("");
        } catch (AttachRefusedException e) {
            answer = () -> call.refuse(errorName(e.kind()), String.valueOf(e.getMessage()));
        } catch (BadArgumentsException e) {
            answer = () -> call.refuse(ErrorName.INVALID_ARGS, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            Logger.error(e, "a caller could not be attached");
            answer = () -> call.refuse(ErrorName.FAILED, "the service made a mistake; its log says more");
        }
        writer.execute(answer);
    }

    private static String errorName(AttachRefusedException.Kind kind) {
        return Names.ERRORS
                + switch (kind) {
                    case BAD_DIRECTORY -> "BadDirectory";
                    case BAD_ARGUMENTS -> "BadArguments";
                    case NOT_SUPPORTED -> "NotSupported";
                    case NO_INTERFACE -> "NoInterface";
                };
    }
}
