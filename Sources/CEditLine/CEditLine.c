// For wcwidth.
#define _GNU_SOURCE

#include "CEditLine.h"

#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>

static void write_mark(const char *sequence) {
  ssize_t written = write(STDOUT_FILENO, sequence, strlen(sequence));
  (void)written;
}

int editline_set_locale(void) {
  setlocale(LC_ALL, "");
  if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0) setlocale(LC_CTYPE, "C.UTF-8");
  setlocale(LC_NUMERIC, "C");
  return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

EditLine *editline_start(const char *program) { return el_init(program, stdin, stdout, stderr); }

void editline_set_prompt(EditLine *editor, editline_prompt prompt, char marker) {
  el_set(editor, EL_PROMPT_ESC, prompt, marker);
}

void editline_set_flag(EditLine *editor, int operation, int value) {
  el_set(editor, operation, value);
}

void editline_set_mode(EditLine *editor, const char *mode) { el_set(editor, EL_EDITOR, mode); }

void editline_pass_flow_keys(EditLine *editor) { el_set(editor, EL_SETTY, "-d", "-ixon", NULL); }

void editline_set_client(EditLine *editor, void *client) { el_set(editor, EL_CLIENTDATA, client); }

void *editline_client(EditLine *editor) {
  void *client = NULL;
  el_get(editor, EL_CLIENTDATA, &client);
  return client;
}

void editline_add_function(
    EditLine *editor, const char *name, const char *help, editline_function function) {
  el_set(editor, EL_ADDFN, name, help, function);
}

void editline_bind(EditLine *editor, const char *keys, const char *function) {
  el_set(editor, EL_BIND, keys, function, NULL);
}

void editline_bind_command(EditLine *editor, const char *keys, const char *function) {
  el_set(editor, EL_BIND, "-a", keys, function, NULL);
}

int editline_is_vi(EditLine *editor) {
  const char *mode = NULL;
  return el_get(editor, EL_EDITOR, &mode) == 0 && mode != NULL && strcmp(mode, "vi") == 0;
}

int editline_obey(EditLine *editor, const char *line) {
  int count = 0;
  const char **words = NULL;
  Tokenizer *tokenizer = tok_init(NULL);
  int obeyed = tokenizer != NULL && tok_str(tokenizer, line, &count, &words) == 0 && count > 0 &&
               el_parse(editor, count, words) == 0;
  if (tokenizer != NULL) tok_end(tokenizer);
  return obeyed;
}

void editline_hold(EditLine *editor, int on) {
  static struct sigaction former_interrupt;
  if (on) {
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    sigemptyset(&ignore.sa_mask);
    sigaction(SIGINT, &ignore, &former_interrupt);
    write_mark("\033[?2004l");
    el_set(editor, EL_PREP_TERM, 0);
  } else {
    el_set(editor, EL_PREP_TERM, 1);
    write_mark("\033[?2004h");
    sigaction(SIGINT, &former_interrupt, NULL);
  }
}

int editline_next(EditLine *editor) {
  wchar_t character;
  return el_wgetc(editor, &character) == 1 ? (int)character : -1;
}

int editline_awaits_key(int milliseconds) {
  struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
  return poll(&input, 1, milliseconds) == 1;
}

int editline_width(int character) { return wcwidth((wchar_t)character); }

int editline_is_capable(EditLine *editor) {
  char *up = NULL;
  return el_get(editor, EL_GETTC, "up", &up) == 0 && up != NULL && *up != '\0';
}

/// The signals that end or suspend the program, and what they did before they were ours.
static const int ending[] = {SIGTERM, SIGHUP, SIGQUIT, SIGTSTP};
enum { ending_count = sizeof ending / sizeof *ending };
static struct sigaction former[ending_count];

static void leave(int number);

/// Ours comes in even while it runs: it sends the signal on.
static void intercept(int number) {
  struct sigaction ours = {.sa_handler = leave, .sa_flags = SA_NODEFER};
  sigemptyset(&ours.sa_mask);
  sigaction(number, &ours, NULL);
}

/// Lets the signal do what it did before; the program goes on from here when it was suspended.
static void leave(int number) {
  int error = errno;
  write_mark("\033[?2004l");
  for (int i = 0; i < ending_count; i++) {
    if (ending[i] == number) sigaction(number, &former[i], NULL);
  }
  raise(number);
  intercept(number);
  write_mark("\033[?2004h");
  errno = error;
}

void editline_mark_pastes(int on) {
  for (int i = 0; i < ending_count; i++) {
    if (!on) {
      sigaction(ending[i], &former[i], NULL);
      continue;
    }
    sigaction(ending[i], NULL, &former[i]);
    if (former[i].sa_handler != SIG_IGN) intercept(ending[i]);
  }
  write_mark(on ? "\033[?2004h" : "\033[?2004l");
}

void editline_attach_history(EditLine *editor, History *entries) {
  el_set(editor, EL_HIST, history, entries);
}

void editline_limit_history(History *entries, int size) {
  HistEvent event;
  history(entries, &event, H_SETSIZE, size);
  history(entries, &event, H_SETUNIQUE, 1);
}

void editline_remember(History *entries, const char *entry) {
  HistEvent event;
  history(entries, &event, H_ENTER, entry);
}
