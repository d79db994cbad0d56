#define _GNU_SOURCE
#define _XOPEN_SOURCE_EXTENDED 1
#define NCURSES_WIDECHAR 1

#include "CTerminal.h"

#include <curses.h>
#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/eventfd.h>
#include <term.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

static SCREEN *screen;
static FILE *screen_input;
static FILE *screen_output;

// Locale and width

bool ct_set_locale(void) {
    setlocale(LC_CTYPE, "");
    if (strcmp(nl_langinfo(CODESET), "UTF-8") == 0) return true;
    if (setlocale(LC_CTYPE, "C.UTF-8") != NULL) return true;
    setlocale(LC_CTYPE, "C");
    return false;
}

int ct_width(uint32_t scalar) { return wcwidth((wchar_t)scalar); }

// Keys that ncurses doesn't know by itself: modified cursor keys as xterm sends them, and bracketed paste.

enum { FIRST_MODIFIED = 0x2000, PASTE_BEGIN = 0x3000, PASTE_END = 0x3001 };

static const struct {
    const char *prefix;
    char final;
    int key;
} modified_keys[] = {
    {"1", 'A', CT_KEY_UP},      {"1", 'B', CT_KEY_DOWN},   {"1", 'C', CT_KEY_RIGHT},   {"1", 'D', CT_KEY_LEFT},
    {"1", 'H', CT_KEY_HOME},    {"1", 'F', CT_KEY_END},    {"2", '~', CT_KEY_INSERT},  {"3", '~', CT_KEY_DELETE},
    {"5", '~', CT_KEY_PAGE_UP}, {"6", '~', CT_KEY_PAGE_DOWN},
};

/// xterm's modifier parameter less one is shift 1, alt 2, control 4; ours is control 1, alt 2, shift 4.
static int modifiers_of(int parameter) {
    int bits = parameter - 1;
    return (bits & 4 ? 1 : 0) | (bits & 2) | (bits & 1 ? 4 : 0);
}

static void define_keys(void) {
    char sequence[32];
    for (size_t index = 0; index < sizeof modified_keys / sizeof *modified_keys; index++) {
        for (int parameter = 2; parameter <= 8; parameter++) {
            snprintf(sequence, sizeof sequence, "\033[%s;%d%c", modified_keys[index].prefix, parameter,
                     modified_keys[index].final);
            define_key(sequence, FIRST_MODIFIED + modified_keys[index].key * 8 + modifiers_of(parameter));
        }
    }
    define_key("\033[200~", PASTE_BEGIN);
    define_key("\033[201~", PASTE_END);
    define_key("\033[Z", KEY_BTAB);
    // Terminals that don't heed application mode send these, whatever terminfo says.
    define_key("\033[A", KEY_UP);
    define_key("\033[B", KEY_DOWN);
    define_key("\033[C", KEY_RIGHT);
    define_key("\033[D", KEY_LEFT);
    define_key("\033[H", KEY_HOME);
    define_key("\033[F", KEY_END);
}

// Screen

static void set_modes(void) {
    raw();
    noecho();
    nonl();
    intrflush(stdscr, FALSE);
    keypad(stdscr, TRUE);
    nodelay(stdscr, TRUE);
    leaveok(stdscr, FALSE);
    scrollok(stdscr, FALSE);
}

bool ct_is_main_thread(void) { return gettid() == getpid(); }

bool ct_screen_is_open(void) { return screen != NULL; }

bool ct_screen_open(const char *term, int input, int output, int escape_delay, bool color) {
    int own_input = dup(input), own_output = dup(output);
    screen_input = own_input < 0 ? NULL : fdopen(own_input, "r");
    screen_output = own_output < 0 ? NULL : fdopen(own_output, "w");
    if (screen_input && screen_output) screen = newterm(term, screen_output, screen_input);
    if (screen != NULL && tigetstr("cup") == NULL) {
        // Without a way to place the cursor there is no screen.
        endwin();
        delscreen(screen);
        screen = NULL;
    }
    if (screen == NULL) {
        if (screen_input) fclose(screen_input); else if (own_input >= 0) close(own_input);
        if (screen_output) fclose(screen_output); else if (own_output >= 0) close(own_output);
        screen_input = screen_output = NULL;
        return false;
    }
    set_term(screen);
    set_escdelay(escape_delay);
    set_modes();
    if (color && has_colors()) {
        start_color();
        use_default_colors();
    }
    define_keys();
    mouseinterval(0);
    return true;
}

