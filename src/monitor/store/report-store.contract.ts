import { describe, expect, it } from 'vitest';
import { exampleReport } from '../../wire/example-report.ts';
import { exampleStatus } from '../../wire/example-status.ts';
import type { Report } from '../../wire/report.ts';
import type { Status } from '../../wire/status.ts';
import type { ReportStore } from './report-store.ts';

const front = { site: 'hall', device: 'front' };
const back = { site: 'hall', device: 'back' };
const other = { site: 'annexe', device: 'front' };
const [key, stranger] = ['1111-1111', '2222-2222'];
const all = { level: 'window', fromSeconds: 0, toSeconds: 2 ** 32 } as const;

/** What every store keeps to. @param make gives an empty one */
export function reportStoreContract(name: string, make: () => Promise<ReportStore>): void {
  const report = (changes: Partial<Report> = {}, door = front, signedBy = key) => ({
    ...door,
    signedBy,
    report: exampleReport(changes),
  });

  describe(`the store ${name}`, () => {
    it('gives back what it was given, by time, and every door by its name', async () => {
      const store = await make();
      await store.enrol(front, key);
      const later = exampleReport({ windowStartSeconds: exampleReport().windowStartSeconds + 3600 });
      expect(await store.addReports([report(later), report()], 50)).toEqual({ added: 2, contradicting: [] });
      expect(await store.reportsOf(front, all)).toEqual([exampleReport(), later]);
      await store.addReports([report({}, other), report({}, back)], 60);
      expect((await store.doors()).map(({ site, device }) => `${site}/${device}`)).toEqual([
        'annexe/front',
        'hall/back',
        'hall/front',
      ]);
      expect((await store.doors('annexe')).map(({ device }) => device)).toEqual(['front']);
      await store.enrol({ site: 'Zoo', device: 'a-b' }, key);
      await store.enrol({ site: 'Zoo', device: 'a.a' }, key);
      // By their bytes, whatever the language of the machine.
      const names = (await store.doors()).map(({ site, device }) => `${site}/${device}`);
      expect(names.slice(0, 3)).toEqual(['Zoo/a-b', 'Zoo/a.a', 'annexe/front']);
      await store.close();
    });

    it('keeps a report once, however often and by whomever it is brought, and the first one of a window', async () => {
      const store = await make();
      await store.enrol(front, key);
      expect(await store.addReports([report(), report()], 50)).toEqual({ added: 1, contradicting: [] });
      const second = report({ in: { status: 'published', value: 99 } });
      expect(await store.addReports([report(), second], 51)).toEqual({ added: 0, contradicting: [second] });
      expect((await store.addReports([report({ suppressBelow: 7 }, front, stranger)], 51)).added).toBe(1);
      expect(await store.reportsOf(front, all)).toEqual([exampleReport()]);
      await store.close();
    });

    it('finds among many the few that were there, and the few that contradict', async () => {
      const store = await make();
      await store.enrol(front, key);
      const at = (hour: number, suppressBelow = 10) =>
        report({ windowStartSeconds: 3_600 * (hour + 1), suppressBelow });
      const many = Array.from({ length: 100 }, (_, hour) => at(hour));
      await store.addReports([many[3]!, many[40]!, many[99]!], 50);
      const others = [at(40, 7), at(5, 7), at(98, 7)];
      const brought = [...many.slice(0, 50), others[0]!, others[1]!, ...many.slice(50), others[2]!];
      expect(await store.addReports(brought, 51)).toEqual({ added: 97, contradicting: others });
      const kept = (await store.reportsOf(front, all)).map(({ suppressBelow }) => suppressBelow);
      expect(kept).toEqual(Array(100).fill(10));
      await store.close();
    });

    it('uses the reports of the enrolled key alone, and those that came before the enrolment too', async () => {
      const store = await make();
      await store.addReports([report(), report({ suppressBelow: 7 }, front, stranger)], 50);
      expect(await store.reportsOf(front, all)).toEqual([]);
      await store.enrol(front, key);
      expect(await store.reportsOf(front, all)).toEqual([exampleReport()]);
      await store.enrol(front, stranger);
      expect(await store.reportsOf(front, all)).toEqual([exampleReport({ suppressBelow: 7 })]);
      await store.enrol(front, undefined);
      expect(await store.reportsOf(front, all)).toEqual([]);
      await store.close();
    });

    it('tells the levels, the sites and the times apart', async () => {
      const store = await make();
      for (const door of [front, back, other]) await store.enrol(door, key);
      const day = report({ level: 'day', windowSeconds: 86_400 });
      await store.addReports([report(), day, report({}, back), report({}, other)], 50);
      expect(await store.reportsOf(front, { ...all, level: 'day' })).toEqual([day.report]);
      const named = (await store.reports({ ...all, site: 'hall' })).map(({ device }) => device);
      expect(named).toEqual(['back', 'front']);
      expect((await store.reports(all)).length).toBe(3);
      const start = exampleReport().windowStartSeconds;
      expect(await store.reports({ ...all, fromSeconds: start + 1 })).toEqual([]);
      expect(await store.reports({ ...all, toSeconds: start })).toEqual([]);
      await store.close();
    });

    it('finds the newest window of each door, by its enrolled key alone', async () => {
      const store = await make();
      for (const door of [front, other]) await store.enrol(door, key);
      const start = exampleReport().windowStartSeconds;
      const newest = exampleReport({ windowStartSeconds: start + 3600 });
      await store.addReports([report(newest), report(), report({}, back)], 50);
      await store.addReports([report({ windowStartSeconds: start + 7200 }, front, stranger)], 50);
      await store.addReports([report({ level: 'day', windowStartSeconds: start + 7200 })], 50);
      expect(await store.latestReports(start + 3600)).toEqual([{ ...front, report: newest }]);
      await store.close();
    });

    it('takes no window for the newest that has not begun: its camera had a clock that was ahead', async () => {
      const store = await make();
      await store.enrol(front, key);
      const start = exampleReport().windowStartSeconds;
      const ahead = exampleReport({ windowStartSeconds: start + 365 * 86_400 });
      await store.addReports([report(), report(ahead)], 50);
      expect(await store.latestReports(start + 3600)).toEqual([{ ...front, report: exampleReport() }]);
      expect(await store.latestReports(start - 1)).toEqual([]);
      await store.close();
    });

    it('deletes what is older, so many at a time, and no door, key, status or checkpoint', async () => {
      const store = await make();
      const hour = 3_600;
      const old = (at: number) => ({ windowStartSeconds: 1_000_000 + at * hour });
      const ofStranger = report(old(0), front, stranger);
      const days = [0, 9].map((at) => report({ ...old(at), level: 'day', windowSeconds: 24 * hour }, other));
      await store.addReports([...[0, 1, 2, 8, 9].map((at) => report(old(at))), ofStranger, ...days], 50);
      await store.addStatuses([{ ...front, status: exampleStatus(), signedBy: key, heardSeconds: 50 }]);
      for (const door of [front, other]) await store.enrol(door, key);
      const before = 1_000_000 + 8 * hour;
      for (const kind of ['silent', 'forged', 'malformed'] as const)
        await store.alarms.raise(front, kind, 10);
      await store.alarms.end(front, 'silent', before - 1);
      await store.alarms.end(front, 'forged', before);
      for (const [kind, at] of [
        ['budget', before - 1],
        ['impossible', before],
      ] as const)
        await store.alarms.addClaims([{ ...front, kind, signedBy: key }], at);
      const doors = await store.doors();

      const deleted: number[] = [];
      do deleted.push(await store.prune(before, 2));
      while (deleted.at(-1)! > 0);
      // Five reports, an alarm and a claim.
      expect(deleted).toEqual([4, 2, 1, 0]);
      const starts = (await store.reports(all)).map((kept) => kept.report.windowStartSeconds);
      expect(starts).toEqual([8, 9].map((at) => old(at).windowStartSeconds));
      expect((await store.reportsOf(other, { ...all, level: 'day' })).length).toBe(1);
      expect((await store.alarms.list(0)).map(({ kind }) => kind).sort()).toEqual(['forged', 'malformed']);
      expect((await store.alarms.claims(0)).map(({ kind }) => kind)).toEqual(['impossible']);
      await store.enrol(front, stranger);
      expect(await store.reportsOf(front, all)).toEqual([]);
      await store.enrol(front, key);
      expect(await store.doors()).toEqual(doors);
      // The evidence of before is still known: one that is cut short contradicts it.
      const { evidence, timeSeconds } = exampleStatus();
      const status = exampleStatus({
        timeSeconds: timeSeconds + 1,
        evidence: { ...evidence, size: evidence.size - 1 },
      });
      const cut = { ...front, status, signedBy: key, heardSeconds: 51 };
      expect((await store.addStatuses([cut])).contradicting).toEqual([cut]);
      await store.close();
    });

    it("keeps a door's latest status, and when its own key was heard last", async () => {
      const store = await make();
      const status = exampleStatus();
      await store.addStatuses([{ ...front, status, signedBy: key, heardSeconds: 70 }]);
      const fault = { ...status, state: 'fault-sign' } as const;
      await store.addStatuses([
        { ...front, status, signedBy: stranger, heardSeconds: 75 },
        { ...front, status: fault, signedBy: stranger, heardSeconds: 80 },
      ]);
      await store.enrol(front, key);
      await store.addReports([report()], 60);
      const [door] = await store.doors();
      expect(door).toMatchObject({ ...front, enrolledKey: key, heardSeconds: 70 });
      expect(door!.status).toMatchObject({ state: 'fault-sign', signedBy: stranger, receivedSeconds: 80 });
      expect(door!.status!.models).toBe(Buffer.from(status.modelsSha256).toString('hex'));
      expect(door!.status!.software).toEqual(status.software);
      await store.close();
    });

    it('tells when the evidence of a key was cut short or written anew since an earlier status', async () => {
      const store = await make();
      const hour = 3_600;
      const heard = (at: number, size: number, root: number, more: Partial<Status> = {}, signedBy = key) => {
        const evidence = { size, root: new Uint8Array(32).fill(root) };
        const status = exampleStatus({ timeSeconds: 1_000_000 + at * hour, evidence, ...more });
        return { ...front, status, signedBy, heardSeconds: 2_000_000 };
      };
      const tell = async (...statuses: ReturnType<typeof heard>[]) =>
        (await store.addStatuses(statuses)).contradicting;
      const good = [heard(0, 5, 1), heard(1, 5, 1), heard(2, 7, 2)];
      expect(await tell(...good)).toEqual([]);
      // Older ones that come again, the word of the broker for a camera that is gone, and another key's own log.
      const harmless = [heard(0, 5, 1), heard(3, 6, 9, { state: 'lost' }), heard(3, 1, 9, {}, stranger)];
      expect(await tell(...harmless)).toEqual([]);
      const [shorter, other] = [heard(3, 6, 2), heard(0, 7, 3)];
      expect(await tell(shorter, heard(3, 7, 2), other)).toEqual([shorter, other]);
      expect(await tell(heard(4, 8, 3))).toEqual([]);
      const lost = heard(4, 8, 4, { state: 'lost' });
      expect(await tell(lost, heard(4, 3, 1))).toEqual([lost]);
      await store.close();
    });

    it('has one alarm of a kind at a door at a time, by whomever it is raised, and ends it once', async () => {
      const store = await make();
      const { alarms } = store;
      expect(await alarms.raise(front, 'silent', 10)).toBe(false);
      for (const door of [front, back]) await store.enrol(door, key);
      expect(await alarms.raise(front, 'silent', 10)).toBe(true);
      expect(await alarms.raise(front, 'silent', 11)).toBe(false);
      expect(await alarms.raise(back, 'silent', 12)).toBe(true);
      expect(await alarms.raise(front, 'forged', 13)).toBe(true);
      expect(await alarms.end(front, 'silent', 20)).toBe(true);
      expect(await alarms.end(front, 'silent', 21)).toBe(false);
      expect(await alarms.raise(front, 'silent', 30)).toBe(true);
      const short = async (from?: number) =>
        (await alarms.list(from)).map(
          ({ device, kind, raisedSeconds, endedSeconds }) =>
            `${device} ${kind} ${raisedSeconds}-${endedSeconds ?? ''}`,
        );
      const lasting = ['back silent 12-', 'front forged 13-', 'front silent 30-'];
      expect(await short(21)).toEqual(lasting);
      expect(await short()).toEqual(lasting);
      expect(await short(20)).toEqual(['front silent 10-20', ...lasting]);
      await store.close();
    });

    it('keeps what was claimed in the name of a door it knows, and gives it of the enrolled key and of no key', async () => {
      const store = await make();
      const claim = (signedBy: string | undefined, kind: 'budget' | 'malformed', door = front) => ({
        ...door,
        kind,
        signedBy,
      });
      await store.alarms.addClaims([claim(undefined, 'malformed', back)], 50);
      await store.enrol(front, key);
      await store.enrol(back, undefined);
      await store.alarms.addClaims([claim(key, 'budget'), claim(stranger, 'budget')], 50);
      await store.alarms.addClaims([claim(undefined, 'malformed')], 60);
      await store.alarms.addClaims([claim(undefined, 'malformed')], 40);
      expect(await store.alarms.claims(50)).toEqual([claim(key, 'budget'), claim(undefined, 'malformed')]);
      expect(await store.alarms.claims(60)).toEqual([claim(undefined, 'malformed')]);
      await store.enrol(front, stranger);
      expect(await store.alarms.claims(50)).toEqual([
        claim(stranger, 'budget'),
        claim(undefined, 'malformed'),
      ]);
      await store.close();
    });
  });
}
