#define _XOPEN_SOURCE 700
#include "CEditLine.h"

void cel_set_client(EditLine *el, void *client) { el_set(el, EL_CLIENTDATA, client); }

void *cel_client(EditLine *el) {
  void *client = NULL;
  el_get(el, EL_CLIENTDATA, &client);
  return client;
}

void cel_set_prompt(EditLine *el, char *(*prompt)(EditLine *), char escape) {
  el_set(el, EL_PROMPT_ESC, prompt, (int)escape);
}

void cel_set_reader(EditLine *el, int (*reader)(EditLine *, wchar_t *)) {
  el_set(el, EL_GETCFN, reader);
}

void cel_add_command(EditLine *el, const char *name, const char *help, cel_command command) {
  el_set(el, EL_ADDFN, name, help, command);
}

void cel_bind(EditLine *el, const char *key, const char *command) {
  el_set(el, EL_BIND, key, command, NULL);
}

void cel_bind_command(EditLine *el, const char *key, const char *command) {
  el_set(el, EL_BIND, "-a", key, command, NULL);
}

int cel_has_vi_keys(EditLine *el) {
  const char *keys = NULL;
  return el_get(el, EL_EDITOR, &keys) == 0 && keys != NULL && keys[0] == 'v';
}

void cel_set_keys(EditLine *el, const char *keys) { el_set(el, EL_EDITOR, keys); }

void cel_use_history(EditLine *el, History *all) { el_set(el, EL_HIST, history, all); }

void cel_prepare(EditLine *el, int on) { el_set(el, EL_PREP_TERM, on); }

void cel_take_signal_keys(EditLine *el) { el_set(el, EL_SETTY, "-d", "-isig", NULL); }

void cel_redraw(EditLine *el) { el_set(el, EL_REFRESH); }

int cel_edits(EditLine *el) {
  int mode = 0;
  el_get(el, EL_EDITMODE, &mode);
  return mode;
}

void cel_history_size(History *all, int entries) {
  HistEvent event;
  history(all, &event, H_SETSIZE, entries);
  history(all, &event, H_SETUNIQUE, 1);
}

void cel_history_add(History *all, const char *entry) {
  HistEvent event;
  history(all, &event, H_ENTER, entry);
}

void cel_history_clear(History *all) {
  HistEvent event;
  history(all, &event, H_CLEAR);
}

int cel_width(wchar_t character) { return wcwidth(character); }
