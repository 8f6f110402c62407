// A stand-in for /dev/udmabuf, to be preloaded on a kernel without it: a "DMA buffer" is then the memory file that it
// would have been made from. That is enough for libcamera's virtual pipeline, which maps it and writes to it.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <linux/udmabuf.h>
#include <stdarg.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>

int open64(const char *path, int flags, ...) {
  static int (*real)(const char *, int, ...);
  va_list rest;
  va_start(rest, flags);
  const mode_t mode = va_arg(rest, mode_t);
  va_end(rest);
  if (!real) real = dlsym(RTLD_NEXT, "open64");
  return strcmp(path, "/dev/udmabuf") == 0 ? memfd_create("device", MFD_CLOEXEC) : real(path, flags, mode);
}

int ioctl(int fd, unsigned long request, ...) {
  static int (*real)(int, unsigned long, ...);
  va_list rest;
  va_start(rest, request);
  void *argument = va_arg(rest, void *);
  va_end(rest);
  if (!real) real = dlsym(RTLD_NEXT, "ioctl");
  if (request != UDMABUF_CREATE) return real(fd, request, argument);
  return fcntl(((struct udmabuf_create *)argument)->memfd, F_DUPFD_CLOEXEC, 0);
}
