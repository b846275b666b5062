#include "CEditLine.h"

#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>

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
