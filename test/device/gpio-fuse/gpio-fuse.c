// A stand-in for /sys/class/gpio on a kernel that has none, so that the real onoff and its epoll can be run:
//   gpio-fuse MOUNTPOINT LABEL:BASE:COUNT...
// MOUNTPOINT/class is what the kernel would show (to be bound to /sys/class/gpio); MOUNTPOINT/test/<number>/ is
// the other end of each line. One thread serves all, so nothing is locked.
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tree.h"

// An open file. `seen` is the event that a read has told of: until then the file asks for attention (EPOLLPRI).
struct reader {
  struct place place;
  unsigned claim, seen;
  struct fuse_pollhandle *handle;
  struct reader *next;
};

static struct reader *readers;

static int open_file(const char *path, struct fuse_file_info *info) {
  struct reader *reader = calloc(1, sizeof *reader);
  if (!reader) return -ENOMEM;
  if (!find(path, &reader->place)) return free(reader), -ENOENT;
  if (reader->place.line) {
    reader->claim = reader->place.line->claims;
    reader->seen = reader->place.line->events - 1;  // as in the kernel, the first poll asks for a read
  }
  reader->next = readers;
  readers = reader;
  info->fh = (uintptr_t)reader;
  info->direct_io = 1;
  return 0;
}

static int release_file(const char *path, struct fuse_file_info *info) {
  struct reader *reader = (struct reader *)(uintptr_t)info->fh, **link = &readers;
  (void)path;
  while (*link != reader) link = &(*link)->next;
  *link = reader->next;
  if (reader->handle) fuse_pollhandle_destroy(reader->handle);
  free(reader);
  return 0;
}

static bool gone(const struct reader *reader) {
  return reader->place.line && reader->place.line->claims != reader->claim;
}

static int read_file(const char *path, char *buffer, size_t size, off_t offset, struct fuse_file_info *info) {
  struct reader *reader = (struct reader *)(uintptr_t)info->fh;
  char text[72] = "";
  (void)path;
  if (gone(reader)) return -ENODEV;
  if (!reader->place.attribute->show) return -EIO;
  reader->place.attribute->show(reader->place.of, text);
  if (reader->place.line) reader->seen = reader->place.line->events;
  size_t length = strlen(text), from = (size_t)offset < length ? (size_t)offset : length;
  if (size > length - from) size = length - from;
  memcpy(buffer, text + from, size);
  return size;
}

static int write_file(const char *path, const char *data, size_t size, off_t offset, struct fuse_file_info *info) {
  struct reader *reader = (struct reader *)(uintptr_t)info->fh;
  char text[32] = "";
  (void)path, (void)offset;
  if (gone(reader)) return -ENODEV;
  if (!reader->place.attribute->store || size >= sizeof text) return -EINVAL;
  memcpy(text, data, size);
  text[strcspn(text, "\n")] = 0;
  int result = reader->place.attribute->store(reader->place.of, text);
  return result ? result : (int)size;
}

static int truncate_file(const char *path, off_t size, struct fuse_file_info *info) {
  (void)path, (void)size, (void)info;
  return 0;
}

static int poll_file(const char *path, struct fuse_file_info *info, struct fuse_pollhandle *handle, unsigned *events) {
  struct reader *reader = (struct reader *)(uintptr_t)info->fh;
  const struct line *line = reader->place.line;
  (void)path;
  if (handle) {
    if (reader->handle) fuse_pollhandle_destroy(reader->handle);
    reader->handle = handle;
  }
  *events = POLLIN | POLLOUT;
  if (line && (gone(reader) || reader->seen != line->events)) *events |= POLLPRI | POLLERR;
  return 0;
}

static void wake_line(struct line *line) {
  for (struct reader *reader = readers; reader; reader = reader->next) {
    if (reader->place.line != line || !reader->handle) continue;
    fuse_notify_poll(reader->handle);
    fuse_pollhandle_destroy(reader->handle);
    reader->handle = NULL;
  }
}

// What sysfs shows changes without the kernel's file cache being told: nothing may be cached.
static void *start(struct fuse_conn_info *connection, struct fuse_config *config) {
  (void)connection;
  config->attr_timeout = config->entry_timeout = config->negative_timeout = 0;
  return NULL;
}

static const struct fuse_operations operations = {
    .init = start,
    .getattr = get_attributes,
    .readdir = read_directory,
    .open = open_file,
    .release = release_file,
    .read = read_file,
    .write = write_file,
    .truncate = truncate_file,
    .poll = poll_file,
};

int main(int count, char **arguments) {
  if (count < 3) return fprintf(stderr, "usage: gpio-fuse MOUNTPOINT LABEL:BASE:COUNT...\n"), 2;
  for (int i = 2; i < count; i++)
    if (!bank_add_chip(arguments[i])) return fprintf(stderr, "bad chip '%s'\n", arguments[i]), 2;
  bank_on_wake(wake_line);
  char *fuse_arguments[] = {arguments[0], "-f", "-s", "-o", "allow_other", arguments[1], NULL};
  return fuse_main(6, fuse_arguments, &operations, NULL);
}
