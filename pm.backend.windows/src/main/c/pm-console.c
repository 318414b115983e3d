/*
 * pm-console: sends a console event to the consoles of a job's processes, and to no others.
 *
 * usage: pm-console EVENT JOB PID...
 *   EVENT  0 for CTRL_C, 1 for CTRL_BREAK
 *   JOB    an inherited handle, good for asking who is in the job
 *   PID    processes that may be in it
 *
 * A process can send an event only to the console to which it is attached, and to one at a time. The JVM must not leave its own for that, so
 * this program does it, and ends. Each process is held open while its console is looked for, so that its pid is nobody else's, and a
 * console is left alone when somebody outside of the job is attached to it.
 *
 * No C runtime: kernel32 alone.
 */
#define WIN32_LEAN_AND_MEAN
#define _WIN32_WINNT 0x0A00
#include <windows.h>

/* Exit codes: read by TreeConsoles.java. */
enum { HEARD = 0, NOBODY = 1, USAGE = 2, STRANGERS = 3, REFUSED = 4 };

enum { MOST = 4096 };

static DWORD served[MOST];
static DWORD served_count;
static DWORD attached[MOST];

/* What reaches the others reaches us, too: it must not end us before the last console has heard. */
static BOOL WINAPI ignore(DWORD event)
{
    (void) event;
    return TRUE;
}

static BOOL is_served(DWORD pid)
{
    for (DWORD i = 0; i < served_count; i++) {
        if (served[i] == pid) {
            return TRUE;
        }
    }
    return FALSE;
}

/*
 * Wine tells who is in a job only by the greater right, and Windows grants only the lesser one for processes with more rights than ours.
 * NULL when there is no such process, or we may not even look.
 */
static HANDLE open_process(DWORD pid)
{
    HANDLE process = OpenProcess(PROCESS_QUERY_INFORMATION, FALSE, pid);
    return process != NULL ? process : OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, FALSE, pid);
}

/* Somebody who ended meanwhile is no stranger. */
static BOOL is_stranger(DWORD pid, HANDLE job)
{
    BOOL inside = FALSE;
    HANDLE process = open_process(pid);
    if (process == NULL) {
        return GetLastError() == ERROR_ACCESS_DENIED;
    }
    if (!IsProcessInJob(process, job, &inside)) {
        inside = FALSE;
    }
    CloseHandle(process);
    return !inside;
}

/* Attached to a console of one or more processes. */
static int tell(DWORD event, HANDLE job)
{
    DWORD count = GetConsoleProcessList(attached, MOST);
    if (count == 0 || count > MOST) {
        return REFUSED;
    }
    for (DWORD i = 0; i < count; i++) {
        if (attached[i] != GetCurrentProcessId() && is_stranger(attached[i], job)) {
            return STRANGERS;
        }
    }
    SetConsoleCtrlHandler(ignore, TRUE);
    if (!GenerateConsoleCtrlEvent(event, 0)) {
        return REFUSED;
    }
    for (DWORD i = 0; i < count && served_count < MOST; i++) {
        served[served_count++] = attached[i];
    }
    return HEARD;
}

static int serve(DWORD pid, DWORD event, HANDLE job)
{
    BOOL inside = FALSE;
    int result = NOBODY;
    HANDLE process = open_process(pid);
    if (process == NULL) {
        return NOBODY;
    }
    if (IsProcessInJob(process, job, &inside) && inside && AttachConsole(pid)) {
        result = tell(event, job);
        FreeConsole();
    }
    CloseHandle(process);
    return result;
}

/* The next word as a number; 0 when there is none. */
static BOOL number(const WCHAR **text, ULONG_PTR *value)
{
    const WCHAR *at = *text;
    while (*at == L' ') {
        at++;
    }
    if (*at < L'0' || *at > L'9') {
        return FALSE;
    }
    *value = 0;
    while (*at >= L'0' && *at <= L'9') {
        *value = *value * 10 + (ULONG_PTR) (*at++ - L'0');
    }
    *text = at;
    return TRUE;
}

void start(void)
{
    const WCHAR *text = GetCommandLineW();
    ULONG_PTR event;
    ULONG_PTR job;
    ULONG_PTR pid;
    int result = NOBODY;

    /* Our own name has no space in it: the JVM says it so. */
    while (*text != 0 && *text != L' ') {
        text++;
    }
    if (!number(&text, &event) || event > 1 || !number(&text, &job)) {
        ExitProcess(USAGE);
    }
    FreeConsole();
    while (number(&text, &pid)) {
        if (!is_served((DWORD) pid)) {
            int one = serve((DWORD) pid, (DWORD) event, (HANDLE) job);
            if (one == HEARD || (one != NOBODY && result != HEARD)) {
                result = one;
            }
        }
    }
    ExitProcess((UINT) result);
}
