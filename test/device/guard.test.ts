import { runInside } from './gpio-fuse/inside.ts';

// The real `vision` and its guard on the stand-in for /sys/class/gpio, ended in every way.
await runInside('guard', 18);
