package org.dhcpcanon.bus;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.dhcpcanon.client.Command;
import org.dhcpcanon.dbus.BadArgumentsException;
import org.dhcpcanon.dbus.Bus;
import org.dhcpcanon.dbus.Call;
import org.dhcpcanon.dbus.ErrorName;
import org.dhcpcanon.runtime.AdoptionException;
import org.dhcpcanon.runtime.AttachRefusedException;
import org.dhcpcanon.runtime.Control;
import org.dhcpcanon.runtime.Mailbox;
import org.freedesktop.dbus.DBusPath;
import org.tinylog.Logger;

/**
 * Lets callers in: asks the bus who the caller is, then the loop whether it takes the caller, and only then answers.
 *
 * <p>The bus policy alone would not do: an administrator's own policy file can open what ours closes.
 */
final class Gate {
    private final Duties duties;
    private final Mailbox mailbox;
    private final Executor writer;
    private final Polkit polkit = new Polkit();

    /**
     * @param writer runs answers on the thread that writes to the bus, so that neither the loop nor the reader can be
     *     held up
     */
    Gate(Duties duties, Mailbox mailbox, Executor writer) {
        this.duties = duties;
        this.mailbox = mailbox;
        this.writer = writer;
    }

    /** Answers a call of Attach some time later. */
    void attach(Bus bus, Call call) {
        Entrance attach =
                () -> duties.doorway().attach((String) call.arguments().get(0));
        forRoot(
                bus,
                call,
                "attach a DHCP client",
                () -> mailbox.post(() -> enter(call, attach, () -> call.answer(""))));
    }

    /** Answers a call of Reload some time later. */
    void reload(Bus bus, Call call) {
        forRoot(
                bus,
                call,
                "let the settings be read anew",
                () -> duties.reload()
                        .get()
                        .ifPresentOrElse(
                                mistake -> call.refuse(Names.ERRORS + "BadSettings", mistake), () -> call.answer("")));
    }

    /** Answers a call of Adopt some time later. */
    void adopt(Bus bus, Call call) throws BadArgumentsException {
        String connection = call.leadingTexts(1).get(0);
        forRoot(
                bus,
                call,
                "have a connection adopted",
                () -> await(call, duties.adoption().adopt(connection)));
    }

    /** Answers a call of Unadopt or UnadoptLater some time later. */
    void unadopt(Bus bus, Call call, boolean atOnce) throws BadArgumentsException {
        String connection = call.leadingTexts(1).get(0);
        forRoot(
                bus,
                call,
                "give a connection back",
                () -> await(call, duties.adoption().unadopt(connection, atOnce)));
    }

    private void await(Call call, CompletableFuture<String> deed) {
        var unused = deed.whenComplete((changed, failure) -> writer.execute(() -> {
            if (failure == null) {
                call.answer("");
            } else if (failure instanceof AdoptionException refused) {
                call.refuse(errorName(refused.kind()), String.valueOf(refused.getMessage()));
            } else {
                Logger.warn("a connection cannot be changed: {}", failure.getMessage());
                call.refuse(Names.ERRORS + "NetworkManager", String.valueOf(failure.getMessage()));
            }
        }));
    }

    private static String errorName(AdoptionException.Kind kind) {
        return Names.ERRORS
                + switch (kind) {
                    case NO_CONNECTION -> "NoConnection";
                    case NOT_SUPPORTED -> "NotSupported";
                    case NETWORKMANAGER -> "NetworkManager";
                };
    }

    /** Answers, some time later, a call that wants something of a client: root may, and whom polkit lets. */
    void command(Bus bus, Call call, int number, Command command) {
        forController(bus, call, () -> mailbox.post(() -> carryOut(call, number, command)));
    }

    /**
     * Answers, some time later, a call of Start, which the same may.
     *
     * @param path of the client's object, once it has begun; asked for on the thread that writes to the bus
     */
    void start(Bus bus, Call call, String interfaceName, Supplier<String> path) {
        Entrance begin = () -> duties.starter().start(interfaceName);
        Runnable answer = () -> call.answer("o", new DBusPath(path.get()));
        forController(bus, call, () -> mailbox.post(() -> enter(call, begin, answer)));
    }

