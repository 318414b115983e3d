package pm.cli.doctor;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import pm.api.Health;
import pm.api.ManagerClosedException;
import pm.api.PmApi;
import pm.api.ProcessManager;
import pm.api.ProcessManagerException;
import pm.api.ProcessManagers;
import pm.api.Setting;
import pm.api.Settings;
import pm.cli.console.CommonOptions;
import pm.cli.console.Complaint;
import pm.cli.console.Console;
import pm.cli.console.ExitCodes;
import pm.cli.console.Subcommand;
import pm.cli.json.JsonText;

/** {@code pm doctor}: opens a manager and tells what it found. */
public final class DoctorCommand implements Subcommand {
    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create()
                .name("doctor")
                .addOption(CommonOptions.json())
                .addOption(CommonOptions.help());
        spec.usageMessage()
                .description("Tells what this host gives pm to work with: backend, containment, limits, guard.")
                .footer("", "Exit status: 125 when no command could be run or the guarantees are weakened, else 0.");
        return spec;
    }

    @Override
    public int execute(ParseResult arguments, Console console) {
        boolean json = arguments.hasMatchedOption("--json");
        try (ProcessManager manager =
                ProcessManagers.open(PmApi.VERSION, Settings.none().with(Setting.JMX, false))) {
            Diagnosis diagnosis = new Diagnosis(manager.backend(), manager.capabilities(), manager.health());
            console.print(json ? JsonText.page(diagnosis.fields()) : DiagnosisText.of(diagnosis));
            return diagnosis.health().status() == Health.Status.CRITICAL ? ExitCodes.PM_FAILED : ExitCodes.OK;
        } catch (ManagerClosedException refused) {
            // The JVM is being ended: its exit status says so.
            return ExitCodes.PM_FAILED;
        } catch (ProcessManagerException failure) {
            if (json) {
                console.print(JsonText.page(Diagnosis.failed(Complaint.about(failure))));
            } else {
                console.complain(Complaint.about(failure));
            }
            return ExitCodes.PM_FAILED;
        }
    }
}
