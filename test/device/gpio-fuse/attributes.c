#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bank.h"

static int refuse_export;  // an errno

static int boolean(const char *text, bool *out) {
  char *end;
  long number = strtol(text, &end, 0);
  if (end == text || *end) return -EINVAL;
  *out = number != 0;
  return 0;
}

static void show_base(const void *chip, char *out) { sprintf(out, "%d\n", ((const struct chip *)chip)->base); }
static void show_label(const void *chip, char *out) { sprintf(out, "%s\n", ((const struct chip *)chip)->label); }
static void show_ngpio(const void *chip, char *out) { sprintf(out, "%d\n", ((const struct chip *)chip)->count); }

const struct attribute chip_attributes[] = {
    {"base", show_base, NULL}, {"label", show_label, NULL}, {"ngpio", show_ngpio, NULL}, {NULL, NULL, NULL}};

static void show_value(const void *of, char *out) {
  const struct line *line = of;
  sprintf(out, "%d\n", line_level(line) != line->active_low);
}

static int store_value(void *of, const char *text) {
  struct line *line = of;
  bool before = line_level(line), value;
  if (!line->output) return -EPERM;
  if (boolean(text, &value)) return -EINVAL;
  line->driven = value != line->active_low;
  line_moved(line, before);
  return 0;
}

static void show_direction(const void *of, char *out) {
  strcpy(out, ((const struct line *)of)->output ? "out\n" : "in\n");
}

static int store_direction(void *of, const char *text) {
  struct line *line = of;
  bool before = line_level(line), high = !strcmp(text, "high");
  bool output = high || !strcmp(text, "low") || !strcmp(text, "out");
  if (!output && strcmp(text, "in")) return -EINVAL;
  if (output && line->edge) return -EIO;  // the line serves as an interrupt
  line->output = output;
  line->driven = high;
  line_moved(line, before);
  return 0;
}

static const char *const edge_names[] = {"none", "rising", "falling", "both"};

static void show_edge(const void *of, char *out) { sprintf(out, "%s\n", edge_names[((const struct line *)of)->edge]); }

static int store_edge(void *of, const char *text) {
  struct line *line = of;
  for (int edge = EDGE_NONE; edge <= EDGE_BOTH; edge++) {
    if (strcmp(text, edge_names[edge])) continue;
    if (edge && line->output) return -EIO;
    line->edge = edge;
    return 0;
  }
  return -EINVAL;
}

static void show_active_low(const void *of, char *out) { sprintf(out, "%d\n", ((const struct line *)of)->active_low); }
static int store_active_low(void *of, const char *text) { return boolean(text, &((struct line *)of)->active_low); }

const struct attribute line_attributes[] = {{"value", show_value, store_value},
                                            {"direction", show_direction, store_direction},
                                            {"edge", show_edge, store_edge},
                                            {"active_low", show_active_low, store_active_low},
                                            {NULL, NULL, NULL}};

static int exportable(const char *text, struct line **line) {
  char *end;
  *line = bank_line(strtol(text, &end, 0));
  return end == text || *end || !*line ? -EINVAL : 0;
}

static int store_export(void *of, const char *text) {
  struct line *line;
  (void)of;
  if (exportable(text, &line)) return -EINVAL;
  if (refuse_export) return -refuse_export;
  if (line_exported(line)) return -EBUSY;
  line->claims++;
  return 0;
}

static int store_unexport(void *of, const char *text) {
  struct line *line;
  (void)of;
  if (exportable(text, &line) || !line_exported(line)) return -EINVAL;
  line_unexport(line);
  return 0;
}

const struct attribute class_attributes[] = {
    {"export", NULL, store_export}, {"unexport", NULL, store_unexport}, {NULL, NULL, NULL}};

static void show_level(const void *of, char *out) { sprintf(out, "%d\n", line_level(of)); }
static void show_history(const void *of, char *out) { strcpy(out, ((const struct line *)of)->history); }
static int store_deaf(void *of, const char *text) { return boolean(text, &((struct line *)of)->deaf); }

static int store_pull(void *of, const char *text) {
  struct line *line = of;
  bool before = line_level(line);
  int bad = boolean(text, &line->pull);
  if (!bad) line_moved(line, before);
  return bad;
}

const struct attribute test_attributes[] = {{"level", show_level, NULL},
                                            {"pull", NULL, store_pull},
                                            {"history", show_history, NULL},
                                            {"deaf", NULL, store_deaf},
                                            {NULL, NULL, NULL}};

// Makes every export fail with this errno, as a line that the kernel itself uses or a missing right would.
static int store_refuse(void *of, const char *text) {
  (void)of;
  refuse_export = atoi(text);
  return 0;
}

const struct attribute bank_attributes[] = {{"refuse", NULL, store_refuse}, {NULL, NULL, NULL}};
