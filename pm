#!/bin/sh
# The pm command, run from its sources: builds on first use and when sources changed, then becomes the JVM.
# Everything it makes stays below target/pm; deleting that folder makes it start afresh.

# A standard stream that is closed would get the number of the next file that the JVM opens: the command would read and write that.
if [ -d /proc/$$/fd ]; then
    backends="pm.backend.linux pm.backend.linux.systemd"
    is_open() { [ -h "/proc/$$/fd/$1" ]; }
else
    backends=pm.backend.macos
    is_open() { [ -e "/dev/fd/$1" ]; }
fi
is_open 0 || exec </dev/null
is_open 1 || exec >/dev/null
is_open 2 || exec 2>/dev/null

fail() {
    printf 'pm: %s\n' "$1" >&2
    exit 125
}

# The file behind a link; readlink(1) has no -f on older systems.
real() {
    file=$1
    while [ -h "$file" ]; do
        target=$(readlink -- "$file")
        case $target in
        /*) file=$target ;;
        *) file=${file%/*}/$target ;;
        esac
    done
    printf '%s/%s\n' "$(cd -P -- "${file%/*}" && pwd)" "${file##*/}"
}

# Where this script really is, also when it was called through a link or found in PATH.
script=$0
case $script in
*/*) ;;
*) script=$(command -v -- "$script") ;;
esac
[ ! -h "$script" ] || script=$(real "$script")
case $script in
/*) root=${script%/*} ;;
*) root=$(cd -- "${script%/*}" && pwd) || fail "Could not find the folder of $0" ;;
esac

if [ -n "${JAVA_HOME:-}" ]; then
    java=$JAVA_HOME/bin/java
elif [ -x /usr/libexec/java_home ]; then
    # macOS: what is in PATH only calls the Java that this tells.
    java=$(/usr/libexec/java_home)/bin/java
else
    java=$(command -v java) || fail "Could not find Java: install a JDK 17 or later, or set JAVA_HOME"
fi
home=$root/target/pm
archive=$home/pm.jsa
image=$home/image
collector=-XX:+UseSerialGC

# The real file of a link is known from the last time: asking for it costs as much as the rest of this script.
resolved=
[ ! -r "$home/java" ] || IFS= read -r resolved <"$home/java"
if [ -n "$resolved" ] && [ "$java" -ef "$resolved" ]; then
    java=$resolved
elif [ -h "$java" ]; then
    java=$(real "$java")
fi
[ -x "$java" ] || fail "Could not run $java: set JAVA_HOME to a JDK, or unset it"

# Which Java this is, without starting it: its path, and what its own release file says up to the version.
identity=$java
version=0
if [ -r "${java%/bin/java}/release" ]; then
    while IFS= read -r line; do
        identity="$identity
$line"
        case $line in
        JAVA_VERSION=*)
            version=${line#JAVA_VERSION=\"} version=${version%%[!0-9]*}
            break
            ;;
        esac
    done <"${java%/bin/java}/release"
fi

# Some distributions have jlink's modules in a package of their own.
jdk_needed="Debian: openjdk-17-jdk-headless; Fedora: java-17-openjdk-devel and java-17-openjdk-jmods; or a vendor's archive"

is_built() {
    [ -f "$home/built" ] || return 1
    set -- "$root/pom.xml" "$root/bnd.bnd" "$root/cnf"
    for module in pm.api pm.core pm.backend.posix $backends pm.cli; do
        set -- "$@" "$root/$module/pom.xml" "$root/$module/bnd.bnd" "$root/$module/src/main"
    done
    # Folders count as well: their time is that of the last removal in them.
    [ -z "$(find "$@" -newer "$home/built" -print 2>&1)" ]
}

is_linked() {
    recorded=
    [ -r "$home/java" ] || return 1
    while IFS= read -r line; do
        recorded="$recorded${recorded:+
}$line"
    done <"$home/java"
    [ "$recorded" = "$identity" ]
}

maven() {
    (cd "$root" && exec mvn -B --no-transfer-progress package -pl pm.cli -am -Dmaven.test.skip=true \
        -Denforcer.skip=true -Dforbiddenapis.skip=true -Dspotless.check.skip=true) </dev/null 2>&1 9>&-
    echo "$?" >"$home/status"
}

# Shows on a terminal which module is being built, in one line that goes away.
show_progress() {
    while IFS= read -r line; do
        case $line in
        "[INFO] Building pm"*) printf '\r\033[Kpm: building %s' "${line#??????? Building }" >&2 ;;
        esac
    done
    printf '\r\033[K' >&2
}

require_jdk() {
    for tool in javac jlink; do
        [ -x "${java%/java}/$tool" ] ||
            fail "Could not build with $java: there is no $tool beside it, install a whole JDK ($jdk_needed), or set JAVA_HOME to one"
    done
}

build() {
    command -v mvn >/dev/null || fail "Could not build: there is no mvn in PATH, install Maven 3.8 or later"
    : >"$home/started"
    rm -f "$home/built" "$home/java"
    if [ -t 2 ]; then
        printf 'pm: building, on first use and when sources changed' >&2
        maven | tee "$home/build.log" | show_progress
    else
        maven >"$home/build.log"
    fi
    if [ "$(cat "$home/status")" != 0 ]; then
        tail -n 40 "$home/build.log" >&2
        fail "Could not build: see above, and $home/build.log for all of it"
    fi
    # A running pm keeps the files that it opened.
    rm -rf "$home/lib" "$home/jna"
    mkdir "$home/jna"
    cp -R "$root/pm.cli/target/pm/lib" "$home/lib" || fail "Could not copy the libraries to $home/lib"
    # Where a module descriptor does not list its packages, the JVM looks through the whole jar at each start; jar(1) adds the list.
    for jar in jackson-core jna-jpms picocli; do
        number=$(sed -n "s:.*<${jar%%-*}\\.version>\\(.*\\)</.*:\\1:p" "$root/pom.xml")
        "${java%/java}/jar" --update --file "$home/lib/$jar.jar" --module-version "$number" >>"$home/build.log" 2>&1
    done
    case "$(uname -s) $(uname -m)" in
    "Linux x86_64") native=linux-x86-64/libjnidispatch.so ;;
    "Linux aarch64") native=linux-aarch64/libjnidispatch.so ;;
    "Darwin x86_64") native=darwin-x86-64/libjnidispatch.jnilib ;;
    "Darwin arm64") native=darwin-aarch64/libjnidispatch.jnilib ;;
    *) native= ;;
    esac
    [ -z "$native" ] || cp "$root/pm.cli/target/pm/jna/$native" "$home/jna"
    mv "$home/started" "$home/built"
}

# What the JVM is told, in the form of its argument files (java(1)).
write_options() {
    # A later JVM that lacks one of them starts slower, but starts.
    printf '%s\n' -XX:+IgnoreUnrecognizedVMOptions
    # A short life that is mostly waiting: what counts is the start.
    printf '%s\n' -XX:TieredStopAtLevel=1 -XX:-UsePerfData
    # Most of what is called two hundred times in so short a life is not called often enough to pay for its compilation.
    printf '%s\n' -XX:CompileThresholdScaling=3
    # The archive is moved, which writes to its pages while there is one thread only: later each first write interrupts the other processors.
    printf '%s\n' -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=1
    # The JVM would write its warnings, and on SIGQUIT its threads, to standard output, which is the command's.
    printf '%s\n' -Xlog:disable -XX:+DisplayVMOutputToStderr
    # Not the folder that pm is called from: what lies there must not become part of pm.
    printf '%s "%s"\n' --class-path "$home/nothing"
    # From 24 on it warns about native calls of modules that were not given leave (JEP 472).
    [ "$version" -lt 24 ] || printf '%s\n' --enable-native-access=com.sun.jna
    # pm uses nothing but the C library, which is loaded already: without this, JNA would run ldconfig to learn where libraries are.
    printf '%s\n' -Djna.platform.library.path=
    [ -z "$(ls "$home/jna")" ] || printf '%s "%s"\n' -Djna.nounpack=true "-Djna.boot.library.path=$home/jna"
}

# The Java in use with pm's modules inside: it knows how they fit together, which is work at each start otherwise.
make_image() {
    rm -rf "$image"
    # Modules say what they provide: the files for class paths would be searched and read at each start, to no end.
    "${java%/java}/jlink" --module-path "$home/lib" --output "$image" --no-header-files --no-man-pages \
        --exclude-resources '**/META-INF/services/**' \
        --add-modules "pm.cli,pm.core,$(printf %s "$backends" | tr ' ' ,),org.slf4j.nop" || return
    # Read at each start, on behalf of JNA, and mostly comments.
    for file in security/java.security logging.properties; do
        [ ! -f "$image/conf/$file" ] || {
            sed '/^[[:space:]]*#/d' "$image/conf/$file" >"$home/conf" && cat "$home/conf" >"$image/conf/$file" && rm "$home/conf"
        } || return
    done
}

# Class data of pm for that image. Without it pm works the same, but starts slower.
make_archive() {
    rm -f "$archive"
    write_options >"$home/options"
    if [ "$version" -ge 25 ]; then
        make_cache
        used=-XX:AOTCache
    else
        make_class_data
        used=-XX:SharedArchiveFile
    fi
    printf '%s="%s"\n' "$used" "$archive" >>"$home/options"
    # Classes in the archive were verified when it was made. Others are picocli's, whose old format takes a tenth of the start to verify.
    printf '%s\n' -XX:-BytecodeVerificationRemote >>"$home/options"
}

# From one run the JVM also keeps linked lambdas (JEP 514). Only G1 can write objects into an archive; others can read them.
make_cache() {
    "$image/bin/java" -XX:+UseG1GC -XX:AOTCacheOutput="$archive" @"$home/options" \
        pm.cli.Main run --idle-timeout 10s --events json -- true
}

make_class_data() {
    run=0
    while IFS= read -r arguments; do
        run=$((run + 1))
        # shellcheck disable=SC2086
        "$image/bin/java" $collector -XX:DumpLoadedClassList="$home/classes.$run" @"$home/options" pm.cli.Main $arguments
    done <<-TRAINING
	run -- true
	run --idle-timeout 10s --events json -- true
	run --timeout 10s -- /nonexistent
	doctor --json
	TRAINING
    # Later JVMs number the classes of a list, each list from the start. A line for each lambda: a class may have several that look the same.
    awk '{ sub(/ id: [0-9]+$/, "") } ++here[FILENAME, $0] > kept[$0] && (/^@lambda-proxy/ || !kept[$0]) { kept[$0]++; print }' \
        "$home"/classes.[0-9] >"$home/classes"
    "$image/bin/java" -XX:+UseG1GC -Xshare:dump -XX:SharedClassListFile="$home/classes" \
        -XX:SharedArchiveFile="$archive" @"$home/options" pm.cli.Main
    rm -f "$home/classes" "$home"/classes.[0-9]
}

link() {
    rm -f "$home/java"
    make_image >"$home/image.log" 2>&1 || {
        cat "$home/image.log" >&2
        fail "Could not link pm with $java: see above, and use a JDK with jlink and its modules ($jdk_needed)"
    }
    make_archive >"$home/archive.log" 2>&1
    printf '%s\n' "$identity" >"$home/java.new" && mv "$home/java.new" "$home/java"
}

if ! is_built || ! is_linked; then
    if mkdir -p "$home" 2>/dev/null && [ -w "$home" ]; then
        # One build at a time; whoever waited finds it done.
        exec 9>"$home/lock"
        ! command -v flock >/dev/null || flock 9
        require_jdk
        is_built || build
        is_linked || link </dev/null 9>&-
        exec 9>&-
    else
        is_built && [ -f "$home/options" ] || fail "Could not build: no permission to write to $home, run pm once as its owner"
    fi
fi

exec "$image/bin/java" $collector @"$home/options" pm.cli.Main "$@"
