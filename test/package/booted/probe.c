// Tries one thing that a wall forbids, and says what came of it: 'done', or the kernel's error by its name.
//   probe WHAT [ARGUMENT...]
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/personality.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#define FORBIDDEN EXIT_FAILURE

static int said(long result) {
  printf("%s\n", result < 0 ? strerrorname_np(errno) : "done");
  return result < 0 ? FORBIDDEN : EXIT_SUCCESS;
}

static int say(const char *what, bool done) {
  printf("%s\n", done ? "done" : what);
  return done ? EXIT_SUCCESS : FORBIDDEN;
}

static int open_socket(char **arguments) { return said(socket(atoi(arguments[0]), SOCK_DGRAM, 0)); }

static int connect_tcp(char **arguments) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(atoi(arguments[0]))};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  int descriptor = socket(AF_INET, SOCK_STREAM, 0);
  return said(descriptor < 0 ? -1 : connect(descriptor, (struct sockaddr *)&address, sizeof address));
}

static int connect_unix(char **arguments) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  strncpy(address.sun_path, arguments[0], sizeof address.sun_path - 1);
  int descriptor = socket(AF_UNIX, SOCK_STREAM, 0);
  return said(descriptor < 0 ? -1 : connect(descriptor, (struct sockaddr *)&address, sizeof address));
}

// Each file of its own name, so that several may try.
static int write_file(char **arguments) {
  char bytes[1024] = "", path[4096];
  int count = atoi(arguments[1]);
  snprintf(path, sizeof path, "%s/probe.%d", arguments[0], getpid());
  int descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  if (descriptor < 0) return said(-1);
  signal(SIGXFSZ, SIG_IGN);
  long result = 0;
  while (count > 0 && result >= 0) count -= result = write(descriptor, bytes, count > 1024 ? 1024 : count);
  int error = errno;
  unlink(path);
  errno = error;
  return said(result);
}

static int dump_core(char **arguments) {
  int status;
  if (chdir(arguments[0]) < 0) return said(-1);
  pid_t child = fork();
  if (child == 0) {
    struct rlimit limit = {RLIM_INFINITY, RLIM_INFINITY};
    setrlimit(RLIMIT_CORE, &limit);
    abort();
  }
  waitpid(child, &status, 0);
  return say("no core", WCOREDUMP(status));
}

// The memory of a process at an address that it has.
static int peek(char **arguments) {
  char here;
  struct iovec to = {&here, 1}, from = {(void *)strtoull(arguments[1], NULL, 16), 1};
  return said(process_vm_readv(atoi(arguments[0]), &to, 1, &from, 1, 0));
}

static int peek_file(char **arguments) {
  char here, path[64];
  snprintf(path, sizeof path, "/proc/%s/mem", arguments[0]);
  int descriptor = open(path, O_RDONLY);
  return said(descriptor < 0 ? -1 : pread(descriptor, &here, 1, strtoull(arguments[1], NULL, 16)));
}

static int trace(char **arguments) { return said(ptrace(PTRACE_SEIZE, atoi(arguments[0]), NULL, NULL)); }

static int see_others(char **arguments) {
  (void)arguments;
  DIR *processes = opendir("/proc");
  struct stat stat;
  for (struct dirent *entry; (entry = readdir(processes));) {
    if (atoi(entry->d_name) > 0 && fstatat(dirfd(processes), entry->d_name, &stat, 0) == 0 && stat.st_uid != getuid())
      return say("", true);
  }
  return say("none", false);
}

static int open_device(char **arguments) { return said(open(arguments[0], O_RDWR)); }
static int list(char **arguments) { return said(opendir(arguments[0]) ? 0 : -1); }

// A copy of this program that belongs to root and is run as it.
static int become_root(char **arguments) {
  if (geteuid() == 0) return say("", true);
  if (!arguments[0]) return say("no root", false);
  return said(execl(arguments[0], arguments[0], "root", NULL));
}

// A program in a place that can be written to.
static int run_written(char **arguments) {
  static const char script[] = "#!/bin/sh\nexit 0\n";
  char path[4096];
  int status;
  snprintf(path, sizeof path, "%s/probe.%d", arguments[0], getpid());
  int descriptor = open(path, O_WRONLY | O_CREAT, 0700);
  if (descriptor < 0 || write(descriptor, script, sizeof script - 1) < 0 || close(descriptor) < 0) return said(-1);
  pid_t child = fork();
  if (child == 0) {
    execl(path, path, NULL);
    _exit(errno);
  }
  waitpid(child, &status, 0);
  unlink(path);
  errno = WEXITSTATUS(status);
  return said(errno ? -1 : 0);
}

static int make_suid(char **arguments) {
  char path[4096];
  snprintf(path, sizeof path, "%s/probe.%d", arguments[0], getpid());
  int descriptor = open(path, O_WRONLY | O_CREAT, 0700);
  if (descriptor < 0) return said(-1);
  int result = fchmod(descriptor, 04700), error = errno;
  unlink(path);
  errno = error;
  return said(result);
}

// System calls that a filter forbids, each harmless by itself.
static int call(char **arguments) {
  const char *name = arguments[0];
  struct sched_param first = {.sched_priority = 1};
  if (!strcmp(name, "unshare")) return said(unshare(CLONE_NEWUSER));
  if (!strcmp(name, "add_key")) return said(syscall(SYS_add_key, "user", "lintel-probe", "x", 1, -2));
  if (!strcmp(name, "userfaultfd")) return said(syscall(SYS_userfaultfd, 0));
  if (!strcmp(name, "personality")) return said(personality(PER_LINUX32));
  if (!strcmp(name, "sched_setscheduler")) return said(sched_setscheduler(0, SCHED_FIFO, &first));
  if (!strcmp(name, "setpriority")) return said(setpriority(PRIO_PROCESS, 0, 1));
  if (!strcmp(name, "mlock")) return said(mlock(&first, sizeof first));
  return fprintf(stderr, "no call is named %s\n", name), 2;
}

static const struct {
  const char *name;
  int (*try)(char **arguments);
} probes[] = {
    {"socket", open_socket}, {"tcp", connect_tcp},   {"unix", connect_unix},   {"write", write_file},
    {"core", dump_core},     {"peek", peek},         {"peek-file", peek_file}, {"trace", trace},
    {"others", see_others},  {"open", open_device},  {"list", list},           {"root", become_root},
    {"run", run_written},    {"make-suid", make_suid}, {"call", call},
};

int main(int count, char **arguments) {
  for (size_t i = 0; count > 1 && i < sizeof probes / sizeof *probes; i++)
    if (!strcmp(arguments[1], probes[i].name)) return probes[i].try(arguments + 2);
  return fprintf(stderr, "usage: probe WHAT [ARGUMENT...]\n"), 2;
}