void ct_screen_close(void) {
    if (screen == NULL) return;
    endwin();
    delscreen(screen);
    fclose(screen_input);
    fclose(screen_output);
    screen = NULL;
    screen_input = screen_output = NULL;
}

void ct_screen_suspend(void) {
    def_prog_mode();
    endwin();
}

void ct_screen_resume(void) {
    reset_prog_mode();
    ct_screen_fit();
    clearok(curscr, TRUE);
    wrefresh(stdscr);
}

int ct_screen_width(void) { return getmaxx(stdscr); }
int ct_screen_height(void) { return getmaxy(stdscr); }

bool ct_screen_fit(void) {
    struct winsize size;
    if (ioctl(fileno(screen_output), TIOCGWINSZ, &size) != 0 || size.ws_col == 0 || size.ws_row == 0) return false;
    if (is_term_resized(size.ws_row, size.ws_col)) resizeterm(size.ws_row, size.ws_col);
    return true;
}

int ct_colors(void) {
    if (!has_colors()) return 0;
    if (tigetflag("RGB") > 0 && COLORS >= 1 << 24) return 1 << 24;
    return COLORS > 256 ? 256 : COLORS;
}

bool ct_pair(int pair, int foreground, int background) {
    return pair < COLOR_PAIRS && init_extended_pair(pair, foreground, background) == OK;
}

bool ct_has_title(void) { return tigetflag("XT") > 0; }

static attr_t attributes_of(uint32_t bits) {
    attr_t attributes = A_NORMAL;
    if (bits & CT_BOLD) attributes |= A_BOLD;
    if (bits & CT_DIM) attributes |= A_DIM;
    if (bits & CT_ITALIC) attributes |= A_ITALIC;
    if (bits & CT_UNDERLINE) attributes |= A_UNDERLINE;
    if (bits & CT_REVERSE) attributes |= A_REVERSE;
    return attributes;
}

void ct_put_row(int y, const struct ct_cell *cells, int count) {
    enum { WIDEST = 1024 };
    static cchar_t row[WIDEST];
    uint32_t last_bits = 0;
    attr_t attributes = A_NORMAL;
    if (count > WIDEST) count = WIDEST;
    for (int index = 0; index < count; index++) {
        const struct ct_cell *cell = &cells[index];
        if (cell->attributes != last_bits) {
            last_bits = cell->attributes;
            attributes = attributes_of(last_bits);
        }
        int pair = cell->pair;
        if (cell->marks[0] != 0) {
            wchar_t text[5] = {(wchar_t)cell->scalar, (wchar_t)cell->marks[0], (wchar_t)cell->marks[1],
                               (wchar_t)cell->marks[2], 0};
            setcchar(&row[index], text, attributes, (short)(pair > 255 ? 255 : pair), &pair);
            continue;
        }
        // What setcchar does, without asking libc for the width of every cell.
        row[index] = (cchar_t){.attr = attributes | (attr_t)COLOR_PAIR(pair > 255 ? 255 : pair),
                               .chars = {(wchar_t)cell->scalar},
                               .ext_color = pair};
    }
    mvwadd_wchnstr(stdscr, y, 0, row, count);
}

void ct_blank(int y, int x) {
    if (wmove(stdscr, y, x) == OK) wclrtoeol(stdscr);
}

void ct_cursor(int y, int x) {
    curs_set(y < 0 ? 0 : 1);
    if (y >= 0) wmove(stdscr, y, x);
}

void ct_update(void) {
    wnoutrefresh(stdscr);
    doupdate();
}

void ct_forget(void) { clearok(curscr, TRUE); }

// Keys

