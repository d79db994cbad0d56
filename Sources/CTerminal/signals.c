#define _GNU_SOURCE

#include "CTerminal.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

// The handler only sets a bit and writes a byte: everything else happens in the main thread's poll loop.

static const struct {
    int signal;
    uint32_t bit;
} watched[] = {
    {SIGWINCH, CT_WINCH}, {SIGTERM, CT_TERM}, {SIGINT, CT_INT},   {SIGHUP, CT_HUP},
    {SIGQUIT, CT_QUIT},   {SIGCONT, CT_CONT}, {SIGTSTP, CT_TSTP},
};
static const int fatal[] = {SIGILL, SIGTRAP, SIGABRT, SIGSEGV, SIGBUS, SIGFPE};
enum { FATAL = sizeof fatal / sizeof *fatal };
enum { WATCHED = sizeof watched / sizeof *watched };

static _Atomic uint32_t pending;
static int pipe_ends[2] = {-1, -1};
static struct sigaction before[WATCHED];
static sigset_t mask_before;

static void note(int number) {
    int saved = errno;
    for (int index = 0; index < WATCHED; index++) {
        if (watched[index].signal == number) atomic_fetch_or(&pending, watched[index].bit);
    }
    // A full pipe already wakes the reader.
    ssize_t written = write(pipe_ends[1], "!", 1);
    (void)written;
    errno = saved;
}

static void install(int index) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = note;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    sigaction(watched[index].signal, &action, NULL);
}

int ct_signals_open(void) {
    if (pipe2(pipe_ends, O_NONBLOCK | O_CLOEXEC) != 0) return -1;
    atomic_store(&pending, 0);
    // Some launchers hand down blocked signals, and a blocked one would neither end the program nor rescue it.
    sigset_t wanted;
    sigemptyset(&wanted);
    for (int index = 0; index < WATCHED; index++) sigaddset(&wanted, watched[index].signal);
    for (int index = 0; index < FATAL; index++) sigaddset(&wanted, fatal[index]);
    sigprocmask(SIG_UNBLOCK, &wanted, &mask_before);
    for (int index = 0; index < WATCHED; index++) {
        sigaction(watched[index].signal, NULL, &before[index]);
        install(index);
    }
    return pipe_ends[0];
}

uint32_t ct_signals_take(void) {
    char drained[64];
    while (read(pipe_ends[0], drained, sizeof drained) > 0) continue;
    return atomic_exchange(&pending, 0);
}

void ct_signals_close(void) {
    for (int index = 0; index < WATCHED; index++) sigaction(watched[index].signal, &before[index], NULL);
    sigprocmask(SIG_SETMASK, &mask_before, NULL);
    close(pipe_ends[0]);
    close(pipe_ends[1]);
    pipe_ends[0] = pipe_ends[1] = -1;
}

void ct_stop_self(void) {
    struct sigaction stop, ours;
    memset(&stop, 0, sizeof stop);
    stop.sa_handler = SIG_DFL;
    sigemptyset(&stop.sa_mask);
    sigaction(SIGTSTP, &stop, &ours);
    // The whole group, as the terminal driver would: in a pipeline the shell waits for all of it.
    kill(0, SIGTSTP);
    sigaction(SIGTSTP, &ours, NULL);
    // The continuation that ended the stop is not news.
    atomic_fetch_and(&pending, ~(uint32_t)CT_CONT);
}
