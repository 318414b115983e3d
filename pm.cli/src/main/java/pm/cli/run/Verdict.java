package pm.cli.run;

import pm.api.Cause;
import pm.api.CommandNotExecutableException;
import pm.api.CommandNotFoundException;
import pm.api.ExitStatus;
import pm.api.ProcessManagerException;
import pm.api.ProcessResult;
import pm.cli.console.ExitCodes;

/**
 * The exit status of {@code pm run}: the first rule that applies. That of a signal to pm is the JVM's own, and goes before all but pm's failure.
 *
 * @param status the exit status
 * @param pmFailed whether pm itself failed, which the number does not tell: the command may exit with any
 */
record Verdict(int status, boolean pmFailed) {
    static final Verdict PM_FAILED = new Verdict(ExitCodes.PM_FAILED, true);

    /** After a run. */
    static Verdict of(ProcessResult result) {
        if (!result.cleanup().proven() || result.exit() instanceof ExitStatus.Unknown) {
            return PM_FAILED;
        }
        if (result.cause() == Cause.PROCESSES) {
            // The run was cut short because this host could not hold it to what was asked.
            return new Verdict(ExitCodes.PM_FAILED, false);
        }
        if (result.cause().isTimeout()) {
            return new Verdict(ExitCodes.TIMED_OUT, false);
        }
        return new Verdict(
                result.cause() == Cause.OUT_OF_MEMORY
                        ? ExitCodes.OUT_OF_MEMORY
                        : result.exit().shellCode(),
                false);
    }

    /** After a run whose last output nobody took in time: without pm between them, a timeout would have ended the command itself. */
    static Verdict ofUndelivered(ProcessResult result) {
        Verdict verdict = of(result);
        return result.cause() == Cause.EXITED && !verdict.pmFailed ? new Verdict(ExitCodes.TIMED_OUT, false) : verdict;
    }

    /** When nothing was started, or something is left. */
    static Verdict of(ProcessManagerException failure) {
        if (failure instanceof CommandNotFoundException) {
            return new Verdict(ExitCodes.NOT_FOUND, false);
        }
        return failure instanceof CommandNotExecutableException
                ? new Verdict(ExitCodes.NOT_EXECUTABLE, false)
                : PM_FAILED;
    }

    /** When the JVM was ended by a signal before the command was started: nothing failed, and nothing runs. */
    static Verdict notStarted() {
        return new Verdict(ExitCodes.OK, false);
    }
}
