#include "sampling.h"

#define SHORTEST_INTERVAL_MICROS 50000
#define LONGEST_INTERVAL_MICROS 60000000
/* All launchers of a JVM together spend at most this part of one processor's time on looks. */
#define TIME_SHARE 50

#define NO_SIGNAL 0
#define NO_GROUP 0

static int counting(const struct supervisor *s)
{
    return s->sampling.most > 0 && !s->ending;
}

int sampling_pause(const struct supervisor *s)
{
    __s64 left, now;
    if (!counting(s))
        return FOREVER;
    now = clock_micros(CLOCK_MONOTONIC);
    if (now == 0)
        return SHORTEST_INTERVAL_MICROS / 1000;
    left = s->sampling.due - now;
    return left > 0 ? (int)(left / 1000 + 1) : 0;
}

/* From the processor time since the last look: it holds what waking up took, and does not grow with the load of the machine. */
static __s64 interval(struct sampling *sampling)
{
    __s64 used = clock_micros(CLOCK_PROCESS_CPUTIME_ID);
    __s64 wanted = (used - sampling->used) * TIME_SHARE * (sampling->among ? sampling->among : 1);
    sampling->used = used;
    if (wanted < SHORTEST_INTERVAL_MICROS)
        return SHORTEST_INTERVAL_MICROS;
    return wanted < LONGEST_INTERVAL_MICROS ? wanted : LONGEST_INTERVAL_MICROS;
}

/* One pass: what it misses, the next look finds. */
static unsigned count(struct supervisor *s)
{
    sweep_round(&s->asked, NO_SIGNAL, NO_GROUP, 1);
    return s->asked.reached;
}

/* Without a clock every turn of the loop looks, which costs more and misses nothing. */
void sampling_look(struct supervisor *s)
{
    struct message message = { .kind = MESSAGE_LIMIT };
    __s64 now;
    unsigned living;
    if (!counting(s) || (now = clock_micros(CLOCK_MONOTONIC)) < s->sampling.due)
        return;
    living = count(s);
    s->sampling.due = now ? now + interval(&s->sampling) : 0;
    message.value = (int)living;
    if (living > s->sampling.most && !s->sampling.over)
        jvm_tell(&s->jvm, &message);
    s->sampling.over = living > s->sampling.most;
}
