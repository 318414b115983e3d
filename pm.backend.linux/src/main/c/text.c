#include "text.h"

/* gcc may call these four even in freestanding code (gcc manual, "Standards"). */

void *memcpy(void *to, const void *from, size_t size)
{
    char *t = to;
    const char *f = from;
    while (size-- > 0)
        *t++ = *f++;
    return to;
}

void *memmove(void *to, const void *from, size_t size)
{
    char *t = to;
    const char *f = from;
    if (t <= f)
        return memcpy(to, from, size);
    while (size-- > 0)
        t[size] = f[size];
    return to;
}

void *memset(void *to, int byte, size_t size)
{
    char *t = to;
    while (size-- > 0)
        *t++ = (char)byte;
    return to;
}

int memcmp(const void *a, const void *b, size_t size)
{
    const unsigned char *x = a, *y = b;
    for (; size > 0; size--, x++, y++)
        if (*x != *y)
            return *x - *y;
    return 0;
}

size_t text_length(const char *text)
{
    size_t length = 0;
    while (text[length])
        length++;
    return length;
}

int text_starts_with(const char *text, const char *prefix)
{
    while (*prefix)
        if (*text++ != *prefix++)
            return 0;
    return 1;
}

int text_equals(const char *a, const char *b)
{
    return text_length(a) == text_length(b) && text_starts_with(a, b);
}

size_t text_copy(const char *text, char *to)
{
    size_t length = 0;
    while ((to[length] = text[length]))
        length++;
    return length;
}

int text_to_number(const char *text)
{
    long number = 0;
    if (!*text)
        return -1;
    for (; *text; text++) {
        if (*text < '0' || *text > '9')
            return -1;
        number = number * 10 + (*text - '0');
        if (number > 0x7fffffff)
            return -1;
    }
    return (int)number;
}

size_t number_to_text(int number, char out[DECIMAL_BYTES])
{
    char digits[DECIMAL_BYTES];
    size_t count = 0, length = 0;
    unsigned rest = number < 0 ? 0u - (unsigned)number : (unsigned)number;
    do
        digits[count++] = (char)('0' + rest % 10);
    while ((rest /= 10) > 0);
    if (number < 0)
        out[length++] = '-';
    while (count > 0)
        out[length++] = digits[--count];
    out[length] = 0;
    return length;
}
