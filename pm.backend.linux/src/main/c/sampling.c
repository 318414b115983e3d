#include "sampling.h"

#define INTERVAL_MILLIS 50
#define LONGEST_INTERVAL_MILLIS 1000
/* A look takes as long as the machine has processes: at most this part of the time is spent on it. */
#define TIME_SHARE 20

#define NO_SIGNAL 0
#define NO_GROUP 0

/* 0 where a sandbox has no clock: then every turn of the loop looks, which costs more and misses nothing. */
static __s64 now_millis(void)
{
    struct __kernel_timespec time;
    return sys_clock(&time) < 0 ? 0 : time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

static int counting(const struct supervisor *s)
{
    return s->sampling.most > 0 && !s->ending;
}

int sampling_pause(const struct supervisor *s)
{
    __s64 left, now;
    if (!counting(s))
        return FOREVER;
    now = now_millis();
    if (now == 0)
        return INTERVAL_MILLIS;
    left = s->sampling.due - now;
    return left > 0 ? (int)left : 0;
}

static int interval(__s64 took)
{
    __s64 wanted = took * TIME_SHARE;
    if (wanted < INTERVAL_MILLIS)
        return INTERVAL_MILLIS;
    return wanted < LONGEST_INTERVAL_MILLIS ? (int)wanted : LONGEST_INTERVAL_MILLIS;
}

/* One pass: what it misses, the next look finds. Those of other users refuse even no signal, and count. */
static unsigned count(struct supervisor *s)
{
    sweep_round(&s->asked, NO_SIGNAL, NO_GROUP, 1);
    return s->asked.reached + s->asked.refused;
}

void sampling_look(struct supervisor *s)
{
    struct message message = { .kind = MESSAGE_LIMIT };
    __s64 begin, end;
    unsigned living;
    if (!counting(s) || (begin = now_millis()) < s->sampling.due)
        return;
    living = count(s);
    end = now_millis();
    s->sampling.due = end + (end ? interval(end - begin) : 0);
    message.value = (int)living;
    if (living > s->sampling.most && !s->sampling.over)
        jvm_tell(&s->jvm, &message);
    s->sampling.over = living > s->sampling.most;
}
