// libedit's el_set, el_get and history take variable arguments, which Swift cannot call: one small
// function for each use that the editor makes of them, and nothing else.
#ifndef CEDITLINE_H
#define CEDITLINE_H

#include <histedit.h>
#include <stddef.h>
#include <stdio.h>
#include <wchar.h>

typedef unsigned char (*cel_command)(EditLine *, int);

/// Keeps a pointer that `cel_client` gives back in callbacks.
void cel_set_client(EditLine *el, void *client);
void *cel_client(EditLine *el);
/// Sets what makes the prompt; `escape` stands around bytes that take no column.
void cel_set_prompt(EditLine *el, char *(*prompt)(EditLine *), char escape);
/// Sets what reads a character: 1 with one, 0 at the end, -1 to give the line up.
void cel_set_reader(EditLine *el, int (*reader)(EditLine *, wchar_t *));
/// Adds an editor command that keys can be bound to.
void cel_add_command(EditLine *el, const char *name, const char *help, cel_command command);
void cel_bind(EditLine *el, const char *key, const char *command);
/// Binds a key of vi's command mode.
void cel_bind_command(EditLine *el, const char *key, const char *command);
/// Whether the keys are vi's.
int cel_has_vi_keys(EditLine *el);
/// `emacs` or `vi`.
void cel_set_keys(EditLine *el, const char *keys);
void cel_use_history(EditLine *el, History *history);
/// Puts the terminal into editing modes (1) or back as it was (0).
void cel_prepare(EditLine *el, int on);
/// Lets Ctrl-C and Ctrl-Z come as keys while a line is edited.
void cel_take_signal_keys(EditLine *el);
/// Draws the prompt and the line again.
void cel_redraw(EditLine *el);
/// Whether keys edit the line: 0 on a terminal that cannot move its cursor.
int cel_edits(EditLine *el);

void cel_history_size(History *history, int entries);
void cel_history_add(History *history, const char *entry);
void cel_history_clear(History *history);

/// The columns that a character takes, by the table that libedit draws by; -1 for control characters.
int cel_width(wchar_t character);

#endif
