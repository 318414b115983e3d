package pm.backend.macos.guard;

/**
 * What the guard runs: plain sh with ps(1) and awk(1), which every macOS has. It reads lines {@code + number} and {@code - number}, of a group or, below zero, of a process (which may change its group unseen), and
 * {@code bye} when it may leave; without that the end of its input means that the JVM is dead. Then it stops these groups and whatever
 * descends from them until the tree does not grow any more, and kills it. Nothing is killed by pid: a group that is not empty is still the
 * tree's.
 */
final class GuardScript {
    /** With the JVM's pid as first argument. */
    static final String TEXT = """
            trap '' HUP INT QUIT TERM TSTP
            [ "$PPID" = "$1" ] || exit 0
            echo ready
            groups=' '
            while read -r order group; do
                case $order in
                +) groups="$groups$group " ;;
                -) case $groups in *" $group "*) groups="${groups%%" $group "*} ${groups#*" $group "}" ;; esac ;;
                bye) exit 0 ;;
                esac
            done
            all() {
                ps -A -o pid= -o ppid= -o pgid= -o stat= | awk -v told="$groups" '
                    BEGIN { count = split(told, list, " "); for (i = 1; i <= count; i++) if (list[i] ~ /^-/) known[substr(list[i], 2)] = 1; else group[list[i]] = 1 }
                    $4 !~ /^Z/ { rows++; pid[rows] = $1; parent[rows] = $2; of[rows] = $3 }
                    END {
                        do {
                            grew = 0
                            for (i = 1; i <= rows; i++)
                                if (!member[pid[i]] && (group[of[i]] || known[pid[i]] || member[parent[i]])) {
                                    member[pid[i]] = 1; group[of[i]] = 1; found[of[i]] = 1; grew = 1
                                }
                        } while (grew)
                        for (one in found) if (one > 1) print one
                    }'
            }
            before=none
            rounds=0
            while now=$(all | sort -n | tr '\\n' ' '); [ -n "$now" ] && [ $rounds -lt 1000 ]; do
                rounds=$((rounds + 1))
                for group in $now; do
                    case $groups in *" $group "*) ;; *) groups="$groups$group " ;; esac
                    kill -s STOP -- "-$group" 2>/dev/null
                done
                if [ "$now" = "$before" ] || [ $rounds -gt 20 ]; then
                    for group in $now; do kill -s KILL -- "-$group" 2>/dev/null; done
                fi
                before=$now
            done
            """;

    private GuardScript() {}
}
