#define _GNU_SOURCE

#include "CTerminal.h"

#include <curses.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <term.h>
#include <termios.h>
#include <unistd.h>

// endwin() isn't async-signal-safe. All that a crash needs is made ready beforehand: one string of bytes,
// the terminal's settings, and descriptors; the handler calls nothing but write, pread, tcsetattr and sigaction.

static const int fatal[] = {SIGILL, SIGTRAP, SIGABRT, SIGSEGV, SIGBUS, SIGFPE};
enum { FATAL = sizeof fatal / sizeof *fatal };

static atomic_bool armed;
static struct sigaction before[FATAL];
static char farewell[512];
static size_t farewell_length;
static int terminal_descriptor = -1;
static int held_descriptor = -1;
static int errors_descriptor = -1;
static struct termios settings;
static bool has_settings;
// A stack overflow leaves no stack to handle it on.
static char spare_stack[64 * 1024];

static void write_all(int descriptor, const char *bytes, size_t length) {
    while (length > 0) {
        ssize_t written = write(descriptor, bytes, length);
        if (written <= 0) return;
        bytes += written;
        length -= (size_t)written;
    }
}

static void restore(void) {
    if (!atomic_exchange(&armed, false)) return;
    write_all(terminal_descriptor, farewell, farewell_length);
    if (has_settings) tcsetattr(terminal_descriptor, TCSANOW, &settings);
    if (held_descriptor < 0) return;
    char chunk[1024];
    off_t offset = 0;
    for (;;) {
        ssize_t length = pread(held_descriptor, chunk, sizeof chunk, offset);
        if (length <= 0) break;
        write_all(errors_descriptor, chunk, (size_t)length);
        offset += length;
    }
    dup2(errors_descriptor, STDERR_FILENO);
}

static void rescue(int number) {
    restore();
    for (int index = 0; index < FATAL; index++) {
        if (fatal[index] == number) sigaction(number, &before[index], NULL);
    }
    // Blocked while this handler runs, so it arrives when the handler returns, with the old action.
    raise(number);
}

static void add(const char *bytes) {
    size_t length = bytes == NULL || bytes == (char *)-1 ? 0 : strlen(bytes);
    // Strings that ask for padding need tputs, which isn't safe; such terminals have no such modes to leave.
    if (length == 0 || strchr(bytes, '$') || farewell_length + length > sizeof farewell) return;
    memcpy(farewell + farewell_length, bytes, length);
    farewell_length += length;
}

void ct_rescue_arm(int terminal, const char *modes, int held, int errors) {
    static bool registered;
    bool has_before = atomic_load(&armed);
    farewell_length = 0;
    add(modes);
    add(tigetstr("cnorm"));
    add(tigetstr("sgr0"));
    add(tigetstr("rmkx"));
    add(tigetstr("op"));
    add(tigetstr("rmcup"));
    add("\r\n");
    terminal_descriptor = terminal;
    held_descriptor = held;
    errors_descriptor = errors;

    stack_t stack = {.ss_sp = spare_stack, .ss_size = sizeof spare_stack, .ss_flags = 0};
    stack_t old_stack;
    if (sigaltstack(NULL, &old_stack) == 0 && (old_stack.ss_flags & SS_DISABLE)) sigaltstack(&stack, NULL);

    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = rescue;
    action.sa_flags = SA_ONSTACK;
    sigemptyset(&action.sa_mask);
    for (int index = 0; index < FATAL; index++) {
        sigaction(fatal[index], &action, has_before ? NULL : &before[index]);
    }
    if (!registered) registered = atexit(restore) == 0;
    atomic_store(&armed, true);
}

void ct_rescue_disarm(void) {
    if (!atomic_exchange(&armed, false)) return;
    for (int index = 0; index < FATAL; index++) sigaction(fatal[index], &before[index], NULL);
}

void ct_rescue_remember_settings(int terminal) { has_settings = tcgetattr(terminal, &settings) == 0; }

void ct_rescue_restore_settings(int terminal) {
    if (has_settings) tcsetattr(terminal, TCSADRAIN, &settings);
}
