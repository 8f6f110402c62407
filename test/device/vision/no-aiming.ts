/** For `paths.aim`: no folder can be made here, so that five quick presses after a start are presses and nothing else. */
export const NO_AIMING = '/proc/lintel-aim';
