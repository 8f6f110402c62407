import { runInside } from './gpio-fuse/inside.ts';

// The real onoff and its epoll, on a FUSE file system that behaves as the kernel's /sys/class/gpio.
await runInside('gpio-fuse', 20);
