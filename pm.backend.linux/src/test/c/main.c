/*
 * Drives pm-launch as the JVM does, and asks the operating system what came of it.
 * usage: pm-check LAUNCHER [--emulator FILE] [--test-build FILE] [--only PART_OF_NAME] | --bench LAUNCHER | --act …
 */
#define _GNU_SOURCE
#include "bench.h"
#include "cases.h"
#include "client.h"
#include "harness.h"
#include "os.h"
#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

const char *launcher, *emulator, *test_build;
char driver[4096], scratch[64], cgroup2[256];

static void remove_scratch(void)
{
    char path[512];
    struct dirent *entry;
    DIR *folder = opendir(scratch);
    while (folder && (entry = readdir(folder))) {
        snprintf(path, sizeof path, "%s/%s", scratch, entry->d_name);
        if (unlink(path) < 0)
            rmdir(path);
    }
    if (folder)
        closedir(folder);
    rmdir(scratch);
}

static int usage(void)
{
    fprintf(stderr, "usage: pm-check LAUNCHER [--emulator FILE] [--test-build FILE] [--only PART_OF_NAME]\n");
    return 2;
}

int main(int argc, char **argv)
{
    const char *only = NULL;
    int i, failed;
    ssize_t length = readlink("/proc/self/exe", driver, sizeof driver - 1);
    driver[length > 0 ? length : 0] = 0;
    if (argc > 2 && !strcmp(argv[1], "--act"))
        act(argc - 2, argv + 2);
    if (argc == 3 && !strcmp(argv[1], "--bench")) {
        launcher = argv[2];
        return bench();
    }
    for (i = 1; i < argc; i++)
        if (!strcmp(argv[i], "--emulator") && i + 1 < argc)
            emulator = argv[++i];
        else if (!strcmp(argv[i], "--test-build") && i + 1 < argc)
            test_build = argv[++i];
        else if (!strcmp(argv[i], "--only") && i + 1 < argc)
            only = argv[++i];
        else
            launcher = argv[i];
    if (!launcher)
        return usage();
    setvbuf(stdout, NULL, _IOLBF, 0);
    signal(SIGPIPE, SIG_IGN);
    prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
    snprintf(scratch, sizeof scratch, "%s/pm-check.XXXXXX", "/tmp");
    if (!mkdtemp(scratch) || chmod(scratch, 0755) < 0) {
        perror("pm-check: no folder for temporary files");
        return 2;
    }
    os_find_cgroup2();
    failed = run_cases(all_cases, only);
    os_remove_cgroups();
    if (*cgroup2)
        rmdir(cgroup2);
    remove_scratch();
    return failed;
}
