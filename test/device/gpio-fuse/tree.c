#include "tree.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static bool begins(const char *path, const char *directory) {
  size_t length = strlen(directory);
  return !strncmp(path, directory, length) && (!path[length] || path[length] == '/');
}

bool find(const char *path, struct place *place) {
  char file[32] = "";
  int number;
  memset(place, 0, sizeof *place);
  place->listing = LEAF;
  if (!strcmp(path, "/")) return place->listing = ROOT, true;
  if (sscanf(path, "/test/%d", &number) == 1) {
    sscanf(path, "/test/%*d/%31s", file);
    place->of = bank_line(number);
    place->entries = test_attributes;
  } else if (sscanf(path, "/class/gpiochip%d", &number) == 1) {
    sscanf(path, "/class/gpiochip%*d/%31s", file);
    place->of = bank_chip_with_base(number);
    place->entries = chip_attributes;
  } else if (sscanf(path, "/class/gpio%d", &number) == 1) {
    sscanf(path, "/class/gpio%*d/%31s", file);
    place->line = bank_line(number);
    if (!place->line || !line_exported(place->line)) return false;
    place->of = place->line;
    place->entries = line_attributes;
  } else if (begins(path, "/class")) {
    sscanf(path, "/class/%31s", file);
    place->listing = CLASS;
    place->entries = class_attributes;
  } else if (begins(path, "/test")) {
    sscanf(path, "/test/%31s", file);
    place->listing = TEST;
    place->entries = bank_attributes;
  }
  if (place->listing == LEAF && !place->of) return false;
  if (!file[0]) return true;
  for (place->attribute = place->entries; place->attribute->name; place->attribute++)
    if (!strcmp(file, place->attribute->name)) return true;
  return false;
}

int get_attributes(const char *path, struct stat *stat, struct fuse_file_info *info) {
  struct place place;
  (void)info;
  if (!find(path, &place)) return -ENOENT;
  memset(stat, 0, sizeof *stat);
  stat->st_nlink = 1;
  if (!place.attribute) return stat->st_mode = S_IFDIR | 0755, 0;
  stat->st_mode = S_IFREG | (place.attribute->show ? 0444 : 0) | (place.attribute->store ? 0200 : 0);
  stat->st_size = 4096;
  return 0;
}

int read_directory(const char *path, void *buffer, fuse_fill_dir_t fill, off_t offset, struct fuse_file_info *info,
                   enum fuse_readdir_flags flags) {
  struct place place;
  char name[32];
  (void)offset, (void)info, (void)flags;
  if (!find(path, &place)) return -ENOENT;
  if (place.listing == ROOT) return fill(buffer, "class", 0, 0, 0), fill(buffer, "test", 0, 0, 0), 0;
  for (const struct attribute *entry = place.entries; entry->name; entry++) fill(buffer, entry->name, 0, 0, 0);
  for (int c = 0; place.listing == CLASS && bank_chip(c); c++) {
    const struct chip *chip = bank_chip(c);
    sprintf(name, "gpiochip%d", chip->base);
    fill(buffer, name, 0, 0, 0);
    for (int i = 0; i < chip->count; i++) {
      if (!line_exported(&chip->lines[i])) continue;
      sprintf(name, "gpio%d", chip->lines[i].number);
      fill(buffer, name, 0, 0, 0);
    }
  }
  return 0;
}