static int plain_key(wint_t code) {
    switch (code) {
        case KEY_ENTER: return CT_KEY_ENTER;
        case KEY_BACKSPACE: return CT_KEY_BACKSPACE;
        case KEY_DC: return CT_KEY_DELETE;
        case KEY_IC: return CT_KEY_INSERT;
        case KEY_BTAB: return CT_KEY_BACKTAB;
        case KEY_UP: return CT_KEY_UP;
        case KEY_DOWN: return CT_KEY_DOWN;
        case KEY_LEFT: return CT_KEY_LEFT;
        case KEY_RIGHT: return CT_KEY_RIGHT;
        case KEY_HOME: case KEY_A1: case KEY_FIND: return CT_KEY_HOME;
        case KEY_END: case KEY_C1: case KEY_SELECT: return CT_KEY_END;
        case KEY_PPAGE: case KEY_A3: return CT_KEY_PAGE_UP;
        case KEY_NPAGE: case KEY_C3: return CT_KEY_PAGE_DOWN;
        case KEY_MOUSE: return CT_KEY_MOUSE;
        case PASTE_BEGIN: return CT_KEY_PASTE_BEGIN;
        case PASTE_END: return CT_KEY_PASTE_END;
        default: return CT_KEY_OTHER;
    }
}

struct ct_input ct_read_key(void) {
    struct ct_input input = {CT_NOTHING, 0, 0};
    wint_t code = 0;
    // A byte that isn't UTF-8 reads as an error although more may wait behind it.
    int result = ERR;
    for (int attempt = 0; attempt < 4 && result == ERR; attempt++) result = wget_wch(stdscr, &code);
    if (result == ERR) return input;
    if (result == OK) {
        input.kind = CT_CHARACTER;
        input.value = (uint32_t)code;
        return input;
    }
    input.kind = CT_KEY;
    if (code >= KEY_F(1) && code <= KEY_F(24)) {
        input.value = CT_KEY_FUNCTION + (uint32_t)(code - KEY_F(0));
    } else if (code >= KEY_F(25) && code <= KEY_F(48)) {
        // xterm's F1–F24 with control.
        input.value = CT_KEY_FUNCTION + (uint32_t)(code - KEY_F(24));
        input.modifiers = 1;
    } else if (code >= FIRST_MODIFIED && code < PASTE_BEGIN) {
        input.value = (uint32_t)(code - FIRST_MODIFIED) / 8;
        input.modifiers = (int)(code - FIRST_MODIFIED) % 8;
    } else {
        input.value = (uint32_t)plain_key(code);
    }
    return input;
}

int ct_read_mouse(int *x, int *y) {
    MEVENT event;
    if (getmouse(&event) != OK) return CT_MOUSE_NONE;
    *x = event.x;
    *y = event.y;
    if (event.bstate & BUTTON4_PRESSED) return CT_MOUSE_WHEEL_UP;
    if (event.bstate & BUTTON5_PRESSED) return CT_MOUSE_WHEEL_DOWN;
    if (event.bstate & BUTTON1_DOUBLE_CLICKED) return CT_MOUSE_DOUBLE;
    if (event.bstate & (BUTTON1_PRESSED | BUTTON1_CLICKED)) return CT_MOUSE_CLICK;
    return CT_MOUSE_NONE;
}

void ct_set_mouse(bool on) {
    mmask_t wanted = BUTTON1_PRESSED | BUTTON1_CLICKED | BUTTON1_DOUBLE_CLICKED | BUTTON4_PRESSED | BUTTON5_PRESSED;
    mousemask(on ? wanted : 0, NULL);
}

// Descriptors

int ct_event_open(void) { return eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC); }

void ct_event_signal(int descriptor) {
    uint64_t one = 1;
    // A full counter is already a signal.
    ssize_t written = write(descriptor, &one, sizeof one);
    (void)written;
}

void ct_event_clear(int descriptor) {
    uint64_t count;
    ssize_t length = read(descriptor, &count, sizeof count);
    (void)length;
}

int ct_memory_file(void) { return memfd_create("standard-error", MFD_CLOEXEC); }
