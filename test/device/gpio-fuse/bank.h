// GPIO chips and their lines as the kernel's sysfs interface behaves (Documentation/ABI/obsolete/sysfs-gpio,
// drivers/gpio/gpiolib-sysfs.c), without any hardware: the other end of each line is moved by a test.
#ifndef BANK_H
#define BANK_H

#include <stdbool.h>

enum edge { EDGE_NONE = 0, EDGE_RISING = 1, EDGE_FALLING = 2, EDGE_BOTH = 3 };

struct line {
  int number;           // as sysfs counts: the chip's base plus the line's number on the chip
  unsigned claims;      // how often it was exported and unexported; odd while exported
  bool output, driven;  // driven: the level it has as an output
  bool pull;            // the level it has as an input, set by the test
  bool active_low;
  bool deaf;            // set by the test: edges are not noticed
  enum edge edge;
  unsigned events;      // edges noticed
  char history[65];     // levels since the start, or the first 64 of them
};

struct chip {
  char label[32];
  int base, count;
  struct line *lines;
};

// Called when a line's readers have to be woken.
typedef void (*wake_readers)(struct line *line);

void bank_on_wake(wake_readers wake);
bool bank_add_chip(const char *label_base_count);
struct chip *bank_chip(int index);
struct chip *bank_chip_with_base(int base);
struct line *bank_line(int number);
bool line_exported(const struct line *line);
bool line_level(const struct line *line);
// To be called after anything that may have moved the line, with the level it had before.
void line_moved(struct line *line, bool before);
// The line becomes an input that nobody listens to, and whoever holds one of its files finds the device gone.
void line_unexport(struct line *line);

// One file of a directory. `show` writes at most 64 characters; `store` answers 0 or a negative errno.
struct attribute {
  const char *name;
  void (*show)(const void *of, char *out);
  int (*store)(void *of, const char *text);
};

extern const struct attribute chip_attributes[];  // of a struct chip: base, label, ngpio
extern const struct attribute line_attributes[];  // of a struct line: value, direction, edge, active_low
extern const struct attribute test_attributes[];  // of a struct line, seen by the test: level, pull, history, deaf
extern const struct attribute class_attributes[]; // of nothing: export, unexport
extern const struct attribute bank_attributes[];  // of nothing, seen by the test: refuse

#endif
