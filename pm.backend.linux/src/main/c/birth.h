/* A process that becomes the command is born in its cgroup, where the kernel can do that. */
#ifndef PM_BIRTH_H
#define PM_BIRTH_H

#include "jvm.h"
#include "request.h"

/*
 * Whether another process, which is a child of the JVM's like this one, becomes the command. It returns 0 there, and in
 * this one where nobody else was born.
 */
int hand_over(struct launch *launch, struct jvm *jvm);

#endif
