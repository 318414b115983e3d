package pm.cli.run;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import pm.api.Cause;
import pm.api.ManagedProcess;
import pm.api.ManagerClosedException;
import pm.api.ProcessManager;
import pm.api.ProcessManagerException;
import pm.api.ProcessResult;
import pm.api.ProcessSpec;
import pm.api.Setting;
import pm.api.Settings;
import pm.cli.console.Complaint;
import pm.cli.console.Console;
import pm.cli.json.JsonText;

/** One run of one command, from the opening of the report file to the exit status. */
final class Run {
    /** In milliseconds it must be a number. */
    private static final Duration FOR_EVER = Duration.ofMillis(Long.MAX_VALUE);

    private final ProcessSpec spec;
    private final Settings settings;
    private final Optional<EventFormat> events;
    private final Optional<Path> report;
    private final Opening opening;
    private final Console console;
    private final CompletableFuture<Void> hurry = new CompletableFuture<>();

    /**
     * Prepares a run: reads all that was asked for, so that nothing wrong is found when something runs already.
     *
     * @throws IllegalArgumentException when something of it is wrong, or makes no process
     */
    Run(RunRequest request, Opening opening, Console console) {
        this.spec = request.process();
        this.settings = request.settings();
        this.events = request.events();
        this.report = request.report();
        this.opening = opening;
        this.console = console;
    }

    /** The JVM is being ended: from now on nothing is waited for but the end of the tree, which the manager sees to. */
    void hurry() {
        hurry.complete(null);
    }

    /** Runs the command. */
    Verdict execute() throws InterruptedException {
        try {
            return report.isPresent() ? reported(report.get()) : managed(Optional.empty());
        } catch (ManagerClosedException refused) {
            // Nobody but the shutdown of the JVM closes a manager whose only user is still here.
            return Verdict.notStarted();
        } catch (ProcessManagerException failure) {
            console.complain(Complaint.about(failure));
            return Verdict.of(failure);
        } catch (IOException failure) {
            console.complain(failure.getMessage());
            return Verdict.PM_FAILED;
        }
    }

    private Verdict reported(Path path) throws IOException, InterruptedException {
        try (ReportFile file = ReportFile.open(path)) {
            return managed(Optional.of(file));
        }
    }

    private Verdict managed(Optional<ReportFile> file) throws IOException, InterruptedException {
        try (ProcessManager manager = opening.manager(settings)) {
            events.ifPresent(format -> manager.listen(event -> console.line(format.line(event))));
            ManagedProcess process = manager.spawn(spec);
            if (spec.limits().bestEffort() && events.isEmpty()) {
                tellWhatIsNotHeld(process);
            }
            Optional<Relay> relay = spec.idleTimeout().map(idle -> Relay.of(process));
            ProcessResult result = process.await();
            boolean delivered = relay.isEmpty() || relay.get().await(timeToDeliver(result, manager), hurry);
            Explanation.of(result).ifPresent(console::complain);
            if (!delivered) {
                console.complain(Explanation.ofUndelivered(result));
            }
            if (file.isPresent()) {
                Report content = new Report(spec, manager.backend(), manager.settings());
                file.get().write(JsonText.page(content.of(result)));
            }
            return delivered ? Verdict.of(result) : Verdict.ofUndelivered(result);
        }
    }

    /** Without pm between them the command itself would have waited for its reader, until its timeout or somebody ended it. */
    private Duration timeToDeliver(ProcessResult result, ProcessManager manager) {
        if (result.cause() != Cause.EXITED) {
            return Duration.ZERO;
        }
        return spec.isTimeoutDisabled()
                ? FOR_EVER
                : spec.timeout()
                        .orElseGet(() -> manager.settings().duration(Setting.DEFAULT_TIMEOUT))
                        .minus(result.duration());
    }

    /** Warnings that begin with the name of a limit that was asked for. Where events are shown, they are among these. */
    private void tellWhatIsNotHeld(ManagedProcess process) {
        for (String warning : process.warnings()) {
            if (spec.limits().kinds().stream().anyMatch(kind -> warning.startsWith(kind.label() + " is "))) {
                console.complain(warning);
            }
        }
    }
}
