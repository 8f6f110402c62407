// The file tree over the bank: which path is which file.
#ifndef TREE_H
#define TREE_H

#define FUSE_USE_VERSION 31
#include <fuse.h>

#include "bank.h"

// Where a path leads: a directory if `attribute` is null.
struct place {
  const struct attribute *attribute;
  const struct attribute *entries;  // the files of a directory
  void *of;
  struct line *line;  // if it is one of an exported line's own files
  enum { ROOT, CLASS, TEST, LEAF } listing;
};

bool find(const char *path, struct place *place);

// As in struct fuse_operations.
int get_attributes(const char *path, struct stat *stat, struct fuse_file_info *info);
int read_directory(const char *path, void *buffer, fuse_fill_dir_t fill, off_t offset, struct fuse_file_info *info,
                   enum fuse_readdir_flags flags);

#endif
