/* Bytes and decimal numbers: the little that a libc would have given. */
#ifndef PM_TEXT_H
#define PM_TEXT_H

#include <linux/types.h>
#include <stddef.h>

/* A decimal s32 with its NUL: "-2147483648". */
#define DECIMAL_BYTES 12

size_t text_length(const char *text);
int text_equals(const char *a, const char *b);
int text_starts_with(const char *text, const char *prefix);

/* Copies the text and its NUL; returns its length. */
size_t text_copy(const char *text, char *to);

/* The non-negative decimal number that the whole text is, or -1. */
int text_to_number(const char *text);

/* Writes the number and a NUL to out; returns the digits' count. */
size_t number_to_text(int number, char out[DECIMAL_BYTES]);

#endif
