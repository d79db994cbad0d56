// The narrow door to ncurses and to what must be async-signal-safe: plain integers in, plain integers out.
// curses.h itself is seen by terminal.c alone, since its macros and globals don't go into Swift.

#ifndef CTERMINAL_H
#define CTERMINAL_H

#include <stdbool.h>
#include <stdint.h>

// Locale and width

/// Takes the locale from the environment, or C.UTF-8 when that isn't UTF-8. False when only ASCII can be drawn.
bool ct_set_locale(void);
/// libc's column width of a scalar in the locale now set; -1 when it is not printable.
int ct_width(uint32_t scalar);

// Screen

bool ct_is_main_thread(void);
/// Starts ncurses on a terminal type; false when terminfo doesn't know it. NULL asks for $TERM. Without `color` not
/// even the sequences that reset colours are sent.
bool ct_screen_open(const char *term, int input, int output, int escape_delay, bool color);
/// Whether a screen is open in this process.
bool ct_screen_is_open(void);
/// Leaves the alternate screen and frees what ncurses holds.
void ct_screen_close(void);
/// Gives the terminal back for a while, and takes it again with everything to be drawn anew.
void ct_screen_suspend(void);
void ct_screen_resume(void);

int ct_screen_width(void);
int ct_screen_height(void);
/// Asks the terminal for its size and makes the screen fit; false when it can't be asked.
bool ct_screen_fit(void);

/// The colours that may be used: 0 for none, 8, 16, 88, 256, or 16777216 where colours are direct.
int ct_colors(void);
/// Makes pair `pair` of two colours, -1 being the terminal's own; false when there are too many pairs.
bool ct_pair(int pair, int foreground, int background);
/// Whether terminfo says that the terminal understands xterm's title sequences.
bool ct_has_title(void);

/// One cell: a scalar, up to three combining marks (0 for none), attribute bits, and a pair.
struct ct_cell {
    uint32_t scalar;
    uint32_t marks[3];
    uint32_t attributes;
    int32_t pair;
};

enum { CT_BOLD = 1, CT_DIM = 2, CT_ITALIC = 4, CT_UNDERLINE = 8, CT_REVERSE = 16 };

/// Replaces the row `y` from column 0 on by `count` cells; a wide character is one cell here.
void ct_put_row(int y, const struct ct_cell *cells, int count);
/// Blanks the rest of row `y` from column `x` on.
void ct_blank(int y, int x);
/// Places the cursor; hides it when `y` is negative.
void ct_cursor(int y, int x);
/// Sends what differs from the terminal's picture.
void ct_update(void);
/// Forgets the terminal's picture, so that the next update sends all of it.
void ct_forget(void);

// Keys

enum {
    CT_KEY_ENTER = 1, CT_KEY_BACKSPACE, CT_KEY_DELETE, CT_KEY_INSERT, CT_KEY_BACKTAB,
    CT_KEY_UP, CT_KEY_DOWN, CT_KEY_LEFT, CT_KEY_RIGHT,
    CT_KEY_HOME, CT_KEY_END, CT_KEY_PAGE_UP, CT_KEY_PAGE_DOWN,
    CT_KEY_PASTE_BEGIN, CT_KEY_PASTE_END, CT_KEY_MOUSE, CT_KEY_OTHER,
    CT_KEY_FUNCTION = 64
};

enum { CT_NOTHING = 0, CT_CHARACTER = 1, CT_KEY = 2 };

struct ct_input {
    int kind;
    /// A scalar, or one of CT_KEY_….
    uint32_t value;
    /// 1 control, 2 alt, 4 shift.
    int modifiers;
};

/// The next key that has already arrived.
struct ct_input ct_read_key(void);

enum { CT_MOUSE_NONE = 0, CT_MOUSE_CLICK, CT_MOUSE_DOUBLE, CT_MOUSE_WHEEL_UP, CT_MOUSE_WHEEL_DOWN };

/// What CT_KEY_MOUSE stands for, with its place.
int ct_read_mouse(int *x, int *y);
void ct_set_mouse(bool on);

// Signals

enum {
    CT_WINCH = 1, CT_TERM = 2, CT_INT = 4, CT_HUP = 8, CT_QUIT = 16, CT_CONT = 32, CT_TSTP = 64
};

/// Starts to collect signals, unblocking them; gives a descriptor that turns readable when some came, or -1.
int ct_signals_open(void);
/// The signals that came since the last call, as bits.
uint32_t ct_signals_take(void);
/// Puts the handlers back as they were.
void ct_signals_close(void);
/// Stops the process group as Ctrl-Z does, and returns when it is continued.
void ct_stop_self(void);

// Rescue

/// Remembers the terminal's settings as they are before the screen opens.
void ct_rescue_remember_settings(int terminal);
/// Puts the remembered settings back.
void ct_rescue_restore_settings(int terminal);
/// Makes a crash or an exit() restore the terminal: `modes` is written, then terminfo's own restore strings.
/// `held` is where standard error is held back (or -1) and `errors` where it belongs.
void ct_rescue_arm(int terminal, const char *modes, int held, int errors);
void ct_rescue_disarm(void);

// Descriptors

/// An eventfd that doesn't block; -1 on failure.
int ct_event_open(void);
void ct_event_signal(int descriptor);
void ct_event_clear(int descriptor);
/// A file in memory that is gone when closed; -1 on failure.
int ct_memory_file(void);

#endif
