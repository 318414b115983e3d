@echo off
rem The pm command on Windows, run from its sources: builds on first use, then runs the JVM. Delete pm.cli\target to build anew.
rem Needs a JDK 17 or later for 64 bits (JAVA_HOME, else java in PATH) and, for building, Maven 3.8 or later (mvn in PATH).
rem cmd.exe reads the arguments before pm does: write %% for a percent sign. At Ctrl-C it asks whether to end the batch job.
setlocal

set "pm_root=%~dp0"
set "pm_application=%pm_root%pm.cli\target\pm"

if defined JAVA_HOME goto home
set "pm_java=java.exe"
where java.exe >nul 2>&1
if errorlevel 1 goto nojava
goto found
:home
set "pm_java=%JAVA_HOME%\bin\java.exe"
if not exist "%pm_java%" goto wrongjava
:found

if exist "%pm_application%\lib\pm.cli.jar" goto built
where mvn >nul 2>&1
if errorlevel 1 goto nomaven
echo pm: building, on first use>&2
pushd "%pm_root%"
call mvn -B -q package -pl pm.cli -am -Dmaven.test.skip=true -Denforcer.skip=true -Dforbiddenapis.skip=true -Dspotless.check.skip=true 1>&2
if errorlevel 1 goto notbuilt
popd
:built

rem The same as pm does on other systems: a short life that is mostly waiting, and nothing but the command's output on standard output.
rem JNA's library is at hand where Java is for x86-64; elsewhere JNA unpacks its own.
"%pm_java%" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData -Xlog:disable -XX:+DisplayVMOutputToStderr ^
    --enable-native-access=com.sun.jna "-Djna.boot.library.path=%pm_application%\jna\win32-x86-64" ^
    -p "%pm_application%\lib" -m pm.cli/pm.cli.Main %*
exit /b %ERRORLEVEL%

:nojava
echo pm: Could not find Java: install a JDK 17 or later, or set JAVA_HOME>&2
exit /b 125

:wrongjava
echo pm: Could not run "%pm_java%": set JAVA_HOME to a JDK, or unset it>&2
exit /b 125

:nomaven
echo pm: Could not build: there is no mvn in PATH, install Maven 3.8 or later>&2
exit /b 125

:notbuilt
popd
echo pm: Could not build: see above>&2
exit /b 125