    private void forController(Bus bus, Call call, Runnable deed) {
        whoseUser(bus, call, isRoot -> {
            if (isRoot) {
                deed.run();
            } else {
                askPolkit(bus, call, deed);
            }
        });
    }

    private void forRoot(Bus bus, Call call, String what, Runnable deed) {
        whoseUser(bus, call, isRoot -> {
            if (isRoot) {
                deed.run();
            } else {
                call.refuse(ErrorName.ACCESS_DENIED, "only root may " + what);
            }
        });
    }

    private void whoseUser(Bus bus, Call call, Consumer<Boolean> decision) {
        // Asked anew for each call: the answer is worth more than the microseconds.
        // What a future runs keeps its errors to itself, so that it only hands over.
        var unused = bus.userOf(call.sender())
                .whenComplete((uid, failure) -> writer.execute(() -> decision.accept(failure == null && uid == 0)));
    }

    private void askPolkit(Bus bus, Call call, Runnable deed) {
        var unused = polkit.ask(bus, call)
                .whenComplete((answer, failure) -> writer.execute(() -> {
                    if (failure == null) {
                        decide(call, answer, deed);
                    } else {
                        Logger.warn("polkit gives no answer: {}", failure.getMessage());
                        call.refuse(ErrorName.ACCESS_DENIED, "polkit gives no answer, and without it only root may");
                    }
                }));
    }

    private static void decide(Call call, Polkit.Answer answer, Runnable deed) {
        switch (answer) {
            case YES -> deed.run();
            case NO -> call.refuse(ErrorName.ACCESS_DENIED, "polkit does not let you control DHCP clients");
            case WITH_PASSWORD -> refuseWithoutPassword(call);
            case BUSY -> call.refuse(ErrorName.LIMITS_EXCEEDED, "too many callers wait for polkit");
        }
    }

    /** A caller who was ready to wait has nobody who could ask for the password. */
    private static void refuseWithoutPassword(Call call) {
        if (call.isInteractive()) {
            call.refuse(ErrorName.ACCESS_DENIED, "polkit wants a password, and no agent is there to ask for it");
        } else {
            call.refuse(
                    ErrorName.INTERACTIVE_AUTHORIZATION_REQUIRED,
                    "polkit wants a password, and the call does not allow to ask for it");
        }
    }

    private void carryOut(Call call, int number, Command command) {
        Runnable answer;
        try {
            Control.Outcome outcome = duties.control().ask(number, command);
            answer = () -> tell(call, outcome);
        } catch (RuntimeException e) {
            Logger.error(e, "{} of client {} failed", command, number);
            answer = () -> call.refuse(ErrorName.FAILED, "the service made a mistake; its log says more");
        }
        writer.execute(answer);
    }

    private static void tell(Call call, Control.Outcome outcome) {
        switch (outcome) {
            case DONE -> call.answer("");
            case NO_CLIENT -> call.refuse(Names.ERRORS + "NoClient", "the client has ended");
            case NO_LEASE -> call.refuse(Names.ERRORS + "NoLease", "there is no lease to renew");
            case NO_CARRIER -> call.refuse(Names.ERRORS + "NoCarrier", "the link is down");
            case NOT_ALLOWED -> call.refuse(Names.ERRORS + "NotAllowed", "the settings say release=never");
        }
    }

    /** Something that begins a client. */
    private interface Entrance {
        void take() throws AttachRefusedException, BadArgumentsException;
    }

    private void enter(Call call, Entrance entrance, Runnable admitted) {
        Runnable answer = admitted;
        try {
            entrance.take();
        } catch (AttachRefusedException e) {
            answer = () -> call.refuse(errorName(e.kind()), String.valueOf(e.getMessage()));
        } catch (BadArgumentsException e) {
            answer = () -> call.refuse(ErrorName.INVALID_ARGS, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            Logger.error(e, "a client could not be started");
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
