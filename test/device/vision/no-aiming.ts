/** For `paths.aim`: no folder can be made in a file, so that five quick presses after a start are presses and nothing else. */
export const NO_AIMING = '/proc/version/lintel-aim';
