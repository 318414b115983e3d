package pm.backend.macos.darwin;

import pm.api.Signal;

/** bsd/sys/signal.h of xnu. */
final class DarwinSignals {
    int number(Signal signal) {
        return switch (signal) {
            case HUP -> 1;
            case INT -> 2;
            case QUIT -> 3;
            case KILL -> 9;
            case TERM -> 15;
            case STOP -> 17;
            case CONT -> 19;
            case USR1 -> 30;
            case USR2 -> 31;
        };
    }
}
