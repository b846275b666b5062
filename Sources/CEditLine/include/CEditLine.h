// What Swift cannot call of libedit itself: its variadic functions, and what needs stdio.
#ifndef C_EDIT_LINE_H
#define C_EDIT_LINE_H

#include <histedit.h>

/// A function that a key is bound to; its result is one of libedit's CC_ codes.
typedef unsigned char (*editline_function)(EditLine *, int);
/// A function that gives the prompt; its memory must live until the next call.
typedef char *(*editline_prompt)(EditLine *);

/// Takes the locale of the environment, with UTF-8 if there is any way to have it, and numbers with a
/// decimal point. Returns 1 when text is UTF-8, else 0.
int editline_set_locale(void);

/// Whether a key comes within so many milliseconds.
int editline_awaits_key(int milliseconds);

/// An editor on standard input, output and error; NULL when there is none to be had.
EditLine *editline_start(const char *program);

/// The prompt; `marker` stands around what takes no room on the line.
void editline_set_prompt(EditLine *editor, editline_prompt prompt, char marker);
/// Operations with one number: EL_SIGNAL and the like.
void editline_set_flag(EditLine *editor, int operation, int value);
/// EL_EDITOR: "emacs" or "vi".
void editline_set_mode(EditLine *editor, const char *mode);
/// Lets Ctrl-S and Ctrl-Q through while text is edited: they would stop the terminal.
void editline_pass_flow_keys(EditLine *editor);
/// A pointer that functions can ask back.
void editline_set_client(EditLine *editor, void *client);
void *editline_client(EditLine *editor);
/// Adds a function that keys can be bound to.
void editline_add_function(
    EditLine *editor, const char *name, const char *help, editline_function function);
/// Binds a key sequence, written as in editrc(5), to a function.
void editline_bind(EditLine *editor, const char *keys, const char *function);

/// The same for vi's command mode.
void editline_bind_command(EditLine *editor, const char *keys, const char *function);
/// Whether the keys are vi's.
int editline_is_vi(EditLine *editor);
/// Obeys a line of an editrc(5) file; 0 when it is none, or for another program.
int editline_obey(EditLine *editor, const char *line);
/// Gives the terminal back as it was before the editing, or takes it again; Ctrl-C means nothing to
/// us meanwhile.
void editline_hold(EditLine *editor, int on);

/// The next character that is typed, a Unicode code point; -1 when there is none.
int editline_next(EditLine *editor);

/// How many columns a character takes, as the editor reckons; -1 for one that cannot be shown.
int editline_width(int character);

/// Whether the cursor of the terminal can be moved up, as on every terminal that understands more
/// than text.
int editline_is_capable(EditLine *editor);
/// Asks the terminal to put \e[200~ and \e[201~ around what is pasted, or no longer to do so. Until
/// then, a signal that ends or suspends the program takes the request back.
void editline_mark_pastes(int on);

/// Lets the editor use a history.
void editline_attach_history(EditLine *editor, History *history);
/// How many entries a history keeps; adjacent equal entries are one.
void editline_limit_history(History *history, int size);
/// Adds an entry.
void editline_remember(History *history, const char *entry);

#endif
