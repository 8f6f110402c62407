import { describe, expect, it } from 'vitest';
import { exampleReport } from '../../wire/example-report.ts';
import { exampleStatus } from '../../wire/example-status.ts';
import type { Report } from '../../wire/report.ts';
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
      expect(await store.addReports([report(later), report()], 50)).toBe(2);
      expect(await store.reportsOf(front, all)).toEqual([exampleReport(), later]);
      await store.addReports([report({}, other), report({}, back)], 60);
      expect((await store.doors()).map(({ site, device }) => `${site}/${device}`)).toEqual([
        'annexe/front',
        'hall/back',
        'hall/front',
      ]);
      expect((await store.doors('annexe')).map(({ device }) => device)).toEqual(['front']);
      await store.close();
    });

    it('keeps a report once, however often and by whomever it is brought, and the first one of a window', async () => {
      const store = await make();
      await store.enrol(front, key);
      expect(await store.addReports([report(), report()], 50)).toBe(1);
      expect(await store.addReports([report({ in: { status: 'published', value: 99 } })], 51)).toBe(0);
      expect(await store.reportsOf(front, all)).toEqual([exampleReport()]);
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
      expect(await store.latestReports()).toEqual([{ ...front, report: newest }]);
      await store.close();
    });

    it("keeps a door's latest status, and when its own key was heard last", async () => {
      const store = await make();
      const status = exampleStatus();
      await store.addStatus({ ...front, status, signedBy: key }, 70);
      await store.addStatus({ ...front, status: { ...status, state: 'fault-sign' }, signedBy: stranger }, 80);
      await store.enrol(front, key);
      const [door] = await store.doors();
      expect(door).toMatchObject({ ...front, enrolledKey: key, heardSeconds: 70 });
      expect(door!.status).toMatchObject({ state: 'fault-sign', signedBy: stranger, receivedSeconds: 80 });
      expect(door!.status!.models).toBe(Buffer.from(status.modelsSha256).toString('hex'));
      expect(door!.status!.software).toEqual(status.software);
      await store.close();
    });
  });
}
