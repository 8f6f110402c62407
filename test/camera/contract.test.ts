import { cameraContract } from '../../firmware/camera/camera.contract.ts';
import { SystemClock } from '../../src/time/system-clock.ts';
import { StandIns, WAYS } from './rig.ts';

// Real programs, but stand-ins: what is shown here is this side of the pipe.
new StandIns();
for (const [name, prepare] of WAYS) cameraContract(name, async () => prepare(new SystemClock()));
