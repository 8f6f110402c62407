#include "bank.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_CHIPS = 4 };
static struct chip chips[MOST_CHIPS];
static int chip_count;
static wake_readers wake;

void bank_on_wake(wake_readers callback) { wake = callback; }

bool bank_add_chip(const char *label_base_count) {
  struct chip *chip = &chips[chip_count];
  if (chip_count == MOST_CHIPS) return false;
  if (sscanf(label_base_count, "%31[^:]:%d:%d", chip->label, &chip->base, &chip->count) != 3) return false;
  chip->lines = calloc(chip->count, sizeof *chip->lines);
  if (!chip->lines) return false;
  for (int i = 0; i < chip->count; i++) {
    chip->lines[i].number = chip->base + i;
    strcpy(chip->lines[i].history, "0");
  }
  chip_count++;
  return true;
}

struct chip *bank_chip(int index) { return index < chip_count ? &chips[index] : NULL; }

struct chip *bank_chip_with_base(int base) {
  for (int i = 0; i < chip_count; i++)
    if (chips[i].base == base) return &chips[i];
  return NULL;
}

struct line *bank_line(int number) {
  for (int i = 0; i < chip_count; i++)
    if (number >= chips[i].base && number < chips[i].base + chips[i].count)
      return &chips[i].lines[number - chips[i].base];
  return NULL;
}

bool line_exported(const struct line *line) { return line->claims % 2 == 1; }

bool line_level(const struct line *line) { return line->output ? line->driven : line->pull; }

void line_moved(struct line *line, bool before) {
  bool level = line_level(line);
  if (level == before) return;
  size_t length = strlen(line->history);
  if (length + 1 < sizeof line->history) line->history[length] = level ? '1' : '0';
  enum edge edge = level != line->active_low ? EDGE_RISING : EDGE_FALLING;
  if (line->output || line->deaf || !(line->edge & edge)) return;
  line->events++;
  wake(line);
}

void line_unexport(struct line *line) {
  bool before = line_level(line);
  line->claims++;
  line->output = line->active_low = false;
  line->edge = EDGE_NONE;
  line_moved(line, before);
  wake(line);
}
